package barocall.notification;

import barocall.city.Cities;
import barocall.kit.rebuild.Projection;
import barocall.notification.cases.Cases;
import barocall.notification.cases.Watcher;
import barocall.notification.deliveries.DeliveriesBefore;
import barocall.notification.deliveries.Occasions;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * What a rebuild of cases, inboxes and deliveries is made of: no teller, no carrier, no dispatcher.
 * Only a process that rebuilds takes it in.
 */
@ConfigurationPropertiesScan("barocall.notification.reminders")
@ComponentScan(
    useDefaultFilters = false,
    includeFilters = {
      @Filter(
          type = FilterType.ASSIGNABLE_TYPE,
          classes = {Cases.class, Watcher.class, Occasions.class}),
      @Filter(type = FilterType.REGEX, pattern = ".*\\.InboxLive")
    })
class NotificationRebuildConfiguration {
  @Bean
  Projection casesFromTopics(
      Cities cities,
      Cases cases,
      List<Watcher> watchers,
      List<Occasions> occasions,
      MongoDatabase database) {
    return new Recollection(
        cities, cases, watchers, occasions, new DeliveriesBefore(database), database);
  }
}
