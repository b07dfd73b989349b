package barocall.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a round of the fault suite stands on, and what a fault may take hold of. */
final class Ground implements AutoCloseable {
  private static final Pattern EMAIL = Pattern.compile("(?m)^( +)email: ([a-z-]+)@.*$");

  private static final int MEGABYTES = 300;
  private static final int MEGABYTES_OF_SPOOL = 8;

  /** As little as lets a round be over soon after its fault. */
  private static final String SETTINGS =
      """
      barocall:
        delivery: {first-delay: 1s, factor: 1.5, max-delay: 3s, max-attempts: 1000, timeout: 2s}
        metrics.every: 1s
        clock.offset-file: ${barocall.data}/clock-of-${spring.application.name}
      """;

  private final MailServer mail = new MailServer();
  private final WebhookServer webhooks = new WebhookServer();
  private final SmallDisk storeDisk;
  private final SmallDisk brokerDisk;
  private final SmallDisk spoolDisk;
  private final StoreServer store;
  private final Suite suite;
  private final Map<Service, List<URI>> instances = new HashMap<>();

  /**
   * Starts a suite with receivers and a store of the test's own.
   *
   * @param store as {@link StoreServer#of} takes it
   * @param folder for its data
   */
  Ground(String store, Path folder) {
    try {
      Path foundations = Files.createDirectories(folder.resolve("foundations"));
      this.storeDisk = new SmallDisk(foundations.resolve("store"), MEGABYTES);
      this.brokerDisk = new SmallDisk(foundations.resolve("broker"), MEGABYTES);
      this.spoolDisk = new SmallDisk(foundations.resolve("spool"), MEGABYTES_OF_SPOOL);
      this.store = StoreServer.of(store, foundations);
      Path cities = copiedCities(folder.resolve("cities"));
      Path data = Files.createDirectories(folder.resolve("data"));
      Files.writeString(data.resolve("barocall.yml"), SETTINGS);
      // As if it had run before, or the launcher would refuse a folder with something in it.
      Files.createFile(data.resolve(".barocall"));
      for (String part : List.of("broker", "spool")) {
        Files.createSymbolicLink(data.resolve(part), foundations.resolve(part));
      }
      this.suite =
          Suite.start(
              data,
              Map.of(
                  "MONGODB_URI", this.store.uri(),
                  "BAROCALL_STORE_PREFIX", "faults_" + System.currentTimeMillis() + "_",
                  "BAROCALL_CITIES", cities.toString(),
                  "BAROCALL_MAIL_HOST", "127.0.0.1",
                  "BAROCALL_MAIL_PORT", Integer.toString(mail.port())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Service service : Service.values()) {
      instances.put(service, List.of(suite.url(service)));
    }
  }

  Suite suite() {
    return suite;
  }

  StoreServer store() {
    return store;
  }

  MailServer mail() {
    return mail;
  }

  WebhookServer webhooks() {
    return webhooks;
  }

  SmallDisk brokerDisk() {
    return brokerDisk;
  }

  /** Where the store's data are, if it is the embedded one. */
  SmallDisk storeDisk() {
    return storeDisk;
  }

  /** Where intake keeps what the broker has not got yet. */
  SmallDisk spoolDisk() {
    return spoolDisk;
  }

  /** Where clients may turn to. */
  synchronized List<URI> instances(Service service) {
    return instances.getOrDefault(service, List.of());
  }

  /** Ends a process of the suite as a power cut would. */
  void kill(String process) {
    kill(process, 0);
  }

  private void kill(String process, int instance) {
    ProcessHandle handle = ProcessHandle.of(pid(process, instance)).orElseThrow();
    handle.destroyForcibly();
    handle.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  void start(String process) {
    ordered("start", process);
  }

  void stop(String process) {
    ordered("stop", process);
  }

  /** Starts a second instance of a service, to which clients turn as well. */
  void join(Service service) {
    ordered("start", service.process(), "--instance", "1");
    synchronized (this) {
      instances.put(service, List.of(suite.url(service), second(service)));
    }
  }

  /** The second instance goes; its clients may notice by themselves. */
  void leave(Service service, boolean killed) {
    if (killed) {
      kill(service.process(), 1);
    }
    ordered("stop", service.process(), "--instance", "1");
    synchronized (this) {
      instances.put(service, List.of(suite.url(service)));
    }
  }

  private URI second(Service service) {
    return URI.create(
        "http://127.0.0.1:" + (suite.portBase() + Suite.BETWEEN_INSTANCES + service.offset()));
  }

  /** Sets the clock of a service so far ahead of this machine's; all its instances'. */
  void setClock(Service service, Duration ahead) {
    try {
      Files.writeString(suite.data().resolve("clock-of-" + service.process()), ahead.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops a process where it is: it does nothing, and nobody can tell it from a slow one. */
  void freeze(String process) {
    signal("STOP", process);
  }

  /** It goes on as if no time had passed. */
  void thaw(String process) {
    signal("CONT", process);
  }

  private void signal(String signal, String process) {
    signal(signal, pid(process, 0));
  }

  static void signal(String signal, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("kill -%s %d failed".formatted(signal, pid));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void ordered(String... command) {
    Suite.Run run = suite.launch(command[0], List.of(command).subList(1, command.length));
    if (run.exit() != 0) {
      throw new IllegalStateException(
          "%s failed: %s".formatted(String.join(" ", command), run.err()));
    }
  }

  private long pid(String process, int instance) {
    return suite.pid(instance == 0 ? process : process + " " + instance);
  }

  /** Lets the time pass in which a fault lasts; nothing is waited for. */
  static void last(Duration time) {
    try {
      if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The repository's cities, where every department has a webhook as well. */
  private Path copiedCities(Path to) throws IOException {
    Path from = Suite.home().resolve("cities");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : new ArrayList<>(files.sorted().toList())) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          String city = file.getFileName().toString().replaceAll("\\.yml$", "");
          Files.writeString(
              copy,
              EMAIL
                  .matcher(Files.readString(file))
                  .replaceAll(
                      "$0\n$1webhook: http://127.0.0.1:" + webhooks.port() + "/" + city + "/$2/"));
        }
      }
    }
    return to;
  }

  @Override
  public void close() {
    try (spoolDisk;
        brokerDisk;
        storeDisk;
        mail;
        webhooks;
        store) {
      suite.close();
    }
  }
}
