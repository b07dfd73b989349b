package barocall.kit.security;

import barocall.city.Cities;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A service with a door for each kind of visitor. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan(
    basePackages = "barocall.kit.web",
    excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*(Sample|Test).*"))
@Import({SecurityConfiguration.class, Town.TownDoors.class})
class Town {

  @Bean
  Hands clock() {
    return new Hands();
  }

  @Bean
  Cities cities() {
    return Cities.load(Path.of("../cities"));
  }

  @Bean
  Doors townDoors(Access access) {
    return doors ->
        doors
            .pathMatchers("/", "/open/**")
            .permitAll()
            .pathMatchers(HttpMethod.POST, "/api/v1/cities/{city}/calls")
            .access(access.when((visitor, at) -> visitor.isChannelOf(at.city())))
            .pathMatchers("/api/v1/cities/{city}/desk")
            .access(access.when((visitor, at) -> visitor.isAgentOf(at.city())))
            .pathMatchers("/api/v1/cities/{city}/departments/{department}/inbox")
            .access(access.when((visitor, at) -> visitor.isOfficerOf(at.city(), at.department())))
            .pathMatchers("/api/v1/cities/{city}/totals")
            .access(access.when((visitor, at) -> visitor.isAdminOf(at.city())))
            .pathMatchers("/cases/**")
            .access(access.when((visitor, at) -> visitor.isPerson()));
  }

  @RestController
  static class TownDoors {
    @GetMapping(
        path = {
          "/",
          "/open/page",
          "/api/v1/cities/{city}/desk",
          "/api/v1/cities/{city}/departments/{department}/inbox",
          "/api/v1/cities/{city}/totals"
        },
        produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.TEXT_HTML_VALUE})
    String who(@AuthenticationPrincipal Visitor visitor) {
      return visitor == null ? "nobody" : visitor.kind() + " " + visitor.user();
    }

    @PostMapping({
      "/open/form",
      "/api/v1/cities/{city}/calls",
      "/api/v1/cities/{city}/desk",
      "/api/v1/cities/{city}/totals"
    })
    String change(@AuthenticationPrincipal Visitor visitor) {
      return who(visitor);
    }

    @GetMapping("/cases/{city}")
    Mono<String> ofCity(@PathVariable String city, @AuthenticationPrincipal Visitor visitor) {
      return Access.requiring(visitor.isAgentOf(city)).thenReturn("the case");
    }

    @GetMapping("/never-named")
    String neverNamed() {
      return "nobody should read this";
    }
  }

  /** A clock that is moved by hand. */
  static final class Hands extends Clock {
    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-01-05T00:00:00Z"));

    void forward(Duration time) {
      now.updateAndGet(before -> before.plus(time));
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
