package barocall.analytics.counting;

import barocall.city.Cities;
import barocall.kit.rebuild.Projection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.springframework.context.annotation.Bean;

/** What a rebuild of the figures is made of. Only a process that rebuilds takes it in. */
public class RecountConfiguration {
  @Bean
  Projection recount(MongoDatabase database, Cities cities) {
    CountingStore store = new MongoCountingStore(database);
    return new Recount(
        store,
        new Counting(store, city -> cities.city(city).orElseThrow().timeZone()),
        city -> cities.city(city).isPresent());
  }
}
