package barocall.notification;

import barocall.kit.rebuild.Start;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Entry point of the notification service. */
@SpringBootApplication(scanBasePackages = {"barocall.notification", "barocall.kit"})
public class NotificationApplication {
  public static void main(String[] args) {
    Start.as(NotificationApplication.class, NotificationRebuildConfiguration.class, args);
  }
}
