package barocall.kit.web;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives the models of page controllers what the layout needs. */
@ControllerAdvice(annotations = PageController.class)
class PageModel {
  private final Pages pages;

  PageModel(Pages pages) {
    this.pages = pages;
  }

  @ModelAttribute(Pages.PAGE)
  Mono<Page> page(ServerWebExchange exchange) {
    return pages.of(exchange);
  }
}
