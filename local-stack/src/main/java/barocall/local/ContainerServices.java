package barocall.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The services of an installation in containers, as {@code docker compose} stops, starts and copies
 * them. Which installation is what Compose says by itself: {@code .env}, {@code
 * COMPOSE_PROJECT_NAME} and the folder of {@code docker-compose.yml}.
 */
final class ContainerServices implements Rebuilding.Stage {
  private final List<String> compose;
  private final Path home;

  ContainerServices(Path home) {
    this(home, List.of("docker", "compose"));
  }

  /**
   * @param compose the words that begin every command
   */
  ContainerServices(Path home, List<String> compose) {
    this.home = home;
    this.compose = compose;
  }

  /** The services of these names. */
  List<Rebuildable> named(List<String> names) {
    List<String> running = done("ps", "--status", "running", "--services").lines().toList();
    List<Rebuildable> services = new ArrayList<>();
    names.forEach(name -> services.add(new Service(name, running.contains(name))));
    return services;
  }

  @Override
  public void stop(String service) {
    done("stop", service);
  }

  @Override
  public void start(String service) {
    done("up", "--detach", "--wait", "--no-deps", service);
  }

  /** One of them, and whether it ran when it was looked up. */
  private final class Service implements Rebuildable {
    private final String name;
    private final boolean wanted;

    Service(String name, boolean wanted) {
      this.name = name;
      this.wanted = wanted;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isWanted() {
      return wanted;
    }

    @Override
    public boolean isRunning() {
      return done("ps", "--status", "running", "--services").lines().anyMatch(name::equals);
    }

    @Override
    public Process besides(Map<String, String> environment) throws IOException {
      List<String> words = new ArrayList<>(List.of("run", "--rm", "--no-TTY", "--no-deps"));
      environment.forEach((setting, value) -> words.addAll(List.of("-e", setting + "=" + value)));
      words.add(name);
      return started(words.toArray(String[]::new));
    }
  }

  private Process started(String... words) throws IOException {
    List<String> command = new ArrayList<>(compose);
    command.addAll(Arrays.asList(words));
    return new ProcessBuilder(command)
        .directory(home.toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private String done(String... words) {
    String command = String.join(" ", compose) + " " + String.join(" ", words);
    try {
      Process process = started(words);
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new LaunchException(
            "%s did not work; try it by itself in %s to see why.".formatted(command, home));
      }
      return said;
    } catch (IOException e) {
      throw new LaunchException(
          "%s cannot be run (%s); this needs Docker with Compose, and the right to use it."
              .formatted(command, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("Interrupted while waiting for " + command + ".", e);
    }
  }
}
