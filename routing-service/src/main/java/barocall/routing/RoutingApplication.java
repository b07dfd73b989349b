package barocall.routing;

import barocall.kit.process.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the routing service. */
@SpringBootApplication(scanBasePackages = {"barocall.routing", "barocall.kit"})
public class RoutingApplication {
  public static void main(String[] args) {
    ServiceProcess.run(RoutingApplication.class, args);
  }
}
