package barocall.kit.web;

import io.netty.channel.Channel;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import reactor.netty.http.server.HttpServer;

/**
 * Keeps connections from being held for nothing: no more than so many at once; one whose other end
 * does not read what it asked for is closed. Who is connected and has not sent a whole request is
 * closed by {@code server.netty.idle-timeout}.
 */
final class ConnectionLimits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
  private final int most;
  private final Duration slowestWrite;
  private final AtomicInteger open = new AtomicInteger();

  ConnectionLimits(int most, Duration slowestWrite) {
    this.most = most;
    this.slowestWrite = slowestWrite;
  }

  /** How many there are. */
  int open() {
    return open.get();
  }

  @Override
  public void customize(NettyReactiveWebServerFactory factory) {
    factory.addServerCustomizers(this::limited);
  }

  private HttpServer limited(HttpServer server) {
    return server.doOnChannelInit((observer, channel, remote) -> admit(channel));
  }

  private void admit(Channel channel) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      var unused = channel.close();
      return;
    }
    var unused = channel.closeFuture().addListener(closed -> open.decrementAndGet());
    channel
        .pipeline()
        .addFirst(
            "slowest-write",
            new WriteTimeoutHandler(slowestWrite.toMillis(), TimeUnit.MILLISECONDS));
  }
}
