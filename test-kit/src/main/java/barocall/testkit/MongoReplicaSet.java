package barocall.testkit;

import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A real MongoDB replica set of a test's own, each member a mongod process on loopback, from the
 * program that {@code MONGOD} names or that is on the {@code PATH}. Members can be killed and
 * started again; all end with the JVM.
 */
public final class MongoReplicaSet implements AutoCloseable {
  private static final String NAME = "rs";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Ends mongod, which watches no parent itself, when the JVM is gone. */
  private static final String GUARDED =
      "(while kill -0 %d 2>/dev/null && kill -0 $$ 2>/dev/null; do sleep 1; done;"
          + " kill -KILL $$ 2>/dev/null) & exec \"$@\"";

  private final Path program;
  private final Path directory = TemporaryFolders.create("mongod");
  private final List<Member> members = new ArrayList<>();

  private static final class Member {
    final int port = FreePorts.next();
    @Nullable Process process;

    String host() {
      return "127.0.0.1:" + port;
    }
  }

  private MongoReplicaSet(Path program, int size) {
    this.program = program;
    for (int i = 0; i < size; i++) {
      members.add(new Member());
    }
  }

  /** The mongod of this machine, if it has one. */
  public static Optional<Path> program() {
    String named = System.getenv("MONGOD");
    if (named != null && !named.isBlank()) {
      if (!Files.isExecutable(Path.of(named))) {
        throw new IllegalStateException("MONGOD names " + named + ", which is no program.");
      }
      return Optional.of(Path.of(named));
    }
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH"))
                .orElse("")
                .split(Pattern.quote(File.pathSeparator)))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "mongod"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts a set and returns when it takes writes.
   *
   * @param size how many members; a vote is won two seconds after a primary was lost
   */
  public static MongoReplicaSet start(Path program, int size) {
    var set = new MongoReplicaSet(program, size);
    TemporaryFolders.deleteAtExit(set.directory, set::killAll);
    try {
      for (int i = 0; i < size; i++) {
        set.start(i);
      }
      set.initiate();
      set.awaitPrimary();
    } catch (RuntimeException | Error e) {
      set.close();
      throw e;
    }
    return set;
  }

  /** What clients connect to: all members. */
  public String uri() {
    return members.stream()
        .map(Member::host)
        .collect(Collectors.joining(",", "mongodb://", "/?replicaSet=" + NAME));
  }

  /** Which member takes writes now; waits until one does. */
  public int awaitPrimary() {
    return Awaitility.await("a primary")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(this::primary, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Integer> primary() {
    for (int i = 0; i < members.size(); i++) {
      Process process = members.get(i).process;
      if (process != null && process.isAlive()) {
        try {
          if (Boolean.TRUE.equals(
              command(i, new Document("hello", 1)).getBoolean("isWritablePrimary"))) {
            return Optional.of(i);
          }
        } catch (MongoException | IllegalStateException e) {
          continue;
        }
      }
    }
    return Optional.empty();
  }

  /** The process of a member that runs. */
  public long pid(int member) {
    Process process = members.get(member).process;
    if (process == null) {
      throw new IllegalStateException("member %d does not run".formatted(member));
    }
    return process.pid();
  }

  /** Ends a member as a power cut would. */
  public void kill(int member) {
    Process process = members.get(member).process;
    if (process != null) {
      try {
        process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      members.get(member).process = null;
    }
  }

  /** Starts a member that is not running, with the data that it had. */
  public void start(int member) {
    Member one = members.get(member);
    try {
      Path data = Files.createDirectories(directory.resolve("member-" + member));
      List<String> command =
          List.of(
              "/bin/sh",
              "-c",
              GUARDED.formatted(ProcessHandle.current().pid()),
              "mongod",
              program.toString(),
              "--replSet",
              NAME,
              "--bind_ip",
              "127.0.0.1",
              "--port",
              Integer.toString(one.port),
              "--dbpath",
              data.toString(),
              // Else it logs slow updates whole, and with them what citizens said.
              "--slowms",
              "86400000",
              "--wiredTigerCacheSizeGB",
              "0.25",
              "--oplogSize",
              "128");
      one.process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(
                      directory.resolve("member-" + member + ".log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException("mongod did not start", e);
    }
  }

  /** A command to one member's admin database. */
  private Document command(int member, Document command) {
    String uri =
        "mongodb://"
            + members.get(member).host()
            + "/?directConnection=true&serverSelectionTimeoutMS=1000&connectTimeoutMS=1000";
    try (MongoClient direct = MongoClients.create(uri)) {
      Document answer =
          Mono.from(direct.getDatabase("admin").runCommand(command)).block(Duration.ofSeconds(5));
      if (answer == null) {
        throw new IllegalStateException("mongod gave no answer");
      }
      return answer;
    }
  }

  private void initiate() {
    List<Document> hosts = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      hosts.add(new Document("_id", i).append("host", members.get(i).host()));
    }
    Document config =
        new Document("_id", NAME)
            .append("members", hosts)
            .append(
                "settings",
                new Document("electionTimeoutMillis", 2_000)
                    .append("heartbeatIntervalMillis", 500));
    Awaitility.await("mongod")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(MongoException.class)
        .until(() -> command(0, new Document("replSetInitiate", config)) != null);
  }

  private void killAll() {
    for (int i = 0; i < members.size(); i++) {
      kill(i);
    }
  }

  @Override
  public void close() {
    killAll();
    TemporaryFolders.delete(directory);
  }
}
