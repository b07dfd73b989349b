package barocall.analytics.figures;

import barocall.city.Cities;
import barocall.city.City;
import barocall.kit.metrics.Sampling;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** What those who watch over the machines see of the cities. */
@Configuration(proxyBeanMethods = false)
class FiguresConfiguration {
  /** Two gauges, one question. */
  private static final Duration SAME_TURN = Duration.ofSeconds(1);

  @Autowired
  void watch(Sampling sampling, Figures figures, Cities cities, Clock clock) {
    for (City city : cities.all()) {
      Mono<Figures.Open> open =
          Mono.defer(() -> figures.open(city, clock.instant())).cache(SAME_TURN);
      Tags tags = Tags.of("city", city.id());
      sampling.gauge(
          "barocall.inquiries.open",
          "Inquiries that nobody has answered yet",
          tags,
          open.map(Figures.Open::count));
      sampling.gauge(
          "barocall.inquiries.overdue",
          "Open inquiries whose due time is past",
          tags,
          open.map(Figures.Open::overdue));
    }
  }
}
