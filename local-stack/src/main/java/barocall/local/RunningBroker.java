package barocall.local;

import barocall.contract.BrokerSettings;
import java.util.Map;

/** Where the broker of the stack is that a command is about. */
final class RunningBroker {
  private RunningBroker() {}

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
