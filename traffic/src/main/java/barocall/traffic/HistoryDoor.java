package barocall.traffic;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Intake's door for past inquiries. A busy or absent intake is waited for as long as {@code
 * patience} lasts since anything last went through, and the waiting is told now and then; one that
 * never answered is given up soon.
 */
final class HistoryDoor {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Who has never been reached was probably never started. */
  private static final Duration PATIENCE_WITH_A_STRANGER = Duration.ofSeconds(20);

  private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

  private final HttpClient http;
  private final URI door;
  private final String authorization;
  private final Duration patience;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Consumer<String> tell;
  private final JsonMapper json = new JsonMapper();
  private final AtomicLong lastSuccess;
  private final AtomicLong pauses = new AtomicLong();
  private final AtomicLong lastWords = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean reached;

  HistoryDoor(
      HttpClient http,
      URI door,
      String authorization,
      Duration patience,
      Clock clock,
      Sleeper sleeper,
      Consumer<String> tell) {
    this.http = http;
    this.door = door;
    this.authorization = authorization;
    this.patience = patience;
    this.clock = clock;
    this.sleeper = sleeper;
    this.tell = tell;
    this.lastSuccess = new AtomicLong(clock.millis());
  }

  /** How long intake may take nothing before an import gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** The door of a city at an intake, by its key; what it waits for is told on standard error. */
  static HistoryDoor of(HttpClient http, URI intake, String city, String key, Clock clock) {
    return new HistoryDoor(
        http,
        URI.create(
            intake.toString().replaceFirst("/$", "") + "/api/v1/cities/" + city + "/history"),
        "Bearer " + key,
        PATIENCE,
        clock,
        time -> Thread.sleep(time.toMillis()),
        System.err::println);
  }

  /** One inquiry with the line of the file that it came from. */
  record Line(long line, byte[] json) {}

  /**
   * What intake made of some lines.
   *
   * @param takenAsNow the lines of the file, among the accepted ones, with a time that intake took
   *     as now because it has not come yet
   */
  record Answer(long accepted, long repeated, List<Reading.Bad> rejected, List<Long> takenAsNow) {
    Answer plus(Answer other) {
      return new Answer(
          accepted + other.accepted,
          repeated + other.repeated,
          both(rejected, other.rejected),
          both(takenAsNow, other.takenAsNow));
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
      List<T> both = new ArrayList<>(one);
      both.addAll(other);
      return both;
    }
  }

  /** How often intake had to be waited for. */
  long pauses() {
    return pauses.get();
  }

