package barocall.analytics.counting;

import barocall.city.Cities;
import barocall.kit.rebuild.Projection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/** What a rebuild of the figures is made of. Only a process that rebuilds takes it in. */
@ComponentScan(
    basePackages = "barocall.analytics",
    useDefaultFilters = false,
    includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Watcher.class))
public class RecountConfiguration {
  @Bean
  Projection recount(MongoDatabase database, Cities cities, List<Watcher> watchers) {
    CountingStore store = new MongoCountingStore(database);
    return new Recount(
        store,
        new Counting(store, CountingConfiguration.times(cities)),
        city -> cities.city(city).isPresent(),
        watchers);
  }
}
