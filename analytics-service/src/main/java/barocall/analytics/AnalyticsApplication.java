package barocall.analytics;

import barocall.kit.process.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the analytics service. */
@SpringBootApplication(scanBasePackages = {"barocall.analytics", "barocall.kit"})
public class AnalyticsApplication {
  public static void main(String[] args) {
    ServiceProcess.run(AnalyticsApplication.class, args);
  }
}
