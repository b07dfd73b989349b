package barocall.kit.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.IntFunction;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import reactor.netty.NettyPipeline;

/**
 * Gives refusals a body that the server makes before any filter sees the request, such as of an
 * address or a header that is none: they too are problems.
 */
final class BareRefusals implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
  private static final int FIRST_REFUSAL = 400;

  private final IntFunction<byte[]> problems;

  /**
   * @param problems what is said under a status, as JSON
   */
  BareRefusals(IntFunction<byte[]> problems) {
    this.problems = problems;
  }

  @Override
  public void customize(NettyReactiveWebServerFactory factory) {
    factory.addServerCustomizers(
        server -> server.doOnChannelInit((observer, channel, remote) -> watch(channel)));
  }

  private void watch(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(NettyPipeline.HttpTrafficHandler) != null) {
      pipeline.addBefore(NettyPipeline.HttpTrafficHandler, "bare-refusals", new Bodies());
    }
  }

  private final class Bodies extends ChannelDuplexHandler {
    private boolean isHeadOnly;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        isHeadOnly = request.method().equals(HttpMethod.HEAD);
      }
      context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof FullHttpResponse bare && !isHeadOnly && isBare(bare)) {
        byte[] problem = problems.apply(bare.status().code());
        FullHttpResponse whole =
            new DefaultFullHttpResponse(
                bare.protocolVersion(), bare.status(), Unpooled.wrappedBuffer(problem));
        whole.headers().set(bare.headers());
        whole.headers().set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        whole.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, problem.length);
        bare.release();
        var unused = context.write(whole, promise);
      } else {
        var unused = context.write(message, promise);
      }
    }

    private static boolean isBare(FullHttpResponse response) {
      return response.status().code() >= FIRST_REFUSAL
          && !response.content().isReadable()
          && !response.headers().contains(HttpHeaderNames.CONTENT_TYPE);
    }
  }
}
