package barocall.notification;

import barocall.city.Cities;
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
  @Bean
  Cities cities(@Value("${barocall.cities}") Path folder) {
    return Cities.load(folder);
  }
}
