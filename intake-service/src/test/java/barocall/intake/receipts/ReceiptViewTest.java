package barocall.intake.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Event;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptViewTest {
  private static final Cities CITIES = Cities.load(Path.of("../cities"));
  private final Facts facts = Facts.story();

  /** Received on a Monday at noon, escalated ten hours later. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gyeongju | other | 2025-11-24T07:00:00Z"
            + "| 즉시(3근무시간) 처리합니다. | Due at once (3 working hours).",
        "gyeongju | road-occupation | 2025-12-01T03:00:00Z"
            + "| 5일(40근무시간) 안에 처리합니다. 토요일과 공휴일은 세지 않습니다."
            + "| Due within 5 working days (40 working hours); weekends and holidays do not count.",
        "gyeongju | grievance | 2025-12-02T14:59:59Z"
            + "| 7일 안에 처리합니다. 접수한 날을 첫날로 하고 토요일과 공휴일은 세지 않습니다."
            + "| Due within 7 working days, the day of receipt being the first; weekends and"
            + " holidays do not count.",
      })
  void theDueTimeIsExplainedInBothLanguages(
      String city, String kind, Instant dueAt, String korean, String english) {
    Event.ComplaintEscalated late = escalated(1, 600, kind, dueAt);

    assertThat(reason(city, Locale.KOREAN, facts.received(), late)).isEqualTo(korean);
    assertThat(reason(city, Locale.ENGLISH, facts.received(), late)).isEqualTo(english);
  }

  @Test
  void soIsTheOneOfWhatTheCitizenAskedAgainTheNextDay() {
    Event.InquiryReopened asked =
        new Event.InquiryReopened(facts.received().inquiry(), Facts.at(1_500), 1, "아직입니다");
    Event.ComplaintEscalated again =
        escalated(2, 1_510, "other", Instant.parse("2025-11-25T07:00:00Z"));

    assertThat(
            reason(
                "gyeongju",
                Locale.KOREAN,
                facts.received(),
                facts.escalated(1, "roads", "도로과"),
                facts.resolvedByDepartment(1, "roads", "도로과"),
                asked,
                again))
        .isEqualTo("즉시(3근무시간) 처리합니다.");
  }

  @Test
  void aDueTimeThatTheClockDoesNotComeToHasItsClauseAlone() {
    Event.ComplaintEscalated other =
        escalated(1, 600, "grievance", Instant.parse("2025-12-24T07:00:00Z"));

    assertThat(reason("gyeongju", Locale.KOREAN, facts.received(), other))
        .isEqualTo("민원처리법 시행령 제17조");
  }

  private Event.ComplaintEscalated escalated(int step, int minutes, String kind, Instant dueAt) {
    Event.ComplaintEscalated any = facts.escalated(step, "roads", "도로과");
    return new Event.ComplaintEscalated(
        any.inquiry(),
        Facts.at(minutes),
        step,
        any.department(),
        any.departmentName(),
        kind,
        any.priority(),
        dueAt,
        any.dueClause(),
        any.why(),
        null,
        0,
        any.subject(),
        any.text(),
        null,
        null);
  }

  private static String reason(String city, Locale locale, Event.InquiryEvent... told) {
    City of = CITIES.city(city).orElseThrow();
    return ReceiptView.of(Receipt.of(List.of(told)).orElseThrow(), of, locale).dueReason();
  }
}
