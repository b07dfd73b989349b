package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import barocall.access.CredentialsFile;
import barocall.access.Role;
import com.sun.net.httpserver.HttpServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LauncherTest {
  @TempDir Path directory;
  private final StringWriter errors = new StringWriter();

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(run("up", "--nonsense")).isEqualTo(2);
    assertThat(run("up", "--port-base", "many")).isEqualTo(2);
    assertThat(run("sing")).isEqualTo(2);
  }

  @Test
  void whatIsDownIsSaidByThree() {
    assertThat(run("status", "--json", "--data", directory.toString())).isEqualTo(3);
    assertThat(run("down", "--data", directory.toString())).isZero();
    assertThat(run("stop", "intake", "--data", directory.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("is not running").contains("./barocall up --data ");
  }

  @Test
  void aFolderOfSomebodyElseIsLeftAlone() throws Exception {
    Path photos = Files.writeString(directory.resolve("photo.jpg"), "a photo");

    assertThat(run("up", "--fresh", "--data", directory.toString())).isEqualTo(1);

    assertThat(errors.toString()).contains("not a data folder of Barocall").contains("--data");
    assertThat(photos).exists();
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(photos);
    }
  }

  @Test
  void settingsMayBeThereBeforeTheFirstStart() throws Exception {
    Files.writeString(directory.resolve("barocall.yml"), "barocall: {}");
    var folder = new DataFolder(directory);

    folder.prepare();

    assertThat(folder.isOwn()).isTrue();
  }

  @Test
  void theFolderAndItsPartsAreForTheOwnerOnly() throws Exception {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    Path var = Files.createDirectory(directory.resolve("var"));
    Files.setPosixFilePermissions(var, PosixFilePermissions.fromString("rwxr-xr-x"));
    var folder = new DataFolder(var);
    folder.prepare();
    Files.createDirectories(folder.broker());
    Files.setPosixFilePermissions(folder.broker(), PosixFilePermissions.fromString("rwxr-xr-x"));

    folder.prepare();

    for (Path part : List.of(var, folder.logs(), folder.broker())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void freshIsRefusedWhereOthersKeepTheData() {
    UpCommand.requireOwn("MONGODB_URI", false);
    assertThatThrownBy(() -> UpCommand.requireOwn("MONGODB_URI", true))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("--fresh")
        .hasMessageContaining("unset MONGODB_URI");
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb://kim:s%40cret@db.example:27017/?replicaSet=rs0, mongodb://db.example:27017/?replicaSet=rs0",
    "mongodb+srv://kim@db.example/, mongodb+srv://db.example/",
    "mongodb://db/?proxyPassword=secret&tls=true, mongodb://db/?proxyPassword=…&tls=true",
    "mongodb://127.0.0.1:8090/, mongodb://127.0.0.1:8090/",
  })
  void theStoresAddressIsShownWithoutItsSecrets(String uri, String shown) {
    assertThat(Plan.withoutSecrets(uri)).isEqualTo(shown);
  }

  @Test
  void aSecondOneOnTheSameFolderIsRefused() throws Exception {
    var folder = new DataFolder(directory.resolve("var"));
    folder.prepare();
    try (DataFolder.Lock lock = folder.lock()) {
      assertThat(lock.channel().isOpen()).isTrue();
      assertThatThrownBy(folder::lock)
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining("already running")
          .hasMessageContaining("./barocall down");
    }
    folder.lock().close();
  }

  @Test
  void freshLeavesOnlyTheSettingsAndWhatMarksTheFolder() throws Exception {
    var folder = new DataFolder(directory.resolve("var"));
    folder.prepare();
    Files.createDirectories(folder.broker());
    Files.writeString(folder.broker().resolve("meta.properties"), "version=1");
    Files.writeString(folder.credentials(), "{}");
    Path settings = Files.writeString(folder.path().resolve("barocall.yml"), "barocall: {}");

    folder.empty();

    assertThat(settings).exists();
    assertThat(folder.isOwn()).isTrue();
    assertThat(folder.broker()).doesNotExist();
    assertThat(folder.credentials()).doesNotExist();
  }

  @Test
  void citiesWithAMistakeAreNamedByFileAndLine() throws Exception {
    Files.writeString(directory.resolve("atlantis.yml"), "name: [\n");

    Ended ended = launched("cities", "check", directory.toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said()).contains("atlantis.yml:2").doesNotContain("Exception");
  }

  @Test
  void upWithABrokenCityFileSaysWhereItIs() throws Exception {
    Path cities = Files.createDirectories(directory.resolve("cities"));
    Files.writeString(cities.resolve("atlantis.yml"), "name: [\n");

    Ended ended = launched("up", "--data", directory.resolve("var").toString());

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.said())
        .contains("The city files in " + cities + " cannot be used:")
        .contains("atlantis.yml:2")
        .doesNotContain("Exception");
  }

  @Test
  void upWithAPortInUseSaysWhoHasIt() throws Exception {
    Files.createSymbolicLink(
        directory.resolve("cities"), Path.of("..", "cities").toAbsolutePath().normalize());
    for (String service : Plan.SERVICES) {
      Path target = Files.createDirectories(directory.resolve(service).resolve("target"));
      Files.createFile(target.resolve(service + "-0.1.0.jar"));
    }
    // Below those that connections get by themselves: of these the one next to it may be in use.
    int base = 21_000 + 20 * new Random().nextInt(500);
    int port = new Ports(base).intake();
    try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(socket.isBound()).isTrue();
      Ended ended =
          launched(
              "up",
              "--data",
              directory.resolve("var").toString(),
              "--port-base",
              Integer.toString(base));

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.said())
          .contains("Port %d, which the intake-service needs, is in use".formatted(port))
          .contains("end that, or move all ports with --port-base.");
      if (Files.isDirectory(Path.of("/proc/self"))) {
        assertThat(ended.said()).contains("by process " + ProcessHandle.current().pid());
      }
      assertThat(directory.resolve("local-stack/target/in-use")).isEmptyDirectory();
    }
  }

  @Test
  void upOnAFolderThatCannotBeWrittenToSaysForWhom() throws Exception {
    Path var = Files.createDirectory(directory.resolve("var"));
    Files.createFile(var.resolve(".barocall"));
    Files.createDirectory(var.resolve("logs"));
    Path away = Files.createDirectory(var.resolve("away"));
    Files.setPosixFilePermissions(away, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeThat(Files.isWritable(away)).as("who may write anywhere has no such folder").isFalse();

    assertThat(run("up", "--data", away.resolve("data").toString())).isEqualTo(1);

    assertThat(errors.toString())
        .contains("There is no permission to write to " + away.resolve("data"))
        .contains("give it to the user " + System.getProperty("user.name"))
        .contains("--data");
  }

  @Test
  void upOnAFileSaysThatItIsNoFolder() throws Exception {
    Path file = Files.createFile(directory.resolve("var"));

    assertThat(run("up", "--data", file.toString())).isEqualTo(1);

    assertThat(errors.toString()).contains("is a file and no folder").contains("--data");
  }

  @Test
  void whatThereCannotBeIsWrongUsage() {
    assertThat(run("up", "--port-base", "80", "--data", directory.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("The port base 80 is out of range");
    for (String instance : List.of("6", "-1")) {
      errors.getBuffer().setLength(0);
      assertThat(run("start", "intake", "--instance", instance, "--data", directory.toString()))
          .isEqualTo(2);
      assertThat(errors.toString()).contains("instances 1 to 5").hasLineCount(1);
    }
  }

  @Test
  void theHelpNamesWhatTheScriptDoesItself() {
    assertThat(Launcher.commands().getUsageMessage()).contains("faults").contains("benchmarks");
  }

  @Test
  void whatAnotherStackRunsFromIsInUseUntilItsProcessIsGone() throws Exception {
    var inUse = new InUse(new Home(directory));
    assertThat(inUse.byOthers()).isFalse();
    inUse.mark();
    assertThat(inUse.byOthers()).as("by this process").isFalse();
    Path jar = Files.createFile(directory.resolve("service.jar"));
    Path old = Files.createDirectory(directory.resolve("fast-start"));
    Path kept = Files.createFile(old.resolve("kept.jar"));
    var fastStart =
        new FastStart(
            jar, List.of("/bin/false"), Map.of(), directory.resolve("fast-start.log"), inUse);
    Process other = new ProcessBuilder("/bin/sh", "-c", "read line").start();
    Path marks = directory.resolve("local-stack/target/in-use");
    Path mark = marks.resolve(Long.toString(other.pid()));
    try {
      Files.write(
          mark,
          new JsonMapper()
              .writeValueAsBytes(StackState.ProcessMark.of("supervisor", other.toHandle())));

      assertThat(inUse.byOthers()).isTrue();
      assertThat(fastStart.make()).hasValue("another Barocall runs from " + old);
      assertThat(kept).exists();

      Files.writeString(
          mark, Files.readString(mark).replaceAll("startedAt\":\\d+", "startedAt\":1"));
      assertThat(inUse.byOthers()).as("by another process of that number").isFalse();
    } finally {
      other.destroy();
      other.waitFor();
    }
    assertThat(inUse.byOthers()).isFalse();
  }

  private record Ended(int code, String said) {}

  /** As the script does it, with this test's folder in the place of the checkout. */
  private Ended launched(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.addAll(
        List.of(
            Home.java(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Launcher.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("BAROCALL_HOME", directory.toString());
    builder.environment().keySet().removeAll(List.of("MONGODB_URI", "KAFKA_BOOTSTRAP_SERVERS"));
    Process process = builder.start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortInUseIsFoundWithItsProcess() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(PortOwners.isFree(socket.getLocalPort())).isFalse();
      if (Files.isDirectory(Path.of("/proc/self"))) {
        assertThat(PortOwners.of(socket.getLocalPort())).contains(ProcessHandle.current());
      }
    }
  }

  @Test
  void peopleNeedCredentialsAndACity() {
    assertThat(run("people", "list", "--data", directory.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("barocall up");
    assertThat(run("people", "add", "kim", "--role", "agent", "--data", directory.toString()))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("--city");
    assertThat(run("people", "add", "kim", "--role", "king")).isEqualTo(2);
  }

  @Test
  void anAgentIsOneOfTheCityFile() {
    var home = new Home(Path.of("..").toAbsolutePath().normalize());

    PeopleCommand.check(home, Role.AGENT, "gyeongju", null, "agent-1");
    assertThatThrownBy(() -> PeopleCommand.check(home, Role.AGENT, "gyeongju", null, "agent-99"))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("--agent: agent-1, ")
        .hasMessageContaining("gyeongju.yml");
  }

  @Test
  void aKeyForSomeChannelsIsMadeListedAndWithdrawn() throws Exception {
    Path var = prepared();
    var file = new CredentialsFile(var.resolve("credentials.json"));
    String[] add = {"keys", "add", "exchange", "--channels", "telephone,sms", "--data", "" + var};

    assertThat(run(add)).as("of no city").isEqualTo(2);
    assertThat(run(with(add, "--city", "atlantis"))).isEqualTo(1);
    assertThat(run(with(add, "--city", "gyeongju"))).isZero();
    assertThat(run(with(add, "--city", "gyeongju"))).as("twice").isEqualTo(1);
    assertThat(errors.toString()).contains("atlantis", "exchange already");
    assertThat(
            run(
                "keys",
                "add",
                "x",
                "--channels",
                "pigeon",
                "--city",
                "gyeongju",
                "--data",
                "" + var))
        .isEqualTo(1);
    assertThat(run("keys", "list", "--data", var.toString())).isZero();
    assertThat(file.read().channelKeys())
        .singleElement()
        .satisfies(key -> assertThat(key.channels()).containsExactly("telephone", "sms"));
    assertThat(run("keys", "remove", "exchange", "--city", "gyeongju", "--data", "" + var))
        .isZero();
    assertThat(file.read().channelKeys()).isEmpty();
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  private Path prepared() throws Exception {
    Path var = directory.resolve("var");
    PrepareCommand.prepare(
        new DataFolder(var),
        Path.of("..", "cities"),
        new ContainerState(true, 1024, "kafka:9092", "mongodb://mongo/"),
        directory.resolve("scrape-key"));
    return var;
  }

  @Test
  void anInstallationInContainersIsPreparedOnceAndLeftToDocker() throws Exception {
    Path var = directory.resolve("var");
    Path key = directory.resolve("scrape-key");
    var folder = new DataFolder(var);
    var state = new ContainerState(true, 1024, "kafka:9092", "mongodb://mongo/");

    PrepareCommand.prepare(folder, Path.of("..", "cities"), state, key);
    String credentials = Files.readString(var.resolve("credentials.json"));
    PrepareCommand.prepare(folder, Path.of("..", "cities"), state, key);

    assertThat(credentials).contains(Files.readString(key)).contains("gyeongju");
    assertThat(var.resolve("credentials.json")).hasContent(credentials);
    assertThat(run("status", "--data", var.toString())).isEqualTo(3);
    assertThat(run("people", "list", "--data", var.toString())).isZero();
    for (String command : List.of("up", "down", "start intake", "logs intake")) {
      var words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("--data", var.toString()));
      assertThat(run(words.toArray(String[]::new))).isEqualTo(1);
      assertThat(errors.toString()).contains("in containers");
      errors.getBuffer().setLength(0);
    }
  }

  @Test
  void theStatusOfContainersIsWhatTheirPagesSay() throws Exception {
    var folder = new DataFolder(directory);
    folder.prepareForContainers();
    HttpServer intake = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    int base = intake.getAddress().getPort() - 1;
    folder.writeContainers(new ContainerState(true, base, "kafka:9092", "mongodb://mongo/"));
    intake.createContext(
        "/actuator/health",
        exchange ->
            Answer.json(
                    503,
                    Map.of(
                        "components",
                        Map.of(
                            "broker", Map.of("status", "UP"), "store", Map.of("status", "DOWN"))))
                .send(exchange));
    intake.start();
    try {
      StatusReport report = ContainerStack.on(folder).orElseThrow().status();
      assertThat(report.state()).isEqualTo("up");
      assertThat(report.allHealthy()).isFalse();
      assertThat(
              report.processes().stream()
                  .filter(StatusReport.ProcessReport::healthy)
                  .map(StatusReport.ProcessReport::name))
          .containsExactly("broker");
    } finally {
      intake.stop(0);
    }
  }

  private int run(String... arguments) {
    return Launcher.commands().setErr(new PrintWriter(errors, true)).execute(arguments);
  }
}
