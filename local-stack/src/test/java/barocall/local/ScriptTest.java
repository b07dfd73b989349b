package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The script at the root, with a Java and a Maven that only say how they were called. */
class ScriptTest {
  private static final Path SCRIPT = Path.of("..", "barocall").toAbsolutePath().normalize();

  @TempDir Path directory;
  private Path home;
  private Path jdk;

  @BeforeEach
  void prepare() throws IOException {
    assumeThat(Path.of("/bin/bash")).isExecutable();
    home = Files.createDirectories(directory.resolve("home"));
    Files.copy(SCRIPT, home.resolve("barocall"));
    Files.writeString(home.resolve("pom.xml"), "<project/>");
    jdk = directory.resolve("jdk");
    program(
        jdk.resolve("bin/java"),
        "if [ \"$1\" = -version ]; then echo \"openjdk version \\\"${FAKE:-17.0.1}\\\"\" >&2; exit;"
            + " fi\n"
            + "echo \"ran $* in $BAROCALL_HOME with $(umask)\"; echo \"data $BAROCALL_DATA\"");
    program(jdk.resolve("bin/javac"), "");
    program(
        directory.resolve("maven/mvn"),
        "for m in local-stack intake-service routing-service notification-service"
            + " analytics-service; do\n"
            + "  mkdir -p $m/target $m/src/main; touch $m/target/$m-0.1.0.jar"
            + " $m/target/$m-0.1.0.jar.original\n"
            + "done\n"
            + "touch local-stack/target/local-stack-0.1.0-exec.jar; echo \"[INFO] BUILD SUCCESS\"");
  }

