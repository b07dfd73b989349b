package barocall.benchmarks;

import barocall.contract.Event;
import barocall.contract.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the suite beside what broker and store do without it, on this machine, in one run. Each
 * repeat measures a figure and what stands beside it one after the other, so that what else the
 * machine does falls on both.
 */
@Command(
    name = "benchmarks",
    description = "Measures the suite beside what broker and store can do at all.",
    mixinStandardHelpOptions = true)
public final class Benchmarks implements Callable<Integer> {
  private static final Topic[] DECISIONS = {
    Topic.INQUIRY_ASSIGNED, Topic.COMPLAINT_ESCALATED, Topic.INQUIRY_RESOLVED
  };
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int LINES_A_REQUEST = 500;
  private static final String PLAIN = "benchmarks-plain";

  @Option(names = "--home", hidden = true, description = "Where Barocall lies.")
  private Path home = Path.of("");

  @Option(
      names = "--port-base",
      paramLabel = "N",
      description = "Where the measured suite listens (default: ${DEFAULT-VALUE}).")
  private int portBase = 18_080;

  @Option(names = "--repeats", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int repeats = 5;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Load before the doors are measured (default: ${DEFAULT-VALUE}).")
  private int warmUp = 30;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "How long a door is measured in each repeat (default: ${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events a consumer gets in each repeat (default: ${DEFAULT-VALUE}).")
  private int events = 5_000;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "At the doors (default: ${DEFAULT-VALUE}).")
  private int connections = 64;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "One or more of ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Part> only = EnumSet.allOf(Part.class);

  private final Figures figures = new Figures();

  /** What can be measured alone. */
  enum Part {
    ROUTING,
    ANALYTICS,
    HISTORY,
    DOORS
  }

  /** Run by picocli. */
  Benchmarks() {}

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("bare")) {
      BareIntake.serve(args[1], args[2], Integer.parseInt(args[3]));
      return;
    }
    System.exit(
        new CommandLine(new Benchmarks())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, line, result) -> {
                  System.err.println(failure.getMessage());
                  return 1;
                })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("barocall-benchmarks-");
    try (Suite suite = Suite.start(home.toAbsolutePath(), folder.resolve("var"), portBase);
        Broker broker = new Broker(suite.kafka());
        Store store = new Store(suite.mongodb())) {
      broker.create(PLAIN);
      // Whatever else runs would take its part of the machine.
      suite.stopService("intake-service");
      suite.stopService("notification-service");
      suite.stopService("analytics-service");
      measure(Part.ROUTING, () -> deciding(suite, broker, store));
      suite.stopService("routing-service");
      suite.startService("analytics-service");
      measure(Part.ANALYTICS, () -> counting(suite, broker, store));
      suite.stopService("analytics-service");
      suite.startService("intake-service");
      measure(Part.HISTORY, () -> history(suite, broker));
      measure(Part.DOORS, () -> doors(suite, folder));
      System.out.printf(
          "Store: %s. %d repeats after warming up, %d events each, %d s at %d connections.%n%n",
          suite.store(), repeats, events, seconds, connections);
      System.out.println(figures.table());
    } finally {
      System.err.println("What the services said is in " + folder);
    }
    return 0;
  }

  @FunctionalInterface
  private interface Measurement {
    void take() throws IOException, InterruptedException;
  }

  /** What cannot be measured is said, and keeps nothing else from being measured. */
  private void measure(Part part, Measurement measurement)
      throws IOException, InterruptedException {
    if (!only.contains(part)) {
      return;
    }
    try {
      measurement.take();
    } catch (IllegalStateException failure) {
      System.err.printf(
          "%s could not be measured: %s%n",
          part.name().toLowerCase(Locale.ROOT), failure.getMessage());
    }
  }

  private void deciding(Suite suite, Broker broker, Store store) throws InterruptedException {
    List<Double> decided = new ArrayList<>();
    List<Double> inserted = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    for (int repeat = -1; repeat < repeats; repeat++) {
      List<String> ids = Samples.freshIds("d" + (repeat + 1), events);
      List<Event> fresh = Samples.fresh(ids, Clock.systemUTC().instant());
      List<ProducerRecord<String, byte[]>> records = Broker.encoded(fresh);
      long before = broker.ends(DECISIONS);
      Duration processorBefore = suite.processorTime("routing-service");
      long began = System.nanoTime();
      broker.send(records);
      await(() -> broker.ends(DECISIONS) >= before + events);
      double seconds = secondsSince(began);
      Duration used = suite.processorTime("routing-service").minus(processorBefore);
      List<Document> documents = store.documents("barocall_routing", "cases", ids);
      double beside = seconds(store.insert("decisions", documents));
      if (repeat >= 0) {
        decided.add(events / seconds);
        inserted.add(documents.size() / beside);
        processor.add(used.toMillis() / 1e3 / events * 1_000);
      }
    }
    figures.rate("routing", "decisions/s", decided, "plain inserts of its documents", inserted);
    figures.alone("routing, processor seconds for 1,000 decisions", processor, 2);
  }

  private void counting(Suite suite, Broker broker, Store store) throws InterruptedException {
    List<Double> counted = new ArrayList<>();
    List<Double> inserted = new ArrayList<>();
    List<Double> processor = new ArrayList<>();
    // First it reads what was decided meanwhile.
    long known = only.contains(Part.ROUTING) ? (repeats + 1L) * events : 0;
    await(() -> suite.received() >= known);
    for (int repeat = -1; repeat < repeats; repeat++) {
      List<String> ids = Samples.pastIds("c" + (repeat + 1), events);
      List<ProducerRecord<String, byte[]>> records = Broker.encoded(Samples.past(ids));
      long before = suite.received();
      Duration processorBefore = suite.processorTime("analytics-service");
      long began = System.nanoTime();
      broker.send(records);
      await(() -> suite.received() >= before + events);
      double seconds = secondsSince(began);
      Duration used = suite.processorTime("analytics-service").minus(processorBefore);
      List<Document> documents = store.documents("barocall_analytics", "inquiries", ids);
      double beside = seconds(store.insert("inquiries", documents));
      if (repeat >= 0) {
        counted.add(events / seconds);
        inserted.add(documents.size() / beside);
        processor.add(used.toMillis() / 1e3 / events * 1_000);
      }
    }
    figures.rate(
        "analytics", "new inquiries/s", counted, "plain inserts of its documents", inserted);
    figures.alone("analytics, processor seconds for 1,000 inquiries", processor, 2);
  }

  private void history(Suite suite, Broker broker) throws InterruptedException {
    List<Double> accepted = new ArrayList<>();
    List<Double> produced = new ArrayList<>();
    HttpClient http = HttpClient.newHttpClient();
    for (int repeat = -1; repeat < repeats; repeat++) {
      String series = "i" + (repeat + 1);
      List<String> requests = new ArrayList<>();
      for (int from = 0; from < events; from += LINES_A_REQUEST) {
        requests.add(Samples.lines(series, from, Math.min(LINES_A_REQUEST, events - from)));
      }
      long before = broker.ends(Topic.HISTORY_RECORDED);
      long began = System.nanoTime();
      for (String lines : requests) {
        post(http, suite, lines);
      }
      double seconds = secondsSince(began);
      long recorded = broker.ends(Topic.HISTORY_RECORDED) - before;
      if (recorded < events) {
        throw new IllegalStateException("%d of %d lines became events".formatted(recorded, events));
      }
      List<ProducerRecord<String, byte[]>> same =
          Broker.encoded(Samples.past(Samples.pastIds(series, events))).stream()
              .map(it -> new ProducerRecord<>(PLAIN, it.partition(), it.key(), it.value()))
              .toList();
      long besideBegan = System.nanoTime();
      broker.send(same);
      double beside = secondsSince(besideBegan);
      if (repeat >= 0) {
        accepted.add(events / seconds);
        produced.add(events / beside);
      }
    }
    figures.rate(
        "intake, history door",
        "events/s",
        accepted,
        "a plain producer of records of that size",
        produced);
  }

  private static void post(HttpClient http, Suite suite, String lines) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/api/v1/cities/%s/history"
                        .formatted(suite.port("intake-service"), Suite.CITY)))
            .header("Authorization", "Bearer " + suite.key())
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines))
            .build();
    try {
      while (true) {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return;
        }
        if (answer.statusCode() != 503) {
          throw new IllegalStateException("The door of history says " + answer.body());
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void doors(Suite suite, Path folder) throws IOException, InterruptedException {
    int withoutKafka = suite.freePort(1);
    int bare = suite.freePort(2);
    try (Child server = intakeWithoutKafka(suite, folder, withoutKafka);
        Child barest =
            Child.start(
                List.of(
                    "-jar",
                    executable(suite).toString(),
                    "bare",
                    suite.kafka(),
                    PLAIN,
                    Integer.toString(bare)),
                Map.of(),
                bare,
                folder.resolve("bare.log"));
        Load real = load(suite, suite.port("intake-service"));
        Load besideServer = load(suite, withoutKafka);
        Load besideBare = load(suite, bare)) {
      assert server != barest;
      Duration warming = Duration.ofSeconds(warmUp);
      for (Load load : List.of(real, besideServer, besideBare)) {
        load.run(warming);
      }
      List<Double> accepted = new ArrayList<>();
      List<Double> p50 = new ArrayList<>();
      List<Double> p99 = new ArrayList<>();
      List<Double> refused = new ArrayList<>();
      List<Double> ofServer = new ArrayList<>();
      List<Double> p99OfServer = new ArrayList<>();
      List<Double> ofBare = new ArrayList<>();
      List<Double> p99OfBare = new ArrayList<>();
      Duration time = Duration.ofSeconds(seconds);
      for (int repeat = 0; repeat < repeats; repeat++) {
        Load.Result ours = real.run(time);
        accepted.add(ours.accepted());
        p50.add(ours.p50());
        p99.add(ours.p99());
        refused.add((double) ours.others());
        Load.Result serverAlone = besideServer.run(time);
        ofServer.add(serverAlone.accepted());
        p99OfServer.add(serverAlone.p99());
        Load.Result bareOne = besideBare.run(time);
        ofBare.add(bareOne.accepted());
        p99OfBare.add(bareOne.p99());
      }
      figures.rate("intake", "accepted/s", accepted, "the same server without Kafka", ofServer);
      figures.rate(
          "intake", "accepted/s", accepted, "the bare path: parse, produce, answer", ofBare);
      figures.alone("intake, p50 in ms", p50, 1);
      figures.alone("intake, p99 in ms", p99, 1);
      figures.alone("intake without Kafka, p99 in ms", p99OfServer, 1);
      figures.alone("the bare path, p99 in ms", p99OfBare, 1);
      figures.alone("intake, answers other than 201", refused, 0);
    }
  }

  private Load load(Suite suite, int port) {
    String key = suite.key();
    return new Load(port, connections, number -> Samples.request(number, key));
  }

  private static Path executable(Suite suite) {
    return suite.home().resolve("benchmarks/target/benchmarks-0.1.0-exec.jar");
  }

  /** From the service's own jar, with one configuration more. */
  private static Child intakeWithoutKafka(Suite suite, Path folder, int port)
      throws IOException, InterruptedException {
    Path extracted = folder.resolve("intake");
    Process extracting =
        new ProcessBuilder(
                Child.java(),
                "-Djarmode=tools",
                "-jar",
                suite.home().resolve("intake-service/target/intake-service-0.1.0.jar").toString(),
                "extract",
                "--destination",
                extracted.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("extract.log").toFile())
            .start();
    if (extracting.waitFor() != 0) {
      throw new IllegalStateException("intake's jar could not be extracted");
    }
    String classes =
        String.join(
            java.io.File.pathSeparator,
            suite.home().resolve("benchmarks/target/benchmarks-0.1.0.jar").toString(),
            extracted.resolve("intake-service-0.1.0.jar").toString(),
            extracted.resolve("lib").resolve("*").toString());
    return Child.start(
        List.of(
            "-cp",
            classes,
            "barocall.intake.IntakeApplication",
            "--spring.main.sources=" + AcknowledgedAtOnce.class.getName(),
            "--spring.cloud.function.definition=",
            "--barocall.instance=9",
            "--barocall.store.prefix=benchmarks_",
            "--server.port=" + port),
        Map.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            suite.kafka(),
            "MONGODB_URI",
            suite.mongodb(),
            "BAROCALL_DATA",
            suite.data().toString(),
            "BAROCALL_CREDENTIALS",
            suite.data().resolve("credentials.json").toString(),
            "BAROCALL_CITIES",
            suite.home().resolve("cities").toString()),
        port,
        folder.resolve("intake-without-kafka.log"));
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private static void await(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("It did not come to its end in " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
