package barocall.routing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the routing service. */
@SpringBootApplication(scanBasePackages = {"barocall.routing", "barocall.kit"})
public class RoutingApplication {
  public static void main(String[] args) {
    SpringApplication.run(RoutingApplication.class, args);
  }
}
