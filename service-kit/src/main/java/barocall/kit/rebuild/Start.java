package barocall.kit.rebuild;

import barocall.kit.events.Handled;
import barocall.kit.process.Frames;
import barocall.kit.process.ServiceProcess;
import barocall.kit.rebuild.RebuildConfiguration.TopicIds;
import barocall.kit.store.Generations;
import barocall.kit.store.RebuildRefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * How a service's process begins: as the service, or, with {@code barocall.rebuild}, to rebuild
 * what the service keeps and end.
 *
 * <p>With {@code barocall.rebuild=beside} the service goes on meanwhile: this process writes {@code
 * rebuild: caught up} when the service is to be stopped, and goes on when it then reads a line; the
 * end of its input means that it was left alone, and ends it. With {@code stopped} the service is
 * not running anyway. It writes how far it is as {@code rebuild: read 1000 of 5000}.
 */
public final class Start {
  private static final Logger LOG = LoggerFactory.getLogger(Start.class);
  private static final String SETTING = "barocall.rebuild";
  private static final String VARIABLE = "BAROCALL_REBUILD";
  private static final long SAY_EVERY = Duration.ofMillis(500).toNanos();

  private Start() {}

  /**
   * Runs the service, or rebuilds what it keeps and ends the process: 0 done, 1 not done.
   *
   * @param service the Spring application
   * @param projection declares the {@link Projection} and what it needs
   */
  public static void as(Class<?> service, Class<?> projection, String... args) {
    Optional<String> asked = asked(args);
    if (asked.isEmpty()) {
      ServiceProcess.run(service, args);
      return;
    }
    boolean beside =
        switch (asked.get()) {
          case "beside" -> true;
          case "stopped" -> false;
          default -> {
            System.err.println(
                "%s must be beside (the service goes on until it is asked for) or stopped (it does not run)."
                    .formatted(SETTING));
            System.exit(2);
            yield false;
          }
        };
    System.exit(rebuild(projection, beside, args) ? 0 : 1);
  }

  private static Optional<String> asked(String... args) {
    String option = new SimpleCommandLinePropertySource(args).getProperty(SETTING);
    return Optional.ofNullable(option == null ? System.getenv(VARIABLE) : option)
        .filter(value -> !value.isBlank());
  }

  private static boolean rebuild(Class<?> projection, boolean beside, String... args) {
    try {
      rebuild(projection, beside ? inputLine() : () -> true, System.out, args);
      return true;
    } catch (RuntimeException failure) {
      say(System.out, "refused: " + sentence(failure));
      return false;
    }
  }

  private static String sentence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RebuildRefusedException && cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    LOG.error("The rebuild failed: {}", Frames.of(failure));
    return "it failed (%s), and nothing has changed; begin it again."
        .formatted(failure.getClass().getSimpleName());
  }

  /**
   * Rebuilds.
   *
   * @param stopped is asked, once it has caught up, whether the service has stopped
   * @param out gets a line now and then
   * @throws RuntimeException when the present generation is still the old one
   */
  public static void rebuild(
      Class<?> projection, BooleanSupplier stopped, PrintStream out, String... args) {
    var application = new SpringApplication(RebuildConfiguration.class, projection);
    application.setWebApplicationType(WebApplicationType.NONE);
    try (ConfigurableApplicationContext context = application.run(args)) {
      rebuild(context, stopped, out);
    }
  }

  private static void rebuild(
      ConfigurableApplicationContext context, BooleanSupplier stopped, PrintStream out) {
    try (Consumer<String, byte[]> consumer = consumers(context).get()) {
      new Rebuild(
              context.getBean(Generations.class),
              context.getBean(HeldClaim.class),
              context.getBean(Projection.class),
              consumer,
              context.getBean(TopicIds.class).byName(),
              () ->
                  Handled.by(
                      context.getBean(Admin.class),
                      context.getEnvironment().getRequiredProperty("spring.application.name")),
              context.getBean(Clock.class),
              saying(out))
          .run(() -> say(out, "caught up"), stopped);
    }
    say(out, "done");
  }

  @SuppressWarnings("unchecked")
  private static Supplier<Consumer<String, byte[]>> consumers(
      ConfigurableApplicationContext context) {
    return (Supplier<Consumer<String, byte[]>>) context.getBean("eventConsumers", Supplier.class);
  }

  private static Rebuild.Progress saying(PrintStream out) {
    return new Rebuild.Progress() {
      private long saidAt = System.nanoTime() - SAY_EVERY;

      @Override
      public void read(long read, long of) {
        long now = System.nanoTime();
        if (read == of || now - saidAt >= SAY_EVERY) {
          saidAt = now;
          say(out, "read %d of %d".formatted(read, of));
        }
      }
    };
  }

  private static void say(PrintStream out, String what) {
    out.println("rebuild: " + what);
    out.flush();
  }

  /** Whether a line has come in; an end of the input is no line. */
  private static BooleanSupplier inputLine() {
    var line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        .readLine());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return () -> {
      if (!line.isDone()) {
        return false;
      }
      if (line.join().isEmpty()) {
        throw new RebuildRefusedException(
            "Whoever began the rebuild is gone; nothing has changed, begin it again.");
      }
      return true;
    };
  }
}
