package barocall.kit.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A service with a page of every component and doors that fail in every way. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({
  WebConfiguration.class,
  PageModel.class,
  SampleApplication.SamplePages.class,
  SampleApplication.SampleDoors.class
})
class SampleApplication {
  public static void main(String[] args) {
    SpringApplication.run(SampleApplication.class, args);
  }

  @Bean
  SecurityWebFilterChain openToAll(ServerHttpSecurity http) {
    return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
        .authorizeExchange(exchange -> exchange.anyExchange().permitAll())
        .build();
  }

  @Bean
  PageVisitors anAdministrator() {
    return exchange ->
        exchange.getRequest().getQueryParams().containsKey("nobody")
            ? Mono.empty()
            : Mono.just(new PageVisitor("김민원", "admin", "gyeongju", null));
  }

  @Bean
  CityNames cityNames() {
    return (city, locale) -> locale.getLanguage().equals("ko") ? "경주시" : "Gyeongju";
  }

  @PageController
  static class SamplePages {
    @GetMapping("/")
    String everything(Model model) {
      Instant now = Instant.now();
      model.addAttribute("crumbs", List.of(new Crumb("목록", "/"), Crumb.here("구성 요소")));
      model.addAttribute("late", now.minus(Duration.ofHours(3)));
      model.addAttribute("soon", now.plus(Duration.ofHours(1)));
      model.addAttribute("later", now.plus(Duration.ofDays(2)));
      return "sample";
    }

    @GetMapping("/desk")
    String desk() {
      return "sample-desk";
    }
  }

  enum Colour {
    RED,
    GREEN
  }

  record Contact(String email) {
    Contact {
      if (!email.contains("@")) {
        throw new IllegalArgumentException("not an address: " + email);
      }
    }
  }

  record Order(String name, int count, Colour colour, Instant at, Contact contact) {}

  @RestController
  static class SampleDoors {
    @PostMapping("/orders")
    Order order(@RequestBody Order order) {
      return order;
    }

    @GetMapping("/count")
    int count(@RequestParam int number) {
      return number;
    }

    @GetMapping("/fail/{how}")
    Mono<String> fail(@PathVariable String how) {
      return switch (how) {
        case "conflict" ->
            Mono.error(
                ProblemException.of(
                        org.springframework.http.HttpStatus.CONFLICT, "kit.problem.conflict")
                    .saying("by", "kim"));
        case "away" -> Mono.error(new TimeoutException("no store"));
        default -> Mono.error(new IllegalStateException("880101-1234567 is secret"));
      };
    }
  }
}
