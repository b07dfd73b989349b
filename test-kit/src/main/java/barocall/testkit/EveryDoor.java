package barocall.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.testkit.RawHttp.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends what nobody should send to every door that a service's OpenAPI document describes: the same
 * table to each, and random requests beside it. What must hold of every answer: it comes in time,
 * it is no fault of the service, a refusal is a problem (RFC 9457), and neither it nor the log
 * tells what is inside, or what the caller said of themselves.
 */
public final class EveryDoor {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration IN_TIME = Duration.ofSeconds(20);
  private static final int AT_ONCE = 4;

  private final URI base;
  private final long seed;
  private final RawHttp http;
  private final Map<String, String> fill = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> fillAt = new LinkedHashMap<>();
  private final Map<String, String> example = new LinkedHashMap<>();
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
  private Function<String, String> authorization = path -> "";
  private int oneIn = 3;

  /**
   * @param seed of what is random; what is found names it
   */
  public EveryDoor(URI base, long seed) {
    this.base = base;
    this.seed = seed;
    this.http = new RawHttp(base, IN_TIME);
    fill.put("city", "gyeongju");
    fill.put("department", "roads");
    fill.put("agent", "agent-1");
    fill.put("callId", Backends.unique("call"));
    example.putAll(
        Map.of(
            "channel", "\"web\"",
            "text", "\"가로수가 쓰러졌습니다. 900101-1234567\"",
            "subject", "\"가로수\"",
            "category", "null",
            "called", "\"054-779-8585\"",
            "calling", "\"" + BadInput.PLANTED_NUMBER + "\"",
            "at", "\"2025-11-24T10:00:00+09:00\"",
            "direction", "\"in\"",
            "agent", "\"agent-1\"",
            "outcome", "\"answered\""));
    example.putAll(
        Map.of(
            "state", "\"break\"",
            "department", "\"roads\"",
            "connectedTo", "\"roads\"",
            "how", "\"answered\"",
            "name", "\"" + BadInput.PLANTED_NAME + "\"",
            "telephone", "\"" + BadInput.PLANTED_NUMBER + "\"",
            "email", "\"" + BadInput.PLANTED_MAIL + "\"",
            "latitude", "35.85",
            "longitude", "129.22"));
  }

  /** What a parameter of that name is filled with where nothing odd stands in it. */
  public EveryDoor filling(String parameter, String value) {
    fill.put(parameter, value);
    return this;
  }

  /** The same at the one door whose path the document spells so. */
  public EveryDoor fillingAt(String path, String parameter, String value) {
    fillAt.computeIfAbsent(path, first -> new LinkedHashMap<>()).put(parameter, value);
    return this;
  }

  /** What shows who may enter, by the door's path as the document spells it. */
  public EveryDoor by(Function<String, String> authorizationOfPath) {
    this.authorization = authorizationOfPath;
    return this;
  }

  /** With the whole table at each door, not each time another third of it. */
  public EveryDoor thoroughly() {
    this.oneIn = 1;
    return this;
  }

