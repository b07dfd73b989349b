package barocall.notification.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Channel;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.Why;
import barocall.contract.Priority;
import barocall.contract.Reminder;
import barocall.contract.WhyKind;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Standing;
import barocall.notification.reminders.ReminderPlan.Next;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReminderPlanTest {
  private static final City GYEONGJU =
      Cities.load(Path.of("../cities")).city("gyeongju").orElseThrow();
  private static final Inquiry INQUIRY =
      new Inquiry("gyeongju-c-1", null, "gyeongju", Channel.WEB, null, at("2026-11-20T10:00"));

  private final ReminderPlan plan = new ReminderPlan(Duration.ofHours(8), 0.25, 3);

  @Test
  void aPeriodOfDaysIsRemindedOfOneWorkingDayBefore() {
    assertThat(next(file("2026-11-20T10:00", "2026-12-01T23:59:59"), "2026-11-20T10:00"))
        .isEqualTo(new Next(at("2026-12-01T09:00"), Reminder.REMINDER, 1));
  }

  @Test
  void aPeriodOfHoursIsRemindedOfWhenAQuarterIsLeft() {
    // 3 hours over lunch: 11:00 to 15:00, of which 45 minutes are a quarter.
    assertThat(next(file("2026-11-24T11:00", "2026-11-24T15:00"), "2026-11-24T11:00"))
        .isEqualTo(new Next(at("2026-11-24T14:15"), Reminder.REMINDER, 1));
  }

  @Test
  void afterTheDueTimeComeChasersAtOnceThenEachWorkingDayAndNotForEver() {
    CaseFile file = file("2026-11-20T10:00", "2026-12-04T18:00");
    assertThat(next(file, "2026-12-04T18:00"))
        .isEqualTo(new Next(at("2026-12-04T18:00"), Reminder.CHASER, 1));

    file = file.told(chaser(1, "2026-12-04T18:00"));
    assertThat(next(file, "2026-12-04T18:00"))
        .as("Monday after a weekend")
        .isEqualTo(new Next(at("2026-12-07T09:00"), Reminder.CHASER, 2));

    file = file.told(chaser(2, "2026-12-24T09:00"));
    assertThat(next(file, "2026-12-24T09:00"))
        .as("Monday after Christmas")
        .isEqualTo(new Next(at("2026-12-28T09:00"), Reminder.CHASER, 3));

    assertThat(next(file.told(chaser(3, "2026-12-28T09:00")), "2027-01-01T00:00")).isNull();
  }

  @Test
  void whatIsOverdueWhenItComesIsChasedAndNotReminded() {
    assertThat(next(file("2026-11-24T11:00", "2026-11-24T10:00"), "2026-11-24T11:00"))
        .isEqualTo(new Next(at("2026-11-24T10:00"), Reminder.CHASER, 1));
  }

  @Test
  void nothingComesWithoutADueTimeOrAfterTheEnd() {
    assertThat(next(file("2026-11-20T10:00", null), "2026-11-20T10:00")).isNull();
    CaseFile returned =
        file("2026-11-20T10:00", "2026-12-04T18:00")
            .told(
                new ComplaintReturned(INQUIRY, at("2026-11-21T10:00"), 1, "roads", null, "국도입니다."));
    assertThat(next(returned, "2026-12-20T10:00")).isNull();
  }

  private @Nullable Next next(CaseFile file, String now) {
    Standing standing = file.standing(1).orElseThrow();
    return plan.next(standing, GYEONGJU, at(now)).orElse(null);
  }

  private static CaseFile file(String escalatedAt, @Nullable String dueAt) {
    return CaseFile.empty("gyeongju-c-1")
        .told(
            new ComplaintEscalated(
                INQUIRY,
                at(escalatedAt),
                1,
                "roads",
                null,
                null,
                Priority.NORMAL,
                dueAt == null ? null : at(dueAt),
                null,
                new Why(WhyKind.RULE, null, ""),
                null,
                0,
                null,
                null,
                null,
                null));
  }

  private static ComplaintReminded chaser(int number, String at) {
    return new ComplaintReminded(INQUIRY, at(at), 1, Reminder.CHASER, number, "roads", null);
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(ZoneId.of("Asia/Seoul")).toInstant();
  }
}
