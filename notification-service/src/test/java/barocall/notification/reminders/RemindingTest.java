package barocall.notification.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.Inquiry;
import barocall.contract.Reminder;
import barocall.notification.MailServer;
import barocall.notification.NotificationStack;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RemindingTest extends NotificationStack {
  /**
   * A Tuesday, 10:00 in Korea. Long ago, because the store is shared: nothing of the other tests
   * may fall due when the clock is moved, and nothing of these wait when it is right again.
   */
  private static final Instant TUESDAY = Instant.parse("2025-12-02T01:00:00Z");

  /** Friday, 18:00. */
  private static final Instant DUE = Instant.parse("2025-12-05T09:00:00Z");

  @Autowired private Reminding reminding;

  @AfterEach
  void clockIsRight() {
    CLOCK.reset();
  }

  @Test
  void departmentIsRemindedOnceThenChasedEachWorkingDay() {
    Inquiry inquiry = escalatedOnTuesday();
    remindAt("2025-12-04T08:59:00Z");
    assertThat(MAIL.mails(inFours(inquiry))).hasSize(1);

    remindAt("2025-12-05T00:00:10Z");
    remindAt("2025-12-05T05:00:00Z");
    ComplaintReminded reminder = said(ComplaintReminded.class, inquiry, 1).get(0);
    assertThat(reminder.reminder()).isEqualTo(Reminder.REMINDER);
    assertThat(reminder.dueAt()).isEqualTo(DUE);
    until(() -> assertThat(MAIL.mails("기한 임박 " + inFours(inquiry))).hasSize(1));
    assertThat(MailServer.header(MAIL.mails("기한 임박 " + inFours(inquiry)).get(0), "In-Reply-To"))
        .isEqualTo("<complaint-escalated/" + inquiry.inquiryId() + "/1@barocall.localhost>");

    remindAt("2025-12-05T09:00:01Z");
    until(() -> assertThat(MAIL.mails("독촉 1차 " + inFours(inquiry))).hasSize(1));
    assertThat(MailServer.body(MAIL.mails("독촉 1차 " + inFours(inquiry)).get(0)))
        .contains("시행령 제22조");

    remindAt("2025-12-06T03:00:00Z");
    remindAt("2025-12-08T00:00:01Z");
    until(() -> assertThat(MAIL.mails("독촉 2차 " + inFours(inquiry))).hasSize(1));
    assertThat(said(ComplaintReminded.class, inquiry, 3))
        .extracting(ComplaintReminded::counter)
        .containsExactlyInAnyOrder("reminder-1", "chaser-1", "chaser-2");
    person("gyeongju-roads")
        .get()
        .uri("/api/v1/cities/gyeongju/departments/roads/inbox/" + inquiry.inquiryId())
        .exchange()
        .expectBody()
        .jsonPath("$.reminders")
        .isEqualTo(1)
        .jsonPath("$.chasers")
        .isEqualTo(2);
  }

  @Test
  void whatIsAnsweredIsNotRemindedOf() {
    Inquiry inquiry = escalatedOnTuesday();
    person("gyeongju-roads")
        .post()
        .uri("/api/v1/cities/gyeongju/departments/roads/inbox/" + inquiry.inquiryId() + "/resolve")
        .bodyValue(Map.of("answer", "메웠습니다."))
        .exchange()
        .expectStatus()
        .isOk();
    Inquiry open = escalatedOnTuesday();

    remindAt("2025-12-05T09:00:01Z");

    until(() -> assertThat(MAIL.mails("독촉 1차 " + inFours(open))).hasSize(1));
    assertThat(MAIL.mails("기한 임박 " + inFours(inquiry))).isEmpty();
    assertThat(MAIL.mails("독촉 1차 " + inFours(inquiry))).isEmpty();
  }

  private Inquiry escalatedOnTuesday() {
    CLOCK.set(TUESDAY);
    Inquiry inquiry = inquiry();
    ComplaintEscalated escalated = escalated(inquiry, 1, "roads", DUE, null);
    say(escalated);
    until(() -> assertThat(MAIL.mails(inFours(inquiry))).hasSize(1));
    return inquiry;
  }

  private void remindAt(String now) {
    CLOCK.set(Instant.parse(now));
    assertThat(reminding.remind().block(Duration.ofSeconds(60))).isNotNull();
  }
}