  /** What shows who sends a request. */
  public static String basic(String user, String password) {
    return "Basic "
        + java.util.Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /**
   * Sends to each door its part of the table and some random requests: {@link Seed#randomOnes}.
   *
   * @param slowestBody within which the service wants a body; a slower one is answered 408
   * @return how often each status was answered
   */
  public Map<Integer, Integer> knocked(@Nullable Duration slowestBody) {
    return knocked(Seed.randomOnes(), slowestBody);
  }

  /** The same with so many random requests at each door. */
  public Map<Integer, Integer> knocked(int randomOnes, @Nullable Duration slowestBody) {
    List<OpenDoor> doors = OpenDoor.of(document());
    assertThat(doors).as("doors of " + base).isNotEmpty();
    assertThat(doors.stream().map(OpenDoor::path)).containsAll(fillAt.keySet());
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    ExecutorService waiting = Executors.newCachedThreadPool();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (OpenDoor door : doors) {
        if (door.bodyType() != null && slowestBody != null) {
          all.add(waiting.submit(() -> slowly(door, slowestBody)));
        }
        all.add(threads.submit(() -> knock(door, randomOnes)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A request could not be made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } finally {
      threads.shutdownNow();
      waiting.shutdownNow();
    }
    return Map.copyOf(statuses);
  }

  /** Fails with all that was found wrong. */
  public void wasAnsweredPolitely(CharSequence log) {
    List<String> found = new ArrayList<>(wrong);
    log.toString()
        .lines()
        .filter(EveryDoor::isTelling)
        .limit(20)
        .forEach(line -> found.add("the log says: " + line));
    assertThat(found).as("what %s answered wrongly, seed %d", base, seed).isEmpty();
  }

  /**
   * What netty says of lost memory may be of clients of other tests, which live in this process.
   */
  private static boolean isTelling(String line) {
    return line.contains(" ERROR ") && !line.contains("ResourceLeakDetector")
        || line.startsWith("\tat ")
        || line.contains(BadInput.PLANTED_NUMBER)
        || line.contains("9753")
        || line.contains(BadInput.PLANTED_NAME)
        || line.matches(".*\\w(Exception|Error)\\b.*");
  }

  private JsonNode document() {
    Answer answer = http.send(RawHttp.request("GET", "/v3/api-docs", Map.of(), null));
    // The first one to ask waits until it is made, which on a busy machine may be long.
    for (int again = 0; answer.status() < 0 && again < 5; again++) {
      answer = http.send(RawHttp.request("GET", "/v3/api-docs", Map.of(), null));
    }
    assertThat(answer.status()).as("the OpenAPI document of " + base).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private void knock(OpenDoor door, int randomOnes) {
    Random random = new Random(seed ^ door.toString().hashCode());
    Map<String, String> filled = new LinkedHashMap<>(fill);
    filled.putAll(fillAt.getOrDefault(door.path(), Map.of()));
    for (BadInput bad :
        BadInput.of(
            door, filled, example, authorization.apply(door.path()), oneIn, randomOnes, random)) {
      long start = System.nanoTime();
      switch (bad.manner()) {
        case WHOLE -> look(door, bad, http.send(bad.request()), start);
        case HALF -> lookAtHalf(door, bad, http.sendAndEnd(bad.request()));
        case LEFT -> http.sendAndLeave(bad.request());
      }
    }
  }

  private void slowly(OpenDoor door, Duration slowestBody) {
    byte[] request =
        RawHttp.request(
            door.method(),
            door.path().replaceAll("\\{\\w+}", "gyeongju"),
            Map.of(
                "Authorization",
                authorization.apply(door.path()),
                "Content-Type",
                String.valueOf(door.bodyType())),
            " ".repeat(200).getBytes(UTF_8));
    Answer answer = http.drip(request, 190, slowestBody.dividedBy(8));
    // Lines may take their time between one another.
    boolean lines = "application/x-ndjson".equals(door.bodyType());
    boolean refused = answer.status() >= 400 && answer.status() < 500 && answer.isProblem();
    if (!refused && !(lines && answer.status() <= 200)) {
      wrong.add(door + ", drop by drop: " + shown(answer));
    }
  }

  private void lookAtHalf(OpenDoor door, BadInput bad, Answer answer) {
    statuses.merge(answer.status(), 1, Integer::sum);
    if (answer.status() < 0 || answer.status() >= 500 || answer.tellsWhatIsInside()) {
      wrong.add(door + ", " + bad.what() + ": " + shown(answer));
    }
  }

  private void look(OpenDoor door, BadInput bad, Answer answer, long start) {
    statuses.merge(answer.status(), 1, Integer::sum);
    String name = door + ", " + bad.what() + ": ";
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (took.compareTo(IN_TIME) > 0) {
      wrong.add(name + "answered after " + took);
    }
    int status = answer.status();
    if (status <= 0 || status >= 500) {
      wrong.add(name + shown(answer));
    } else if (status >= 400 && !isAnswered(bad, answer)) {
      wrong.add(name + "no problem details: " + shown(answer));
    } else if (status < 400 && bad.mustBeRefused()) {
      wrong.add(name + "not refused: " + shown(answer));
    }
    if (status >= 400
        && (answer.tellsWhatIsInside()
            || answer.body().contains("9753")
            || answer.body().contains(BadInput.PLANTED_NAME))) {
      wrong.add(name + "tells too much: " + shown(answer));
    }
  }

  /** A problem, or a page for whoever wants to read one, or the head alone. */
  private static boolean isAnswered(BadInput bad, Answer answer) {
    String head = new String(bad.request(), 0, Math.min(bad.request().length, 5), UTF_8);
    return answer.isProblem()
        || head.startsWith("HEAD ")
        || answer.type().startsWith("text/html") && bad.what().contains("text/html");
  }

  private static String shown(Answer answer) {
    String body = answer.body();
    return switch (answer.status()) {
      case -1 -> "no answer in " + IN_TIME;
      case 0 -> "the connection ended without an answer";
      default ->
          answer.status()
              + " "
              + answer.type()
              + " "
              + body.substring(0, Math.min(body.length(), 300));
    };
  }
}
