package barocall.intake;

import barocall.intake.receipts.ReceiptsRebuildConfiguration;
import barocall.kit.rebuild.Start;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the intake service. */
@SpringBootApplication(scanBasePackages = {"barocall.intake", "barocall.kit"})
public class IntakeApplication {
  public static void main(String[] args) {
    Start.as(IntakeApplication.class, ReceiptsRebuildConfiguration.class, args);
  }
}
