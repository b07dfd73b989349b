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
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    assertThat(run("cities", "check", directory.toString())).isEqualTo(1);
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
