package barocall.kit.process;

import barocall.kit.health.Reading;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;

/**
 * A service as a process. When it is told to end, it answers what it has accepted, leaves batches
 * to whoever comes next, and is gone within ten seconds: what is not done by then is done again, as
 * after a crash.
 */
public final class ServiceProcess {
  private static final Duration AT_MOST = Duration.ofMillis(9_500);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private ServiceProcess() {}

  /** Runs a service until its process is told to end. */
  public static void run(Class<?> application, String... arguments) {
    CountDownLatch closed = new CountDownLatch(1);
    SpringApplication.getShutdownHandlers().add(closed::countDown);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitEnd(closed), "end-in-time"));
    Reading reading = SpringApplication.run(application, arguments).getBean(Reading.class);
    LifeWatch.start(new LifeWatch(reading::whyDead, LOOK_EVERY, () -> System.exit(1)));
  }

  private static void awaitEnd(CountDownLatch closed) {
    try {
      if (!closed.await(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
        // The log may be closed already.
        System.err.println("The orderly end took too long; this process ends now.");
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
