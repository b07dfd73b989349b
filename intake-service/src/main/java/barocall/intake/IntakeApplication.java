package barocall.intake;

import barocall.kit.process.ServiceProcess;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the intake service. */
@SpringBootApplication(scanBasePackages = {"barocall.intake", "barocall.kit"})
public class IntakeApplication {
  public static void main(String[] args) {
    ServiceProcess.run(IntakeApplication.class, args);
  }
}
