package barocall.system;

import barocall.system.CityDoors.Accepted;
import barocall.system.Doors.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Citizens who write one inquiry after the other and repeat each until it is accepted. */
final class Citizens implements AutoCloseable {
  private static final int CLIENTS = 3;
  private static final long PAUSE_MILLIS = 400;
  private static final int TRIED_WHILE_AWAY = 6;

  private final CityDoors city;
  private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
  private final AtomicInteger tried = new AtomicInteger();
  private final Map<String, Accepted> escalated = new ConcurrentHashMap<>();
  private final Map<String, Accepted> forTheDesk = new ConcurrentHashMap<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private boolean writing = true;
  private int inHand;

  Citizens(CityDoors city) {
    this.city = city;
  }

  void begin() {
    for (int i = 0; i < CLIENTS; i++) {
      var unused =
          clients.scheduleWithFixedDelay(citizen(), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Waits until they have written some more, with or without success. */
  void awaitTries() {
    int from = tried.get();
    Patience.await().until(() -> tried.get() >= from + TRIED_WHILE_AWAY);
  }

  /** Nobody begins another letter; waits until all that were begun are accepted. */
  void finish() {
    synchronized (this) {
      writing = false;
    }
    Patience.await().until(this::allArrived);
  }

  /** What was answered with a fault of the sender's, which should be nothing. */
  List<String> refused() {
    return refused;
  }

  /** What was accepted, by its key: complaints that the rules escalate. */
  Map<String, Accepted> escalated() {
    return escalated;
  }

  /** What was accepted, by its key: questions that wait for an agent. */
  Map<String, Accepted> forTheDesk() {
    return forTheDesk;
  }

  int accepted() {
    return escalated.size() + forTheDesk.size();
  }

  @Override
  public void close() {
    clients.shutdown();
    try {
      if (!clients.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a citizen still writes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** One citizen; each run tries the letter at hand once. */
  private Runnable citizen() {
    return new Runnable() {
      private @Nullable String key;
      private boolean complains;

      @Override
      public void run() {
        if (key == null) {
          if (!mayBegin()) {
            return;
          }
          key = CityDoors.fresh("letter");
          complains = !complains;
        }
        String letter = key;
        if (send(letter, complains)) {
          key = null;
          arrived();
        }
        tried.incrementAndGet();
      }
    };
  }

  private boolean send(String letter, boolean complains) {
    String text = complains ? "불당동 도로에 싱크홀이 생겼습니다." : "도서관 자리에 대해 여쭙니다.";
    try {
      Answer answer =
          Doors.trySend(
              city.key(),
              "POST",
              city.url(Service.INTAKE, "/inquiries"),
              Map.of("channel", "web", "text", text),
              Map.of("Idempotency-Key", letter));
      if (answer.status() == 201) {
        (complains ? escalated : forTheDesk).put(letter, Accepted.of(answer));
        return true;
      }
      if (answer.status() < 500) {
        refused.add(answer.toString());
      }
      return false;
    } catch (IOException away) {
      return false;
    }
  }

  private synchronized boolean mayBegin() {
    if (writing) {
      inHand++;
    }
    return writing;
  }

  private synchronized void arrived() {
    inHand--;
  }

  private synchronized boolean allArrived() {
    return !writing && inHand == 0;
  }
}
