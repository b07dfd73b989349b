package barocall.routing.precedents;

import barocall.city.Cities;
import barocall.routing.cases.Case;
import barocall.routing.cases.MongoCases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where precedents are read from, and how often. */
@Configuration(proxyBeanMethods = false)
class PrecedentsConfiguration {
  @Bean(destroyMethod = "close")
  Precedents precedents(
      MongoCases store,
      Cities cities,
      Clock clock,
      @Value("${barocall.desk.precedents-every:5s}") Duration every) {
    return new Precedents(new InStore(store), cities, clock, every);
  }

  private record InStore(MongoCases store) implements Precedents.Source {
    @Override
    public Flux<Map.Entry<String, Instant>> newest(String city, int atMost) {
      return store.precedents(city, atMost).map(it -> Map.entry(it.inquiryId(), it.at()));
    }

    @Override
    public Flux<Map.Entry<String, Instant>> since(String city, Instant since) {
      return store.precedentsSince(city, since).map(it -> Map.entry(it.inquiryId(), it.at()));
    }

    @Override
    public Mono<Void> forgetBefore(String city, Instant before) {
      return store.forgetPrecedentsBefore(city, before);
    }

    @Override
    public Mono<Case> find(String inquiryId) {
      return store.find(inquiryId);
    }
  }
}
