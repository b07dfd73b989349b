package barocall.routing;

import barocall.kit.rebuild.Start;
import barocall.routing.cases.CasesRebuildConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the routing service. */
@SpringBootApplication(scanBasePackages = {"barocall.routing", "barocall.kit"})
public class RoutingApplication {
  public static void main(String[] args) {
    Start.as(RoutingApplication.class, CasesRebuildConfiguration.class, args);
  }
}
