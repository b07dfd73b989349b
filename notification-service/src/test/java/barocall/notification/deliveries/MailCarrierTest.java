package barocall.notification.deliveries;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailCarrierTest {
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** Each byte comes in time, and no line ever ends. */
  @ParameterizedTest
  @EnumSource(
      names = {"NONE", "STARTTLS"},
      value = MailSettings.Security.class)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aServerThatTricklesIsCutOff(MailSettings.Security security) throws IOException {
    ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        MailCarrier carrier = carrier(server.getLocalPort(), security)) {
      Thread accepting = new Thread(() -> accept(server, trickle));
      accepting.setDaemon(true);
      accepting.start();
      assertThatThrownBy(() -> carrier.bring(MongoDeliveriesTest.delivery(), letter()))
          .isInstanceOf(UndeliveredException.class)
          .hasMessage("the mail server did not answer in time");
    } finally {
      trickle.shutdownNow();
    }
  }

  @Test
  void aServerThatIsAwayIsSaidToBe() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      port = server.getLocalPort();
    }
    try (MailCarrier carrier = carrier(port, MailSettings.Security.NONE)) {
      assertThatThrownBy(() -> carrier.bring(MongoDeliveriesTest.delivery(), letter()))
          .isInstanceOf(UndeliveredException.class)
          .hasMessage("the mail server is away");
    }
  }

  private static void accept(ServerSocket server, ScheduledExecutorService trickle) {
    try {
      Socket socket = server.accept();
      OutputStream out = socket.getOutputStream();
      out.write("220-".getBytes(StandardCharsets.US_ASCII));
      var unused = trickle.scheduleWithFixedDelay(() -> one(out), 0, 50, TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void one(OutputStream out) {
    try {
      out.write('x');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MailCarrier carrier(int port, MailSettings.Security security) {
    return new MailCarrier(
        new MailSettings("127.0.0.1", port, "a@example.invalid", null, null, security),
        new DeliverySettings(
            Duration.ofSeconds(1), 3, Duration.ofMinutes(1), 3, 0.2, TIMEOUT, TIMEOUT, 2));
  }

  private static Letter letter() {
    return new Letter("b@example.invalid", "subject", "body", null);
  }
}
