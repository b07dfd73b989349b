package barocall.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClientGoneTest {
  @Test
  void whoseConnectionIsGoneBeforeTheAnswerBeginsHasLeft() {
    Throwable gone = catchThrowable(() -> new NioSocketChannel().eventLoop());
    assertThat(gone).isInstanceOf(IllegalStateException.class);
    assertThat(ClientGone.by(gone)).isTrue();
    assertThat(ClientGone.by(new RuntimeException(gone))).isTrue();
  }

  @Test
  void whoCutsTheirConnectionHasLeft() {
    assertThat(ClientGone.by(new IOException("Connection reset by peer"))).isTrue();
    assertThat(ClientGone.by(new IOException("Broken pipe"))).isTrue();
  }

  @Test
  void aFaultOfOursIsNobodysLeaving() {
    assertThat(ClientGone.by(new IllegalStateException("channel not registered"))).isFalse();
    assertThat(ClientGone.by(new IOException("No space left on device"))).isFalse();
  }
}
