package barocall.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder that Barocall was checked out or unpacked to.
 *
 * @param root where {@code cities/}, {@code formats/} and the services' folders are
 */
record Home(Path root) {
  private static final String VERSION = "0.1.0";

  /** As the script {@code barocall} says; the current folder when it was not used. */
  static Home current() {
    return new Home(
        Path.of(Optional.ofNullable(System.getenv("BAROCALL_HOME")).orElse("")).toAbsolutePath());
  }

  Path cities() {
    return given("BAROCALL_CITIES").map(Path::of).orElse(root.resolve("cities")).toAbsolutePath();
  }

  Path formats() {
    return given("BAROCALL_FORMATS").map(Path::of).orElse(root.resolve("formats")).toAbsolutePath();
  }

  /** The jar of a service, which must have been built. */
  Path jar(String service) {
    Path jar = root.resolve(service).resolve("target").resolve(service + "-" + VERSION + ".jar");
    if (!Files.isRegularFile(jar)) {
      throw new LaunchException(
          "The %s is not built (there is no %s); start Barocall by the script ./barocall, which builds it, or run mvn -DskipTests package."
              .formatted(service, jar));
    }
    return jar;
  }

  /** A Java like the one that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The command that runs this launcher again, with options for Java. */
  static List<String> self(List<String> javaOptions) {
    var command = new ArrayList<String>();
    command.add(java());
    command.addAll(javaOptions);
    String classes = System.getProperty("java.class.path");
    if (classes.endsWith(".jar") && !classes.contains(File.pathSeparator)) {
      command.addAll(List.of("-jar", classes));
    } else {
      command.addAll(List.of("-cp", classes, Launcher.class.getName()));
    }
    return command;
  }

  static Optional<String> given(String variable) {
    return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
  }
}
