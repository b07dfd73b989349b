package barocall.intake;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the intake service. */
@SpringBootApplication(scanBasePackages = {"barocall.intake", "barocall.kit"})
public class IntakeApplication {
  public static void main(String[] args) {
    SpringApplication.run(IntakeApplication.class, args);
  }
}
