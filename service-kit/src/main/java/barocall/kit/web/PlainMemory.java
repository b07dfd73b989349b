package barocall.kit.web;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;

/**
 * Keeps what is counted by hand at the server's edge: a body's pieces are copied as they come, and
 * answers are written into plain memory, which the garbage collector frees whoever forgets it.
 *
 * <p>Else memory would leak whenever two threads meet: a piece that comes in the moment in which
 * the request is given up (too slow, too long, or refused) is dropped by the operators in between,
 * which know nothing of counts; so is an answer whose client leaves while it is written
 * (spring-framework 36438). Whoever wills could bring that about as often as they like.
 */
final class PlainMemory implements BeanPostProcessor {
  private static final DataBufferFactory PLAIN = DefaultDataBufferFactory.sharedInstance;

  /**
   * No {@code HttpHandlerDecoratorFactory}: that is a function, and Spring Cloud Stream would take
   * it for a binding.
   */
  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof HttpHandler handler ? plain(handler) : bean;
  }

  private static HttpHandler plain(HttpHandler handler) {
    return (request, response) -> handler.handle(new Copied(request), new Plain(response));
  }

  private static final class Copied extends ServerHttpRequestDecorator {
    Copied(ServerHttpRequest request) {
      super(request);
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return super.getBody().map(Copied::copy);
    }

    private static DataBuffer copy(DataBuffer counted) {
      byte[] bytes = new byte[counted.readableByteCount()];
      counted.read(bytes);
      DataBufferUtils.release(counted);
      return PLAIN.wrap(bytes);
    }
  }

  private static final class Plain extends ServerHttpResponseDecorator {
    Plain(ServerHttpResponse response) {
      super(response);
    }

    @Override
    public DataBufferFactory bufferFactory() {
      return PLAIN;
    }
  }
}
