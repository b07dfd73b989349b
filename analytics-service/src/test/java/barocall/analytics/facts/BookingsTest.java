package barocall.analytics.facts;

import static barocall.analytics.Inquiries.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.contract.AgentState;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event.AgentStateChanged;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.How;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BookingsTest {
  private static final CityTime TIME = CityTime.roundTheClock(ZoneId.of("Asia/Seoul"));

  @Test
  void answeredCallIsAConsultationResolvedAtFirstContact() {
    assertThat(totals(Inquiries.answeredCall("i", NOON)))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.OFFERED, 1L),
            Map.entry(Count.ANSWERED, 1L),
            Map.entry(Count.ANSWERED_SOON, 1L),
            Map.entry(Count.LEFT_SOON, 1L),
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
            Map.entry(Count.LEFT_SOON, 1L));
    assertThat(Standing.of(facts(life)).open()).isFalse();
  }

  @Test
  void whatARuleAnswersIsCountedApartFromWhatAgentsDo() {
    Inquiry letter = Inquiries.inquiry("i", Channel.WEB, "roads", NOON);
    List<InquiryEvent> life =
        List.of(
            Inquiries.received(letter),
            Inquiries.resolved(letter, NOON.plusSeconds(1), 1, By.RULE, null, true));
    assertThat(totals(life))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.RESOLVED, 1L),
            Map.entry(Count.RESOLVED_AT_FIRST_CONTACT, 1L),
            Map.entry(Count.ANSWERED_BY_RULE, 1L));
    assertThat(places(Bookings.of(facts(life), TIME), Count.ANSWERED_BY_RULE))
        .containsExactlyInAnyOrder("WHOLE/ 1", "CHANNEL/web 1", "CATEGORY/roads 1");
  }

  @Test
  void complaintCountsOnceHoweverOftenItGoesBackAndForth() {
    assertThat(totals(Inquiries.complaint("i", NOON)))
        .containsEntry(Count.ESCALATED, 1L)
        .containsEntry(Count.RESOLVED, 1L)
        .containsEntry(Count.ON_TIME, 1L)
        .containsEntry(Count.LATE, 1L)
        .containsEntry(Count.RETURNED, 1L)
        .containsEntry(Count.REOPENED, 1L)
        .containsEntry(Count.TRANSFERRED, 1L)
        .containsEntry(Count.SATISFIED, 1L)
        .doesNotContainKey(Count.RESOLVED_AT_FIRST_CONTACT);
  }

  @Test
  void whatTheDeskTakesBackIsEscalatedOnceAndStaysOpenWithItsDueTime() {
    List<InquiryEvent> life = Inquiries.recalled("i", NOON);
    Standing back = Standing.of(facts(life.subList(0, 5)));
    assertThat(back.open()).isTrue();
    assertThat(back.state()).isEqualTo("at-desk");
    assertThat(back.department()).isNull();
    assertThat(back.dueAt()).isEqualTo(NOON.plusSeconds(86_400));
    assertThat(totals(life))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.ESCALATED, 1L),
            Map.entry(Count.RESOLVED, 1L),
            Map.entry(Count.ON_TIME, 1L));
    assertThat(places(Bookings.of(facts(life), TIME), Count.ESCALATED))
        .contains("DEPARTMENT/roads 1");
  }

  /** Due a day after it was received, returned by the department, ended by an agent at the desk. */
  @ParameterizedTest
  @CsvSource({"86400, ON_TIME", "86401, LATE"})
  void whatAnAgentEndsAfterAReturnIsHeldToItsDueTimeToo(int after, Count count) {
    List<InquiryEvent> life = new ArrayList<>(Inquiries.complaint("i", NOON).subList(0, 4));
    life.add(resolvedAtDesk(after, 3));
    assertThat(totals(life)).containsEntry(count, 1L);
    assertThat(rows(Bookings.of(facts(life), TIME), count)).isEmpty();
    assertThat(totals(life)).doesNotContainKey(count == Count.LATE ? Count.ON_TIME : Count.LATE);
  }

  /** The first end was on time, the second is not: asked again, it had a due time of its own. */
  @Test
  void everyEndOfAComplaintIsHeldToTheDueTimeThatItHadThen() {
    List<InquiryEvent> life = Inquiries.complaint("i", NOON);
    assertThat(places(Bookings.of(facts(life), TIME), Count.ON_TIME))
        .contains("WHOLE/ 7200", "DEPARTMENT/parks 7200");
    assertThat(places(Bookings.of(facts(life), TIME), Count.LATE))
        .contains("WHOLE/ 200000", "DEPARTMENT/parks 200000");
    assertThat(totals(life)).containsEntry(Count.RESOLVED, 1L);
  }

  @Test
  void whatIsAskedAgainAndSettledAtTheDeskHasNoDueTime() {
    List<InquiryEvent> life = new ArrayList<>(Inquiries.complaint("i", NOON).subList(0, 8));
    life.add(resolvedAtDesk(900_000, 4));
    assertThat(totals(life)).containsEntry(Count.ON_TIME, 1L).doesNotContainKey(Count.LATE);
  }

  private static InquiryEvent resolvedAtDesk(int after, int step) {
    Inquiry inquiry = Inquiries.inquiry("i", Channel.WEB, "roads", NOON);
    return Inquiries.resolved(inquiry, NOON.plusSeconds(after), step, By.AGENT, null, false);
  }

  @Test
  void escalatedStandsAtTheFirstDepartmentAndResolvedAtTheOneThatHeldIt() {
    Bookings bookings = Bookings.of(facts(Inquiries.complaint("i", NOON)), TIME);
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

  @Test
  void aFirstContactAboutWhichThePersonCameBackCountsOnceAndWhereItWasSettled() {
    List<InquiryEvent> life = new ArrayList<>(Inquiries.repeatedCall("i", NOON));
    life.add(Inquiries.repeated("i", NOON.plusSeconds(5), 2));
    Bookings bookings = Bookings.of(facts(life), TIME);
    assertThat(bookings.total(Count.REPEATED_SOON)).isEqualTo(1);
    Map<String, Booking> settled = new java.util.TreeMap<>();
    Map<String, Booking> repeated = new java.util.TreeMap<>();
    bookings.forEach(
        (booking, amount) -> {
          String row = booking.breakdown() + "/" + booking.row() + "/" + booking.at() + amount;
          if (booking.count() == Count.SOLVED_BY_AGENT) {
            settled.put(row, booking);
          } else if (booking.count() == Count.REPEATED_SOON) {
            repeated.put(row, booking);
          }
        });
    assertThat(repeated.keySet()).isEqualTo(settled.keySet()).hasSize(4);
    assertThat(repeated.keySet()).contains("AGENT/agent-1/" + NOON.plusSeconds(97) + "1");

    Bookings before = Bookings.of(facts(Inquiries.answeredCall("i", NOON)), TIME);
    List<Count> changed = new ArrayList<>();
    bookings.minus(before).forEach((booking, amount) -> changed.add(booking.count()));
    assertThat(changed).as("no other figure changes").containsOnly(Count.REPEATED_SOON);
  }

  @Test
  void whatIsSaidOfAnotherStepOrOfWhatNoAgentSettledIsNotCounted() {
    List<InquiryEvent> otherStep = new ArrayList<>(Inquiries.answeredCall("i", NOON));
    otherStep.add(Inquiries.repeated("i", NOON, 4));
    assertThat(totals(otherStep)).doesNotContainKey(Count.REPEATED_SOON);
    List<InquiryEvent> complaint = new ArrayList<>(Inquiries.complaint("i", NOON));
    complaint.add(Inquiries.repeated("i", NOON, 2));
    assertThat(totals(complaint)).doesNotContainKey(Count.REPEATED_SOON);
  }

  @Test
  void aCallThatAnAgentEndsAsPutThroughIsConnectedAlthoughNoExchangeSaysSo() {
    List<InquiryEvent> life = Inquiries.callByHand("i", NOON, How.CONNECTED);
    assertThat(totals(life))
        .containsEntry(Count.ANSWERED, 1L)
        .containsEntry(Count.CONNECTED, 1L)
        .containsEntry(Count.RESOLVED, 1L)
        .doesNotContainKey(Count.SOLVED_BY_AGENT);
    assertThat(places(Bookings.of(facts(life), TIME), Count.CONNECTED))
        .containsExactlyInAnyOrder(
            "WHOLE/ 97", "CHANNEL/telephone 97", "CATEGORY/passport 97", "AGENT/agent-1 97");
  }

  @Test
  void aCallIsConnectedOnceAndAsTheExchangeSaysWhereItSaysSo() {
    assertThat(
            places(Bookings.of(facts(Inquiries.callPutThrough("i", NOON)), TIME), Count.CONNECTED))
        .containsExactlyInAnyOrder(
            "WHOLE/ 100",
            "CHANNEL/telephone 100",
            "CATEGORY/passport 100",
            "DEPARTMENT/tax 100",
            "AGENT/agent-2 100");
  }

  /**
   * The agent wrote an answer down, and the exchange says that the call then went to an officer.
   */
  @Test
  void aCallThatWasPutThroughIsNotSettledWithoutADepartment() {
    List<InquiryEvent> life = new ArrayList<>(Inquiries.callByHand("i", NOON, How.ANSWERED));
    assertThat(totals(life)).containsEntry(Count.SOLVED_BY_AGENT, 1L);
    life.add(Inquiries.connectedEnd("i", NOON, "tax"));
    assertThat(totals(life))
        .containsEntry(Count.CONNECTED, 1L)
        .containsEntry(Count.RESOLVED_AT_FIRST_CONTACT, 1L)
        .doesNotContainKey(Count.SOLVED_BY_AGENT);
  }

  /** Settled at the desk, but not on a call that a citizen made and an agent took. */
  @Test
  void whatNobodyAnsweredIsNoPartOfWhatTheAnsweredCallsCameTo() {
    Inquiry call = Inquiries.inquiry("i", Channel.TELEPHONE, "passport", NOON);
    InquiryEvent settled = Inquiries.resolved(call, NOON.plusSeconds(900), 2, How.ANSWERED);
    List<InquiryEvent> gaveUp = new ArrayList<>(Inquiries.unansweredCall("i", NOON, false, 30));
    gaveUp.add(settled);
    gaveUp.add(Inquiries.repeated("i", NOON, 2));
    assertThat(totals(gaveUp))
        .containsEntry(Count.SOLVED_BY_AGENT, 1L)
        .containsEntry(Count.SOLVED_UNANSWERED, 1L)
        .containsEntry(Count.REPEATED_SOON, 1L)
        .containsEntry(Count.REPEATED_UNANSWERED, 1L)
        .doesNotContainKey(Count.ANSWERED);
    assertThat(totals(List.of(Inquiries.outgoingCall("i", NOON, false), settled)))
        .containsEntry(Count.SOLVED_UNANSWERED, 1L)
        .doesNotContainKey(Count.ANSWERED);
    assertThat(totals(List.of(Inquiries.pastCall("i", NOON, false, How.ANSWERED))))
        .containsEntry(Count.ANSWERED, 1L)
        .containsEntry(Count.SOLVED_BY_AGENT, 1L)
        .doesNotContainKey(Count.SOLVED_UNANSWERED);
  }

  @Test
  void onlyCallsAreConnectedAndOnlyByTheirFirstEnd() {
    Inquiry letter = Inquiries.inquiry("i", Channel.WEB, "roads", NOON);
    assertThat(
            totals(
                List.of(
                    Inquiries.received(letter),
                    Inquiries.resolved(letter, NOON.plusSeconds(5), 2, How.CONNECTED))))
        .doesNotContainKey(Count.CONNECTED);
    List<InquiryEvent> settled = new ArrayList<>(Inquiries.answeredCall("i", NOON));
    settled.add(
        Inquiries.resolved(
            Inquiries.inquiry("i", Channel.TELEPHONE, "passport", NOON),
            NOON.plusSeconds(900),
            4,
            How.CONNECTED));
    assertThat(totals(settled))
        .containsEntry(Count.SOLVED_BY_AGENT, 1L)
        .doesNotContainKey(Count.CONNECTED);
  }

  @Test
  void aPastCallMayHaveBeenPutThrough() {
    assertThat(totals(List.of(Inquiries.pastCall("i", NOON, false, How.CONNECTED))))
        .containsEntry(Count.ANSWERED, 1L)
        .containsEntry(Count.CONNECTED, 1L)
        .doesNotContainKey(Count.SOLVED_BY_AGENT);
    assertThat(totals(List.of(Inquiries.pastCall("i", NOON, true, How.CONNECTED))))
        .doesNotContainKey(Count.CONNECTED);
  }

  @Test
  void aPastCallThatIsSaidToBeAbandonedAndResolvedIsAbandoned() {
    List<InquiryEvent> life = List.of(Inquiries.pastCall("i", NOON, true, How.ANSWERED));
    assertThat(totals(life))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.OFFERED, 1L),
            Map.entry(Count.ABANDONED, 1L),
            Map.entry(Count.ABANDONED_IN_QUEUE, 1L),
            Map.entry(Count.ABANDONED_IN_THE_PAST, 1L));
    assertThat(Standing.of(facts(life)).open()).isFalse();
  }

  @Test
  void whoHangsUpOutOfHoursWasNotInTheQueue() {
    assertThat(totals(Inquiries.unansweredCall("i", NOON, true, 41)))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.OUT_OF_HOURS, 1L),
            Map.entry(Count.ABANDONED, 1L));
  }

  @Test
  void whatComesOutOfHoursIsToldApartByChannel() {
    assertThat(
            places(
                Bookings.of(facts(Inquiries.unansweredCall("i", NOON, true, 41)), TIME),
                Count.OUT_OF_HOURS))
        .contains("WHOLE/ 0", "CHANNEL/telephone 0");
    assertThat(totals(List.of(Inquiries.outgoingCall("i", NOON, true))))
        .containsOnly(Map.entry(Count.RECEIVED, 1L), Map.entry(Count.OUTGOING, 1L));
  }

  @Test
  void whoLeavesAfterAnUnknownWaitWasInTheQueue() {
    assertThat(totals(Inquiries.unansweredCall("i", NOON, false, null)))
        .containsOnly(
            Map.entry(Count.RECEIVED, 1L),
            Map.entry(Count.OFFERED, 1L),
            Map.entry(Count.ABANDONED, 1L),
            Map.entry(Count.ABANDONED_IN_QUEUE, 1L));
  }

  /** The exchange calls it abandoned, but an agent had taken it. */
  @Test
  void whoHangsUpOnAnAgentDidNotLeaveTheQueue() {
    List<InquiryEvent> life = new ArrayList<>(Inquiries.unansweredCall("i", NOON, false, 12));
    life.add(Inquiries.answeredCall("i", NOON).get(1));
    assertThat(totals(life))
        .containsEntry(Count.ANSWERED, 1L)
        .containsEntry(Count.LEFT_SOON, 1L)
        .containsEntry(Count.ABANDONED, 1L)
        .doesNotContainKey(Count.ABANDONED_IN_QUEUE);
  }

  @ParameterizedTest
  @CsvSource({"PT1S, 1", "P7D, 1", "P7DT1S, 0"})
  void askingAgainWithin7DaysIsComingBack(Duration after, long repeated) {
    List<InquiryEvent> life = new ArrayList<>(Inquiries.answeredCall("i", NOON));
    life.add(new InquiryReopened(life.get(0).inquiry(), NOON.plusSeconds(97).plus(after), 2, null));
    assertThat(totals(life).getOrDefault(Count.REPEATED_SOON, 0L)).isEqualTo(repeated);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void comesOutTheSameWhateverTheOrder(int seed) {
    for (List<InquiryEvent> life :
        List.of(
            Inquiries.answeredCall("i", NOON),
            Inquiries.repeatedCall("i", NOON),
            Inquiries.abandonedCall("i", NOON),
            Inquiries.callPutThrough("i", NOON),
            Inquiries.complaint("i", NOON))) {
      List<InquiryEvent> shuffled = new ArrayList<>(life);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(Bookings.of(facts(shuffled), TIME)).isEqualTo(Bookings.of(facts(life), TIME));
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
      inquiry
          .broughtBy(new Origin("t-0", offset), TIME)
          .forEach((b, n) -> sum.merge(b, n, Long::sum));
    }
    sum.values().removeIf(n -> n == 0);
    Map<Booking, Long> whole = new java.util.HashMap<>();
    Bookings.of(inquiry.facts(), TIME).forEach(whole::put);
    assertThat(sum).isEqualTo(whole);
  }

  @Test
  void timesOfDepartmentsAreWorkingTimes() {
    CityTime eightHours = new CityTime(ZoneId.of("Asia/Seoul"), (from, to) -> Duration.ofHours(8));
    Bookings bookings = Bookings.of(facts(Inquiries.complaint("i", NOON)), eightHours);
    Map<String, Long> once = Map.of(Integer.toString(DurationClass.of(Duration.ofHours(8))), 1L);
    assertThat(classes(bookings, Booking.Breakdown.ACKNOWLEDGED_AFTER)).isEqualTo(once);
    assertThat(classes(bookings, Booking.Breakdown.RESOLVED_AFTER)).isEqualTo(once);
  }

  @Test
  void aReopeningCountsForTheRateOnlyWithin30Days() {
    List<InquiryEvent> life = Inquiries.complaint("i", NOON);
    assertThat(totals(life)).containsEntry(Count.REOPENED_SOON, 1L);
    List<Fact> facts = new ArrayList<>(facts(life));
    facts.replaceAll(
        f ->
            f.kind() == Fact.Kind.REOPENED
                ? new Fact(
                    f.key(),
                    f.origin(),
                    f.kind(),
                    f.step(),
                    f.at().plus(Duration.ofDays(31)),
                    f.channel(),
                    f.category(),
                    f.department(),
                    f.agent(),
                    f.word(),
                    f.flag(),
                    f.waitSeconds(),
                    f.handleSeconds(),
                    f.number(),
                    f.by(),
                    f.dueAt())
                : f);
    Bookings late = Bookings.of(facts, TIME);
    assertThat(late.total(Count.REOPENED)).isEqualTo(1);
    assertThat(late.total(Count.REOPENED_SOON)).isZero();
  }

  @Test
  void anAgentsDayIsSharedBetweenCallsAndWaiting() {
    List<Fact> day = new ArrayList<>();
    Instant at = NOON;
    int offset = 0;
    for (AgentState state :
        List.of(
            AgentState.AVAILABLE,
            AgentState.RINGING,
            AgentState.ON_CALL,
            AgentState.AFTER_CALL,
            AgentState.AVAILABLE,
            AgentState.OFF)) {
      day.addAll(
          Fact.of(
              new AgentStateChanged("gyeongju", "agent-1", at, state, null),
              new Origin("agent-state-changed-0", offset++)));
      at = at.plusSeconds(100);
    }
    Collections.shuffle(day, new Random(3));
    Bookings bookings = Bookings.of(day, TIME);
    assertThat(bookings.total(Count.IDLE_SECONDS)).isEqualTo(200);
    assertThat(bookings.total(Count.BUSY_SECONDS)).isEqualTo(200);
    assertThat(Standing.of(day).open()).isFalse();
  }

  private static Map<String, Long> classes(Bookings bookings, Booking.Breakdown breakdown) {
    Map<String, Long> classes = new java.util.HashMap<>();
    bookings.forEach(
        (booking, amount) -> {
          if (booking.breakdown() == breakdown) {
            classes.put(booking.row(), amount);
          }
        });
    return classes;
  }

  /** Where something is counted once: the breakdown, the row, the seconds after noon. */
  private static List<String> places(Bookings bookings, Count count) {
    List<String> places = new ArrayList<>();
    bookings.forEach(
        (booking, amount) -> {
          if (booking.count() == count) {
            assertThat(amount).isEqualTo(1);
            places.add(
                "%s/%s %d"
                    .formatted(
                        booking.breakdown(),
                        booking.row(),
                        Duration.between(NOON, booking.at()).toSeconds()));
          }
        });
    return places;
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
    Bookings bookings = Bookings.of(facts(life), TIME);
    Map<Count, Long> totals = new EnumMap<>(Count.class);
    for (Count count : Count.values()) {
      if (bookings.total(count) != 0) {
        totals.put(count, bookings.total(count));
      }
    }
    return totals;
  }
}
