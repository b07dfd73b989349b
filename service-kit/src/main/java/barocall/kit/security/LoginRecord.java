package barocall.kit.security;

import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Is told who comes in, is refused and leaves. It never keeps anybody out. */
public interface LoginRecord {
  /** Completes when it is recorded, or will be. */
  Mono<Void> cameIn(ServerWebExchange exchange, Visitor person);

  /** Completes when it is recorded, or will be. */
  Mono<Void> left(ServerWebExchange exchange, Visitor person);

  /**
   * Without waiting for anything.
   *
   * @param called whose name was given; null where nobody is called so
   */
  void refused(ServerWebExchange exchange, @Nullable Visitor called);
}
