package barocall.system;

import barocall.system.CityDoors.Accepted;
import barocall.system.Doors.Answer;
import barocall.system.History.Letter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Citizens and an exchange who bring one inquiry after the other, and agents and officers who do
 * what its {@link Story} says. All repeat the same request with the same key until it is accepted;
 * what nobody knows yet is tried again as well.
 */
final class Traffic implements AutoCloseable {
  private static final int CITIZENS = 3;
  private static final int STAFF = 6;
  private static final long PAUSE_MILLIS = 500;
  private static final long AGAIN_MILLIS = 700;

  /** So many begun and not done: something is away, and fewer write, so that it can catch up. */
  private static final int MANY_IN_HAND = 24;

  private static final long LONG_PAUSE_MILLIS = 3_000;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final Duration AT_MOST = Duration.ofSeconds(8);
  private static final String AGENT = "agent-1";

  private final Ground ground;
  private final History history;
  private final int round;
  private final List<CityDoors> cities;
  private final AtomicInteger number;
  private final AtomicInteger inHand = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();
  private final ScheduledExecutorService citizens = Executors.newScheduledThreadPool(CITIZENS);
  private final ScheduledExecutorService staff = Executors.newScheduledThreadPool(STAFF);
  private volatile boolean writing = true;

  /**
   * @param first the number of the first inquiry: it chooses story and city
   */
  Traffic(Ground ground, History history, int round, int first) {
    this.ground = ground;
    this.history = history;
    this.round = round;
    this.cities = List.of(ground.suite().city("gyeongju"), ground.suite().city("cheonan"));
    this.number = new AtomicInteger(first);
  }

  void begin() {
    for (int i = 0; i < CITIZENS; i++) {
      citizens.execute(this::next);
    }
  }

  /** Waits until so many more were accepted. */
  void awaitAccepted(int more) {
    int from = accepted.get();
    Patience.await().until(() -> accepted.get() >= from + more);
  }

  int accepted() {
    return accepted.get();
  }

  /**
   * Nobody begins another; waits until all that was begun is accepted and done.
   *
   * @return how many are not even then
   */
  int finish(Duration atMost) {
    writing = false;
    try {
      Awaitility.await().atMost(atMost).until(() -> inHand.get() == 0);
    } catch (ConditionTimeoutException late) {
      return inHand.get();
    }
    return 0;
  }

  @Override
  public void close() {
    writing = false;
    citizens.shutdownNow();
    staff.shutdownNow();
  }

  private void next() {
    if (!writing) {
      return;
    }
    inHand.incrementAndGet();
    int mine = number.getAndIncrement();
    Story story = Story.values()[mine % Story.values().length];
    CityDoors city = cities.get(mine % 3 == 0 ? 1 : 0);
    String key = CityDoors.fresh(story.isCall() ? "call" : "letter");
    bring(history.begin(round, mine, city, story, key, Instant.now()), 0);
  }

  private void bring(Letter letter, int attempt) {
    boolean taken = false;
    try {
      Answer answer = letter.story.isCall() ? ring(letter, attempt) : write(letter, attempt);
      if (answer.status() == 201) {
        taken = true;
        history.accepted(letter, Accepted.of(answer));
        accepted.incrementAndGet();
      } else if (answer.status() < 500 && answer.status() != TOO_MANY) {
        history.refused(letter, "bringing", answer.toString());
      }
    } catch (IOException away) {
      // tried again
      taken = false;
    } finally {
      if (taken) {
        doNext(letter, 0, 0);
        later(citizens, this::next, inHand.get() < MANY_IN_HAND ? PAUSE_MILLIS : LONG_PAUSE_MILLIS);
      } else {
        later(citizens, () -> bring(letter, attempt + 1), AGAIN_MILLIS);
      }
    }
  }

  private Answer write(Letter letter, int attempt) throws IOException {
    return Doors.trySend(
        letter.city.key(),
        "POST",
        url(letter, Service.INTAKE, attempt, "/inquiries"),
        Map.of("channel", "web", "text", String.valueOf(letter.story.text)),
        Map.of("Idempotency-Key", letter.key),
        AT_MOST);
  }

  private Answer ring(Letter letter, int attempt) throws IOException {
    return post(
        letter.city.key(),
        url(letter, Service.INTAKE, attempt, "/calls"),
        Map.of("callId", letter.key, "called", "054-779-8585", "at", letter.firstSent.toString()));
  }

  /** What people do after it was accepted, one deed after the other. */
  private void doNext(Letter letter, int deed, int attempt) {
    if (deed == letter.story.deeds.size()) {
      inHand.decrementAndGet();
      return;
    }
    later(staff, () -> act(letter, deed, attempt), AGAIN_MILLIS);
  }

  private void act(Letter letter, int at, int attempt) {
    Story.Deed deed = letter.story.deeds.get(at);
    boolean done = false;
    try {
      Answer answer = isDue(letter, deed, attempt) ? act(letter, deed, attempt) : null;
      done = answer != null && answer.status() == deed.done;
      if (done) {
        history.done(letter, deed);
      } else if (answer != null
          && answer.status() < 500
          && answer.status() != TOO_MANY
          && answer.status() != NOT_FOUND) {
        history.refused(letter, deed.toString(), answer.toString());
      }
    } catch (IOException away) {
      // tried again
      done = false;
    } finally {
      doNext(letter, done ? at + 1 : at, done ? 0 : attempt + 1);
    }
  }

