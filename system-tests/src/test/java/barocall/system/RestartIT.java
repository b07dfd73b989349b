package barocall.system;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import barocall.system.Doors.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Services go and come back while citizens write; nothing is lost and nothing counted twice. */
@OnTheSuite
class RestartIT {
  private static final int CLIENTS = 3;
  private static final long PAUSE_MILLIS = 400;
  private static final int TRIED_WHILE_AWAY = 6;

  private final Suite suite;
  private final CityDoors cheonan;

  RestartIT(Suite suite) {
    this.suite = suite;
    this.cheonan = suite.city("cheonan");
  }

  /** Citizens who write one inquiry after the other and repeat each until it is accepted. */
  private static final class Citizens {
    private final CityDoors city;
    private final AtomicInteger tried = new AtomicInteger();
    private final Map<String, Accepted> escalated = new ConcurrentHashMap<>();
    private final Map<String, Accepted> forTheDesk = new ConcurrentHashMap<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private boolean writing = true;
    private int inHand;

    Citizens(CityDoors city) {
      this.city = city;
    }

    /** One citizen; each run tries the letter at hand once. */
    Runnable citizen() {
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

    /** Nobody begins another letter. */
    synchronized void finish() {
      writing = false;
    }

    synchronized boolean allArrived() {
      return !writing && inHand == 0;
    }

    int accepted() {
      return escalated.size() + forTheDesk.size();
    }
  }

  @Test
  void aRestartOfEachServiceInTurnUnderTrafficChangesNoTotal() throws Exception {
    Totals before = cheonan.totals();
    long webBefore = cheonan.nowadays("channel", "web", "received");
    Citizens citizens = new Citizens(cheonan);
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    try {
      for (int i = 0; i < CLIENTS; i++) {
        var unused =
            clients.scheduleWithFixedDelay(
                citizens.citizen(), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      }
      for (Service service : Service.values()) {
        assertThat(suite.launch("stop", service.process()).exit()).isZero();
        assertThat(suite.part(service.process()).pid()).isEmpty();
        awaitTries(citizens);
        start(service);
      }
      for (Service service : List.of(Service.ANALYTICS, Service.ROUTING)) {
        ProcessHandle process =
            ProcessHandle.of(suite.part(service.process()).pid().orElseThrow()).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().get(20, TimeUnit.SECONDS);
        awaitTries(citizens);
        start(service);
      }
      awaitTries(citizens);
      citizens.finish();
      Patience.await().until(citizens::allArrived);
    } finally {
      clients.shutdown();
      assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(citizens.refused).isEmpty();
    int all = citizens.accepted();
    int complaints = citizens.escalated.size();
    assertThat(complaints).isPositive();
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(cheonan.totals().since(before))
                    .isEqualTo(new Totals(all, 0, 0, complaints, all, 0, 0, 0)));
    assertThat(cheonan.nowadays("channel", "web", "received") - webBefore).isEqualTo(all);
    assertThat(ids(citizens.escalated).stream().distinct()).hasSize(complaints);

    List<String> escalated = ids(citizens.escalated);
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(
                        cheonan.inbox("roads").stream()
                            .map(row -> row.path("inquiryId").asString())
                            .filter(escalated::contains))
                    .containsExactlyInAnyOrderElementsOf(escalated));
    List<String> forTheDesk = ids(citizens.forTheDesk);
    assertThat(
            cheonan.desk(cheonan.agent("agent-1")).stream()
                .map(row -> row.path("inquiryId").asString())
                .filter(forTheDesk::contains))
        .containsExactlyInAnyOrderElementsOf(forTheDesk);
    Patience.await()
        .untilAsserted(
            () -> {
              List<JsonNode> mails = mailsToRoads();
              for (Accepted complaint : citizens.escalated.values()) {
                assertThat(
                        mails.stream()
                            .filter(
                                mail ->
                                    mail.path("text").asString().contains(complaint.inquiryId()))
                            .map(mail -> mail.path("messageId").asString())
                            .collect(Collectors.toSet()))
                    .as("names of the mails about " + complaint.receiptNumber())
                    .hasSize(1);
              }
            });
  }

  private void start(Service service) {
    Suite.Run run = suite.launch("start", service.process());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(suite.part(service.process()).healthy()).isTrue();
  }

  private static void awaitTries(Citizens citizens) {
    int from = citizens.tried.get();
    Patience.await().until(() -> citizens.tried.get() >= from + TRIED_WHILE_AWAY);
  }

  private List<JsonNode> mailsToRoads() {
    return suite.mails().stream()
        .filter(mail -> mail.path("to").asString().equals("roads@cheonan.example"))
        .toList();
  }

  private static List<String> ids(Map<String, Accepted> letters) {
    List<String> ids = new ArrayList<>();
    letters.values().forEach(accepted -> ids.add(accepted.inquiryId()));
    return ids;
  }
}