  /**
   * Posts the lines until intake has them.
   *
   * @throws TrafficException if intake refuses them as a whole or stays away
   */
  Answer post(List<Line> lines) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      String trouble;
      Optional<Duration> told = Optional.empty();
      try {
        HttpResponse<String> response = http.send(request(lines), BodyHandlers.ofString());
        int status = response.statusCode();
        reached = true;
        if (status == 200) {
          lastSuccess.set(clock.millis());
          return answer(lines, response.body());
        }
        if (status == 413) {
          return postHalves(lines);
        }
        if (status != 429 && status < 500) {
          throw new TrafficException(refusal(status, response.body()));
        }
        trouble = "it answers %d%s".formatted(status, detail(response.body()));
        told = response.headers().firstValue("Retry-After").flatMap(this::retryAfter);
      } catch (ConnectException e) {
        trouble = "there is no connection";
      } catch (IOException e) {
        trouble = e.getMessage() == null ? "the connection broke" : e.getMessage();
      }
      Duration waited = Duration.ofMillis(clock.millis() - lastSuccess.get());
      if (!reached && waited.compareTo(PATIENCE_WITH_A_STRANGER) > 0) {
        throw new TrafficException(
            "Nobody answers at %s (%s): start Barocall by ./barocall up, or name the running one by --data, --port-base or --url."
                .formatted(door, trouble));
      }
      if (waited.compareTo(patience) > 0) {
        throw new TrafficException(
            "Intake at %s has taken nothing for %d minutes (%s): see that it runs, then repeat the import; what it has it won't count twice."
                .formatted(door, waited.toMinutes(), trouble));
      }
      pauses.incrementAndGet();
      tellNowAndThen("Waiting for intake at %s: %s".formatted(door, trouble));
      sleeper.sleep(atMost(LONGEST_PAUSE, told.orElse(pause)));
      pause = atMost(LONGEST_PAUSE, pause.multipliedBy(2));
    }
  }

  private void tellNowAndThen(String words) {
    long now = clock.millis();
    long last = lastWords.get();
    if ((last == Long.MIN_VALUE || now - last >= BETWEEN_WORDS.toMillis())
        && lastWords.compareAndSet(last, now)) {
      tell.accept(words);
    }
  }

  private static Duration atMost(Duration most, Duration time) {
    return time.compareTo(most) > 0 ? most : time;
  }

  private Answer postHalves(List<Line> lines) throws InterruptedException {
    if (lines.size() == 1) {
      return new Answer(
          0, 0, List.of(new Reading.Bad(lines.get(0).line(), "too large for intake")), List.of());
    }
    int half = lines.size() / 2;
    return post(lines.subList(0, half)).plus(post(lines.subList(half, lines.size())));
  }

  private HttpRequest request(List<Line> lines) {
    int size = lines.stream().mapToInt(line -> line.json().length + 1).sum();
    byte[] body = new byte[size];
    int at = 0;
    for (Line line : lines) {
      System.arraycopy(line.json(), 0, body, at, line.json().length);
      at += line.json().length;
      body[at++] = '\n';
    }
    return HttpRequest.newBuilder(door)
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", authorization)
        .header("Content-Type", "application/x-ndjson")
        .header("Accept", "application/json, application/problem+json")
        .header("Accept-Language", "en")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private Answer answer(List<Line> lines, String body) {
    try {
      JsonNode answer = json.readTree(body);
      List<Reading.Bad> rejected = new ArrayList<>();
      for (JsonNode one : answer.path("rejected")) {
        rejected.add(new Reading.Bad(lineOf(one, lines), one.path("reason").asString("no reason")));
      }
      List<Long> takenAsNow = new ArrayList<>();
      for (JsonNode one : answer.path("takenAsNow")) {
        takenAsNow.add(lineOf(one, lines));
      }
      Answer result =
          new Answer(
              answer.path("accepted").asLong(0),
              answer.path("repeated").asLong(0),
              rejected,
              takenAsNow);
      if (result.accepted() + result.repeated() + rejected.size() != lines.size()) {
        throw new TrafficException(
            "Intake answered for %d of %d lines: repeat the import."
                .formatted(result.accepted() + result.repeated() + rejected.size(), lines.size()));
      }
      return result;
    } catch (JacksonException e) {
      throw new TrafficException(
          "What answers at %s is not intake: check --url.".formatted(door), e);
    }
  }

  /** The line of the file of which intake speaks by its place among those that it was sent. */
  private static long lineOf(JsonNode said, List<Line> lines) {
    int line = said.path("line").asInt(0);
    if (line < 1 || line > lines.size()) {
      throw new TrafficException(
          "Intake speaks of line %d of %d: it is not the intake that this import knows."
              .formatted(line, lines.size()));
    }
    return lines.get(line - 1).line();
  }

  private String refusal(int status, String body) {
    return switch (status) {
      case 401, 403 ->
          "Intake at %s does not let this key in (%d): give the city's as BAROCALL_KEY or with --credentials."
              .formatted(door, status);
      case 404 ->
          "Intake at %s does not know this city%s: check --city and --url."
              .formatted(door, detail(body));
      default -> "Intake at %s refuses the import (%d%s).".formatted(door, status, detail(body));
    };
  }

  private String detail(String body) {
    try {
      String detail = json.readTree(body).path("detail").asString("");
      return detail.isEmpty() ? "" : ": " + detail;
    } catch (JacksonException e) {
      return "";
    }
  }

  private Optional<Duration> retryAfter(String header) {
    try {
      return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip()))));
    } catch (NumberFormatException seconds) {
      try {
        ZonedDateTime at = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
        Duration left = Duration.between(clock.instant(), at);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
      } catch (DateTimeException date) {
        return Optional.empty();
      }
    }
  }

  /** A line as intake takes it. */
  static byte[] bytes(JsonMapper json, HistoryLine inquiry) {
    return json.writeValueAsString(inquiry).getBytes(StandardCharsets.UTF_8);
  }
}
