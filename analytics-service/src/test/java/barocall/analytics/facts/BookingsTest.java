package barocall.analytics.facts;

import static barocall.analytics.Inquiries.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.contract.Event.InquiryEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookingsTest {
  @Test
  void answeredCallIsAConsultationResolvedAtFirstContact() {
    assertThat(totals(Inquiries.answeredCall("i", NOON)))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.OFFERED, 1L),
            Map.entry(Count.ANSWERED, 1L),
            Map.entry(Count.ANSWERED_SOON, 1L),
            Map.entry(Count.LEFT_SOON, 1L),
            Map.entry(Count.LEFT_TIMED, 1L),
            Map.entry(Count.ANSWERED_TIMED, 1L),
            Map.entry(Count.WAIT_SECONDS, 7L),
            Map.entry(Count.HANDLED, 1L),
            Map.entry(Count.HANDLE_SECONDS, 113L),
            Map.entry(Count.RESOLVED, 1L),
            Map.entry(Count.RESOLVED_AT_FIRST_CONTACT, 1L),
            Map.entry(Count.SOLVED_BY_AGENT, 1L));
  }

  @Test
  void abandonedCallIsNeitherResolvedNorOpen() {
    List<InquiryEvent> life = Inquiries.abandonedCall("i", NOON);
    assertThat(totals(life))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.OFFERED, 1L),
            Map.entry(Count.ABANDONED, 1L),
            Map.entry(Count.ABANDONED_IN_QUEUE, 1L),
            Map.entry(Count.SHORT_ABANDONED, 1L),
            Map.entry(Count.LEFT_TIMED, 1L),
            Map.entry(Count.LEFT_SOON, 1L));
    assertThat(Standing.of(facts(life)).open()).isFalse();
  }

  @Test
  void complaintCountsOnceHoweverOftenItGoesBackAndForth() {
    assertThat(totals(Inquiries.complaint("i", NOON)))
        .containsEntry(Count.ESCALATED, 1L)
        .containsEntry(Count.RESOLVED, 1L)
        .containsEntry(Count.ON_TIME, 1L)
        .containsEntry(Count.RETURNED, 1L)
        .containsEntry(Count.REOPENED, 1L)
        .containsEntry(Count.TRANSFERRED, 1L)
        .containsEntry(Count.SATISFIED, 1L)
        .doesNotContainKey(Count.RESOLVED_AT_FIRST_CONTACT);
  }

  @Test
  void escalatedStandsAtTheFirstDepartmentAndResolvedAtTheOneThatHeldIt() {
    Bookings bookings = Bookings.of(facts(Inquiries.complaint("i", NOON)));
    assertThat(rows(bookings, Count.ESCALATED)).containsExactly("roads");
    assertThat(rows(bookings, Count.RESOLVED)).containsExactly("parks");
  }

  @Test
  void pastInquiryCountsAsIfEachFactHadComeAlone() {
    assertThat(totals(Inquiries.history("i", NOON)))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.ESCALATED, 1L),
            Map.entry(Count.RESOLVED, 1L));
    assertThat(Standing.of(facts(Inquiries.history("i", NOON))).open()).isFalse();
    assertThat(Standing.of(facts(Inquiries.history("i", NOON).subList(0, 1))).open()).isTrue();
  }

  @Test
  void reopenedIsOpenAgainUntilItIsResolvedAgain() {
    List<InquiryEvent> life = Inquiries.complaint("i", NOON);
    assertThat(Standing.of(facts(life.subList(0, 7))).state()).isEqualTo("closed");
    assertThat(Standing.of(facts(life.subList(0, 8))).open()).isTrue();
    assertThat(Standing.of(facts(life)).open()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void comesOutTheSameWhateverTheOrder(int seed) {
    for (List<InquiryEvent> life :
        List.of(
            Inquiries.answeredCall("i", NOON),
            Inquiries.abandonedCall("i", NOON),
            Inquiries.complaint("i", NOON))) {
      List<InquiryEvent> shuffled = new ArrayList<>(life);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(Bookings.of(facts(shuffled))).isEqualTo(Bookings.of(facts(life)));
      assertThat(Standing.of(facts(shuffled))).isEqualTo(Standing.of(facts(life)));
    }
  }

  @Test
  void whatEachRecordBroughtAddsUpToTheWhole() {
    List<InquiryEvent> life = new ArrayList<>(Inquiries.complaint("i", NOON));
    Collections.shuffle(life, new Random(7));
    InquiryFacts inquiry = InquiryFacts.unknown("i", "gyeongju").with(facts(life));
    Map<Booking, Long> sum = new java.util.HashMap<>();
    for (int offset = 0; offset < life.size(); offset++) {
      inquiry.broughtBy(new Origin("t-0", offset)).forEach((b, n) -> sum.merge(b, n, Long::sum));
    }
    sum.values().removeIf(n -> n == 0);
    Map<Booking, Long> whole = new java.util.HashMap<>();
    Bookings.of(inquiry.facts()).forEach(whole::put);
    assertThat(sum).isEqualTo(whole);
  }

  private static List<String> rows(Bookings bookings, Count count) {
    List<String> rows = new ArrayList<>();
    bookings.forEach(
        (booking, amount) -> {
          if (booking.count() == count && booking.breakdown() == Booking.Breakdown.DEPARTMENT) {
            rows.add(booking.row());
          }
        });
    return rows;
  }

  private static List<Fact> facts(List<InquiryEvent> life) {
    InquiryFacts inquiry = InquiryFacts.unknown("i", "gyeongju");
    for (int i = 0; i < life.size(); i++) {
      inquiry = inquiry.with(Fact.of(life.get(i), new Origin("t-0", i)));
    }
    return inquiry.facts();
  }

  private static Map<Count, Long> totals(List<InquiryEvent> life) {
    Bookings bookings = Bookings.of(facts(life));
    Map<Count, Long> totals = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      if (bookings.total(count) != 0) {
        totals.put(count, bookings.total(count));
      }
    }
    return totals;
  }
}