  @Test
  void anOldJavaIsRefusedWithTheRemedy() throws Exception {
    Run run = run(Map.of("FAKE", "1.8.0_402"), "up");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.said()).contains("needs Java 17").contains("1.8.0_402").contains("JAVA_HOME");
  }

  @Test
  void whatIsNotBuiltIsBuiltOnceAndAgainAfterAChange() throws Exception {
    assertThat(run(Map.of(), "up", "--detach").said())
        .contains("Building Barocall")
        .contains("-jar " + home.resolve("local-stack/target/local-stack-0.1.0-exec.jar"))
        .contains("up --detach in " + home + " with 0077");
    assertThat(run(Map.of(), "up").said()).doesNotContain("Building");

    Path source = home.resolve("intake-service/src/main/New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(
        source,
        FileTime.fromMillis(
            Files.getLastModifiedTime(home.resolve("local-stack/target/built")).toMillis()
                + 60_000));

    assertThat(run(Map.of(), "status").said()).doesNotContain("Building");
    assertThat(run(Map.of(), "up").said()).contains("Building Barocall");
  }

  @Test
  void aBuildThatFailsSaysWhy() throws Exception {
    program(directory.resolve("maven/mvn"), "echo '[ERROR] no symbol'; exit 1");

    Run run = run(Map.of(), "up");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.said()).contains("[ERROR] no symbol").contains("build.log");
  }

  @Test
  void whereNothingIsBuiltNothingRunsAndThatIsSaidAtOnce() throws Exception {
    Path other = directory.resolve("other");

    Run json = run(Map.of(), "status", "--json");

    assertThat(json.code()).isEqualTo(3);
    assertThat(JsonMapper.builder().build().readValue(json.said(), StatusReport.class))
        .isEqualTo(StatusReport.DOWN);
    assertThat(run(Map.of(), "status"))
        .isEqualTo(new Run(3, "Barocall is down (" + home.resolve("var") + ")\n"));
    assertThat(run(Map.of(), "down", "--data", other.toString()))
        .isEqualTo(new Run(0, "Barocall is not running on " + other + ".\n"));
    assertThat(run(Map.of("JAVA_HOME", "/nowhere"), "down").code()).isZero();
    assertThat(home.resolve("local-stack")).doesNotExist();

    // What another checkout, or one that was cleaned, left there is asked by the launcher.
    Files.createDirectories(other);
    Files.writeString(other.resolve("stack.json"), "{}");
    assertThat(run(Map.of(), "status", "--data", other.toString()).said()).contains("Building");
  }

  @Test
  void jarsThatAStackRunsFromAreLeftAloneWhereverItsDataIs() throws Exception {
    assertThat(run(Map.of(), "up").said()).contains("Building");
    Path source = home.resolve("intake-service/src/main/New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(
        source, FileTime.fromMillis(Files.getLastModifiedTime(source).toMillis() + 60_000));
    Process stack =
        new ProcessBuilder("/bin/sh", "-c", "read line", "local-stack-0.1.0-exec.jar").start();
    Process stranger = new ProcessBuilder("/bin/sh", "-c", "read line").start();
    try {
      Path inUse = Files.createDirectories(home.resolve("local-stack/target/in-use"));
      Path mark = Files.writeString(inUse.resolve(Long.toString(stack.pid())), "{}");
      assertThat(run(Map.of(), "up", "--data", "/tmp/other").said())
          .doesNotContain("Building")
          .contains("ran ");

      Files.delete(mark);
      if (Files.isDirectory(Path.of("/proc/self"))) {
        Files.writeString(inUse.resolve(Long.toString(stranger.pid())), "{}");
      }
      stack.destroy();
      stack.waitFor();
      Files.writeString(inUse.resolve(Long.toString(stack.pid())), "{}");
      assertThat(run(Map.of(), "up", "--data", "/tmp/other").said()).contains("Building");
    } finally {
      stack.destroy();
      stranger.destroy();
    }
  }

  @Test
  void aTargetThatCannotBeWrittenToIsNamed() throws Exception {
    assumeThat(Path.of("/proc/self")).isDirectory();
    Files.createDirectories(home.resolve("local-stack"));
    // Nobody may make files there, not even who may do everything else.
    Files.createSymbolicLink(home.resolve("local-stack/target"), Path.of("/proc"));

    Run run = run(Map.of(), "up");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.said())
        .isEqualTo(
            "There is no permission to write to %s/local-stack/target; give it to the user %s.\n"
                .formatted(home, System.getProperty("user.name")));
  }

  @Test
  void faultsAreRunByMavenWithWhatWasAskedFor() throws Exception {
    program(directory.resolve("maven/mvn"), "echo \"mvn $*\"");
    Files.createDirectories(home.resolve("system-tests"));
    Files.writeString(home.resolve("system-tests/pom.xml"), "<project/>");

    assertThat(run(Map.of(), "faults", "--rounds", "3", "--seed", "7", "--fault", "zombie").said())
        .contains("-Dit.test=FaultsIT")
        .contains("-Dbarocall.faults.rounds=3")
        .contains("-Dbarocall.faults.seed=7")
        .contains("-Dbarocall.faults.fault=zombie");
    assertThat(run(Map.of(), "faults", "--loops", "3").code()).isEqualTo(2);
    assertThat(run(Map.of(), "faults", "--help").said()).contains("--store embedded|mongod|URI");
  }

  @Test
  void containersAreMeantWhereNothingElseRuns() throws Exception {
    String containers = "data " + home.resolve("var-compose");
    Files.createDirectories(home.resolve("var-compose"));
    run(Map.of(), "up");
    assertThat(run(Map.of(), "status").said()).doesNotContain(containers);

    Files.writeString(home.resolve("var-compose/stack.json"), "{}");
    assertThat(run(Map.of(), "status").said()).contains(containers);
    assertThat(run(Map.of(), "up").said()).doesNotContain(containers);
    assertThat(run(Map.of("BAROCALL_DATA", "/other"), "status").said()).contains("data /other");

    Files.createDirectories(home.resolve("var"));
    Files.writeString(home.resolve("var/stack.json"), "{}");
    assertThat(run(Map.of(), "status").said()).doesNotContain(containers);
  }

  private record Run(int code, String said) {}

  private Run run(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(home.resolve("barocall").toString());
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("PATH", directory.resolve("maven") + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), said);
  }

  private static void program(Path path, String script) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "#!/bin/bash\n" + script + "\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
