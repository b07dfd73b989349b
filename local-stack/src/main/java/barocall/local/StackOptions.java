package barocall.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack a command is about. */
final class StackOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: var, with --demo var-demo).")
  private @Nullable Path data;

  @Option(
      names = "--port-base",
      paramLabel = "N",
      description =
          "Moves all ports; the services listen at N+1 to N+4 (default: ${DEFAULT-VALUE}).",
      defaultValue = "8080")
  private int portBase = Ports.DEFAULT_BASE;

  @Option(
      names = "--demo",
      description = "The demonstration: realistic traffic, in a data folder of its own.")
  private boolean demo;

  private final Home home = Home.current();

  Home home() {
    return home;
  }

  boolean demo() {
    return demo;
  }

  Ports ports() {
    return new Ports(portBase);
  }

  /** The folder that the options name. */
  DataFolder folder() {
    if (data != null) {
      return new DataFolder(data);
    }
    if (demo) {
      return demoFolder();
    }
    return new DataFolder(
        Home.given("BAROCALL_DATA").map(Path::of).orElse(home.root().resolve("var")));
  }

  /** The folder that is meant by who names none: that of a demonstration if only that one runs. */
  DataFolder folderOfRunning() {
    DataFolder named = folder();
    if (data == null && RunningStack.on(named).isEmpty()) {
      DataFolder other = demoFolder();
      if (RunningStack.on(other).isPresent()) {
        return other;
      }
    }
    return named;
  }

  private DataFolder demoFolder() {
    return new DataFolder(home.root().resolve("var-demo"));
  }
}
