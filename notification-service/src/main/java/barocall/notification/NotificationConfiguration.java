package barocall.notification;

import barocall.city.Cities;
import barocall.kit.store.NeededIndex;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

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
}