  /** Some things nobody does before they see that it is time; who did is free to repeat it. */
  private boolean isDue(Letter letter, Story.Deed deed, int attempt) throws IOException {
    if (letter.isTried(deed)) {
      return true;
    }
    return switch (deed) {
      case ASK_AGAIN -> {
        Answer seen = get(letter.city.key(), receipt(letter, attempt, ""));
        yield seen.status() == 200 && seen.json().path("state").asString().equals("resolved");
      }
      case PASS_ON -> {
        Answer desk = get(letter.city.agent(AGENT), url(letter, Service.ROUTING, attempt, "/desk"));
        yield desk.status() == 200
            && desk.json()
                .valueStream()
                .anyMatch(
                    row -> row.path("inquiryId").asString().equals(letter.accepted().inquiryId()));
      }
      default -> true;
    };
  }

  private Answer act(Letter letter, Story.Deed deed, int attempt) throws IOException {
    Instant at = letter.firstTried(deed);
    String inquiry = letter.accepted().inquiryId();
    return switch (deed) {
      case TAKE_CALL ->
          exchange(letter, attempt, "/answer", said(at, Map.of("agent", AGENT, "waitSeconds", 7)));
      case END_CALL ->
          exchange(
              letter,
              attempt,
              "/end",
              said(
                  at,
                  Map.of(
                      "outcome", "answered",
                      "agent", AGENT,
                      "waitSeconds", 7,
                      "talkSeconds", 95,
                      "holdSeconds", 5,
                      "afterCallSeconds", 20)));
      case ABANDON_CALL ->
          exchange(
              letter, attempt, "/end", said(at, Map.of("outcome", "abandoned", "waitSeconds", 31)));
      case ANSWER ->
          post(
              letter.city.agent(AGENT),
              url(letter, Service.ROUTING, attempt, "/desk/" + inquiry + "/resolve"),
              Map.of("answer", "알려 드렸습니다."));
      case ESCALATE -> escalate(letter, attempt, first(letter), "수도 일입니다.");
      case PASS_ON -> escalate(letter, attempt, last(letter), "도로 일이라고 합니다.");
      case ACKNOWLEDGE -> inbox(letter, attempt, first(letter), "/acknowledge", Map.of());
      case SETTLE ->
          inbox(letter, attempt, first(letter), "/resolve", Map.of("answer", "오늘 메웠습니다."));
      case SEND_BACK ->
          inbox(letter, attempt, first(letter), "/return", Map.of("reason", "도로 일입니다."));
      case ASK_AGAIN ->
          post(letter.city.key(), receipt(letter, attempt, "/reopen"), Map.of("reason", "그대로입니다."));
    };
  }

  private static String first(Letter letter) {
    return letter.story.departments.get(0);
  }

  private static String last(Letter letter) {
    return String.valueOf(letter.story.department);
  }

  private Answer escalate(Letter letter, int attempt, String department, String reason)
      throws IOException {
    return post(
        letter.city.agent(AGENT),
        url(
            letter,
            Service.ROUTING,
            attempt,
            "/desk/" + letter.accepted().inquiryId() + "/escalate"),
        Map.of("department", department, "reason", reason));
  }

  private Answer exchange(Letter letter, int attempt, String what, Map<String, Object> said)
      throws IOException {
    return post(
        letter.city.key(),
        url(letter, Service.INTAKE, attempt, "/calls/" + letter.key + what),
        said);
  }

  private Answer inbox(
      Letter letter, int attempt, String department, String what, Map<String, Object> said)
      throws IOException {
    return post(
        letter.city.officer(department),
        url(
            letter,
            Service.NOTIFICATION,
            attempt,
            "/departments/" + department + "/inbox/" + letter.accepted().inquiryId() + what),
        said);
  }

  private static Answer post(Visitor visitor, URI url, Map<String, Object> body)
      throws IOException {
    return Doors.trySend(visitor, "POST", url, body, Map.of(), AT_MOST);
  }

  private static Answer get(Visitor visitor, URI url) throws IOException {
    return Doors.trySend(visitor, "GET", url, null, Map.of(), AT_MOST);
  }

  private URI url(Letter letter, Service service, int attempt, String path) {
    return instance(letter, service, attempt).resolve("/api/v1/cities/" + letter.city.id() + path);
  }

  private URI receipt(Letter letter, int attempt, String path) {
    return instance(letter, Service.INTAKE, attempt)
        .resolve("/api/v1/receipts/" + letter.accepted().receiptNumber() + path);
  }

  /** Whoever got no answer from one instance asks the next. */
  private URI instance(Letter letter, Service service, int attempt) {
    List<URI> instances = ground.instances(service);
    return instances.get((letter.number + attempt) % instances.size());
  }

  private static Map<String, Object> said(Instant at, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("at", at.toString());
    return body;
  }

  private static void later(ScheduledExecutorService people, Runnable work, long millis) {
    if (!people.isShutdown()) {
      var unused = people.schedule(work, millis, TimeUnit.MILLISECONDS);
    }
  }
}
