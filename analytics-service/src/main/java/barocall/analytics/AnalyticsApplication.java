package barocall.analytics;

import barocall.analytics.counting.RecountConfiguration;
import barocall.kit.rebuild.Start;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the analytics service. */
@SpringBootApplication(scanBasePackages = {"barocall.analytics", "barocall.kit"})
public class AnalyticsApplication {
  public static void main(String[] args) {
    Start.as(AnalyticsApplication.class, RecountConfiguration.class, args);
  }
}
