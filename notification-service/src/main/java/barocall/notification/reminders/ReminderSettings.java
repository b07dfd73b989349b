package barocall.notification.reminders;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code barocall.reminders.*}.
 *
 * @param before working time before the due time, 8 hours being a working day
 * @param shareLeft share of the working time that is left
 * @param mostChasers how many chasers at most
 */
@ConfigurationProperties("barocall.reminders")
record ReminderSettings(
    @DefaultValue("8h") Duration before,
    @DefaultValue("0.25") double shareLeft,
    @DefaultValue("10") int mostChasers) {

  ReminderPlan plan() {
    return new ReminderPlan(before, shareLeft, mostChasers);
  }
}
