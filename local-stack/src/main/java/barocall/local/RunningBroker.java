package barocall.local;

import barocall.contract.BrokerSettings;
import java.util.Map;
import java.util.Optional;

/** Where the broker of the stack is that a command is about. */
final class RunningBroker {
  private RunningBroker() {}

  /** The same, if there is one that this machine knows the way to. */
  static Optional<Map<String, Object>> find(StackOptions options) {
    if (Home.given("KAFKA_BOOTSTRAP_SERVERS").isPresent()) {
      return Optional.of(BrokerSettings.from(name -> Home.given(name).orElse(null)));
    }
    return RunningStack.on(options.folderOfRunning())
        .map(running -> Map.of("bootstrap.servers", running.state().kafka()));
  }

  /**
   * What Kafka clients need to reach it: as the environment says, or as the running stack does.
   *
   * @param inContainers the command to use instead where everything runs in containers
   */
  static Map<String, Object> of(StackOptions options, String inContainers) {
    if (Home.given("KAFKA_BOOTSTRAP_SERVERS").isPresent()) {
      return BrokerSettings.from(name -> Home.given(name).orElse(null));
    }
    DataFolder folder = options.folderOfRunning();
    folder.refuseContainers(inContainers);
    String servers =
        RunningStack.on(folder)
            .orElseThrow(
                () ->
                    new LaunchException(
                        "Barocall is not running on %s; start it with %s."
                            .formatted(folder.path(), folder.command("up"))))
            .state()
            .kafka();
    return Map.of("bootstrap.servers", servers);
  }
}
