package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shell commands in the place of the broker and the services. */
class SupervisorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String STAYS = "echo here; while true; do sleep 0.1; done";

  @TempDir Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private DataFolder folder;
  private Supervisor supervisor;

  @BeforeEach
  void prepare() {
    folder = new DataFolder(directory.resolve("var"));
    folder.prepare();
  }

  @AfterEach
  void end() {
    supervisor.close();
  }

  @Test
  void statusNamesEveryProcessAndNothingIsLeftAfterTheEnd() throws Exception {
    Child broker = child("broker", STAYS);
    Child intake = child("intake-service", STAYS);
    start(false, broker, intake);

    assertThat(supervisor.status().allHealthy()).isTrue();
    assertThat(supervisor.status().processes())
        .extracting(StatusReport.ProcessReport::name)
        .containsExactly("broker", "intake-service");
    assertThat(RunningStack.on(folder).orElseThrow().status()).isEqualTo(supervisor.status());

    supervisor.close();

    assertThat(broker.running()).isEmpty();
    assertThat(intake.running()).isEmpty();
    assertThat(folder.readState()).isEmpty();
  }

  @Test
  void oneThatFailsAtItsStartEndsTheOthersAndSaysWhy() {
    Child broker = child("broker", STAYS);
    Child intake = child("intake-service", "echo The key is missing. >&2; exit 1");

    assertThatThrownBy(() -> start(false, broker, intake))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("intake-service ended at its start")
        .hasMessageContaining("The key is missing.");

    assertThat(broker.running()).isEmpty();
    assertThat(folder.readState()).isEmpty();
  }

  @Test
  void oneThatDiesIsNamedAndStaysAway() throws Exception {
    Child intake = child("intake-service", STAYS);
    start(false, child("broker", STAYS), intake);

    intake.running().orElseThrow().destroyForcibly();

    await()
        .atMost(PATIENCE)
        .until(() -> said().contains("intake-service ended unexpectedly (signal 9)"));
    assertThat(said()).contains("start intake-service");
    assertThat(supervisor.status().allHealthy()).isFalse();
    assertThat(supervisor.startOne("intake", 0)).isEqualTo("intake-service is running.");
    assertThat(supervisor.status().allHealthy()).isTrue();
  }

  @Test
  void oneThatDiesIsStartedAgainWhenKeptAlive() throws Exception {
    Child intake = child("intake-service", STAYS);
    start(true, child("broker", STAYS), intake);
    long first = intake.running().orElseThrow().pid();

    intake.running().orElseThrow().destroyForcibly();

    await()
        .atMost(PATIENCE)
        .until(() -> intake.running().filter(now -> now.pid() != first).isPresent());
  }

  @Test
  void oneThatCannotBeStartedAgainAtOnceIsTriedAgain() throws Exception {
    Path logs = Files.createDirectories(directory.resolve("away"));
    Child intake = child("intake-service", 0, logs.resolve("intake.log"), STAYS);
    start(true, child("broker", STAYS), intake);
    Path moved = Files.move(logs, directory.resolve("moved"));

    intake.running().orElseThrow().destroyForcibly();

    await().atMost(PATIENCE).until(() -> said().contains("intake-service cannot be started ("));
    Files.move(moved, logs);
    await().atMost(PATIENCE).until(() -> intake.running().isPresent());
    assertThat(said()).containsPattern("cannot be started \\([^\n]*\n[^\n]*started again in 2 s");
  }

  @Test
  void anOrderForWhatThereCannotBeIsWrongUsage() throws Exception {
    start(false, child("broker", STAYS), child("intake-service", STAYS));
    RunningStack running = RunningStack.on(folder).orElseThrow();

    for (ThrowingCallable wrong :
        List.<ThrowingCallable>of(
            () -> running.start("nonsense", 0),
            () -> running.start("intake", 5 + 1),
            () -> running.start("broker", 1),
            () -> running.rebuild(List.of("nonsense")))) {
      assertThatThrownBy(wrong)
          .isInstanceOfSatisfying(
              LaunchException.class, it -> assertThat(it.isWrongUsage()).isTrue())
          .hasMessageMatching("There is .*|Instances .* from 0 to 5\\.");
    }
    assertThatThrownBy(() -> running.rebuild(List.of("broker")))
        .isInstanceOfSatisfying(
            LaunchException.class, it -> assertThat(it.isWrongUsage()).isFalse());
  }

  @Test
  void oneThatIsStoppedIsNotStartedAgain() throws Exception {
    Child intake = child("intake-service", STAYS);
    start(true, child("broker", STAYS), intake);

    assertThat(supervisor.stopOne("intake-service", 0)).isEqualTo("intake-service has ended.");

    assertThat(intake.isWanted()).isFalse();
    assertThat(said()).doesNotContain("unexpectedly");
    assertThat(supervisor.stopOne("intake-service", 0)).contains("was not running");
    assertThatThrownBy(() -> supervisor.startOne("nobody", 0))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("broker, intake-service");
  }

  @Test
  void anotherInstanceOfAServiceComesAndGoesBesideTheFirst() throws Exception {
    Child intake = child("intake-service", STAYS);
    start(false, child("broker", STAYS), intake);

    assertThat(RunningStack.on(folder).orElseThrow().start("intake", 1))
        .isEqualTo("intake-service 1 is running.");

    assertThat(supervisor.status().allHealthy()).isTrue();
    assertThat(supervisor.status().processes())
        .extracting(it -> it.name() + " " + it.instance())
        .containsExactly("broker 0", "intake-service 0", "intake-service 1");
    assertThatThrownBy(() -> supervisor.rebuild(List.of("intake")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("stop intake-service --instance 1");
    assertThat(supervisor.stopOne("intake-service", 1)).isEqualTo("intake-service 1 has ended.");
    assertThat(intake.running()).isPresent();
    assertThat(supervisor.status().processes()).hasSize(2);
    assertThatThrownBy(() -> supervisor.startOne("broker", 1))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("There is one broker");
  }

  @Test
  void otherInstancesEndWithTheStack() throws Exception {
    start(false, child("broker", STAYS), child("intake-service", STAYS));
    supervisor.startOne("intake-service", 1);
    Long pid = supervisor.status().processes().get(2).pid();
    assertThat(pid).isNotNull();

    supervisor.close();

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void theLogOfTheTimeBeforeIsKept() throws Exception {
    Child intake = child("intake-service", STAYS);
    start(false, child("broker", STAYS), intake);
    supervisor.stopOne("intake-service", 0);
    supervisor.startOne("intake-service", 0);

    assertThat(intake.log()).exists();
    assertThat(Files.readString(folder.logs().resolve("intake-service.log.1"))).contains("here");
  }

  @Test
  void anOrderWithoutTheTokenIsRefused() throws Exception {
    start(false, child("broker", STAYS), child("intake-service", STAYS));
    StackState state = folder.readState().orElseThrow();
    folder.writeState(
        new StackState(
            state.supervisor(),
            state.phase(),
            state.controlPort(),
            "guessed",
            state.portBase(),
            state.store(),
            state.kafka(),
            state.mongodb(),
            state.mail(),
            state.processes()));

    assertThatThrownBy(() -> RunningStack.on(folder).orElseThrow().stop("broker", 0))
        .isInstanceOf(LaunchException.class);
    assertThat(supervisor.status().allHealthy()).isTrue();
  }

  @Test
  void aRebuildStopsTheServiceOnlyWhenItHasCaughtUpAndStartsItAgain() throws Exception {
    Child intake =
        child(
            "intake-service",
            rebuilding(
                "echo rebuild: read 1 of 2; echo rebuild: caught up; read line;"
                    + " echo rebuild: read 3 of 3; echo rebuild: done"));
    start(true, child("broker", STAYS), intake);
    long first = intake.running().orElseThrow().pid();

    RunningStack.on(folder).orElseThrow().rebuild(List.of("intake"));

    await().atMost(PATIENCE).until(() -> !supervisor.rebuild().running());
    assertThat(supervisor.rebuild().parts())
        .containsExactly(
            new RebuildReport.Part("intake-service", RebuildReport.Phase.DONE, 3, 3, ""));
    assertThat(RunningStack.on(folder).orElseThrow().rebuild()).isEqualTo(supervisor.rebuild());
    assertThat(intake.running()).isPresent();
    assertThat(intake.running().orElseThrow().pid()).isNotEqualTo(first);
  }

  @Test
  void aRebuildThatIsRefusedLeavesTheServiceRunningAndSaysWhy() throws Exception {
    Child intake =
        child("intake-service", rebuilding("echo rebuild: refused: Another goes on.; exit 1"));
    start(false, child("broker", STAYS), intake);
    long first = intake.running().orElseThrow().pid();

    supervisor.rebuild(List.of("intake-service"));

    await().atMost(PATIENCE).until(() -> !supervisor.rebuild().running());
    assertThat(supervisor.rebuild().isDone()).isFalse();
    assertThat(supervisor.rebuild().parts().get(0).sentence())
        .isEqualTo("intake-service is not rebuilt: Another goes on.");
    assertThat(intake.running().orElseThrow().pid()).isEqualTo(first);
  }

  @Test
  void whileOneRebuildGoesOnAnotherIsRefused() throws Exception {
    start(
        false,
        child("broker", STAYS),
        child("intake-service", rebuilding("while true; do sleep 0.1; done")));
    supervisor.rebuild(List.of("intake-service"));

    assertThatThrownBy(() -> RunningStack.on(folder).orElseThrow().rebuild(List.of("intake")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("A rebuild is going on.");
    assertThatThrownBy(() -> supervisor.rebuild(List.of("broker")))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("the services are intake-service");
  }

  private static String rebuilding(String script) {
    return "if [ -n \"$BAROCALL_REBUILD\" ]; then " + script + "; else " + STAYS + "; fi";
  }

  private void start(boolean keepAlive, Child foundation, Child service)
      throws InterruptedException {
    var plan =
        new Plan(
            new Ports(Ports.DEFAULT_BASE),
            new StoreChoice(StoreChoice.Kind.EMBEDDED, null, null),
            "127.0.0.1:1",
            "mongodb://127.0.0.1:2/",
            "http://127.0.0.1:3/",
            List.of(foundation),
            List.of(service),
            List.of(),
            List.of(),
            this::another);
    supervisor =
        new Supervisor(
            folder, plan, keepAlive, new PrintStream(said, true, StandardCharsets.UTF_8));
    supervisor.start(() -> {});
  }

  private Child another(String name, int instance) {
    return child(name, instance, folder.log(name + "-" + instance), STAYS);
  }

  private Child child(String name, String script) {
    return child(name, 0, folder.log(name), script);
  }

  /** Healthy from its first line on. */
  private Child child(String name, int instance, Path log, String script) {
    return new Child(
        new Child.Recipe(
            name,
            List.of("/bin/sh", "-c", script),
            Map.of(),
            0,
            instance,
            () -> contains(log, "here"),
            PATIENCE),
        log);
  }

  private static boolean contains(Path log, String word) {
    try {
      return Files.readString(log).contains(word);
    } catch (IOException e) {
      return false;
    }
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
