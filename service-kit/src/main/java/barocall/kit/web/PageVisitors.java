package barocall.kit.web;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Finds who looks at a page; empty when nobody is logged in. */
@FunctionalInterface
public interface PageVisitors {
  Mono<PageVisitor> of(ServerWebExchange exchange);
}
