package barocall.notification;

import barocall.city.Cities;
import barocall.kit.metrics.Sampling;
import barocall.kit.store.NeededIndex;
import barocall.notification.cases.Decisions;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import reactor.core.publisher.Mono;

/** What this service stands on. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConfigurationPropertiesScan("barocall.notification")
class NotificationConfiguration {
  /** What is due is looked for every second or so. */
  @Bean
  NeededIndex pendingByTime() {
    return new NeededIndex("pending", "at");
  }

  @Bean
  NeededIndex remindersByTime() {
    return new NeededIndex("reminders", "at");
  }

  @Bean
  Cities cities(@Value("${barocall.cities}") Path folder) {
    return Cities.load(folder);
  }

  @Autowired
  void watchUnsent(Sampling sampling, ObjectProvider<Decisions> decisions) {
    sampling.gauge(
        "barocall.decisions.unsent",
        "Decisions that are stored and wait to be sent",
        Tags.empty(),
        Mono.defer(() -> decisions.getObject().countUnsent()));
  }
}
