package barocall.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the launcher starts as processes of their own: the broker, the store, the catcher. */
@Command(name = "serve", hidden = true, description = "Runs one part of the local stack.")
final class ServeCommand {
  private static final int FAILED = 1;

  @Command(name = "broker", description = "Runs the Kafka broker.")
  int broker(
      @Option(names = "--directory", required = true) Path directory,
      @Option(names = "--port", required = true) int port,
      @Option(names = "--controller-port", required = true) int controllerPort)
      throws InterruptedException {
    return serve(EmbeddedBroker.start(directory, port, controllerPort));
  }

  @Command(name = "store", description = "Runs the embedded store.")
  int store(
      @Option(names = "--directory", required = true) Path directory,
      @Option(names = "--port", required = true) int port)
      throws InterruptedException {
    return serve(EmbeddedStore.start(directory, port, ServeCommand::end));
  }

  @Command(name = "catcher", description = "Runs the catcher of mails and text messages.")
  int catcher(
      @Option(names = "--directory", required = true) Path directory,
      @Option(names = "--address", defaultValue = "127.0.0.1") String address,
      @Option(names = "--port", required = true) int port,
      @Option(names = "--smtp-port", required = true) int smtpPort,
      @Option(names = "--demo") boolean demo)
      throws InterruptedException, IOException {
    return serve(Catcher.start(directory, address, port, smtpPort, demo, Clock.systemUTC()));
  }

  /**
   * At once, so that nobody is told that a lost write is kept: started again, it is as its file is.
   */
  private static void end(RuntimeException failure) {
    System.err.println(
        "The store's file could not be written, so the store has ended ("
            + failure.getMessage()
            + "). Make room on the disk and start it again: ./barocall start store");
    Runtime.getRuntime().halt(FAILED);
  }

  /** Works until the process is told to end, which the exit code of the signal then says. */
  private static int serve(AutoCloseable served) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(served), "close"));
    new CountDownLatch(1).await();
    return FAILED;
  }

  private static void close(AutoCloseable served) {
    try {
      served.close();
    } catch (Exception e) {
      System.err.println("The end was not clean: " + e);
    }
  }
}
