package barocall.analytics;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the analytics service. */
@SpringBootApplication(scanBasePackages = {"barocall.analytics", "barocall.kit"})
public class AnalyticsApplication {
  public static void main(String[] args) {
    SpringApplication.run(AnalyticsApplication.class, args);
  }
}
