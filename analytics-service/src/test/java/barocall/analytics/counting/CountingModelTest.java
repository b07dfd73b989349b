package barocall.analytics.counting;

import static barocall.testkit.model.Explorer.Bounds.ANY;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.analytics.counting.SteppedStore.Guard;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.How;
import barocall.testkit.model.Explorer.Bounds;
import barocall.testkit.model.Explorer.Result;
import barocall.testkit.model.Finding;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the schedule, the figures are exact: of small sizes every state is gone through. Larger
 * ones with {@code -Dbarocall.model=large}, some minutes and some gigabytes. Each says how many
 * states it has.
 */
class CountingModelTest {
  private static final String CALLS = "call-received-0";
  private static final String LIFE = "life-0";
  private static final String ENDS = "inquiry-resolved-0";
  private static final int MOST_STATES = 30_000_000;
  private static final int DOCUMENTS = 8;
  private static final Bounds ANY_FAULTS = new Bounds(ANY, ANY, false, DOCUMENTS, MOST_STATES);

  private static final Bounds NO_FAULTS = new Bounds(0, 0, false, DOCUMENTS, MOST_STATES);

  private static final Instant AT = Inquiries.NOON;
  private static final Inquiry ONE = Inquiries.inquiry("one", Channel.WEB, "roads", AT);
  private static final Inquiry TWO =
      Inquiries.inquiry("two", Channel.WEB, "roads", AT.plusSeconds(60));

  private static final InquiryEvent CALL_ONE = Inquiries.received(ONE);
  private static final InquiryEvent CALL_TWO = Inquiries.received(TWO);

  /** An hour later, in the next hour's rollup, and again an hour after it. */
  private static final InquiryEvent FIRST_END =
      Inquiries.resolved(ONE, AT.plusSeconds(3700), 2, By.AGENT, null, true);

  private static final InquiryEvent SECOND_END =
      Inquiries.resolved(ONE, AT.plusSeconds(7300), 4, By.AGENT, null, false);

  private static final InquiryEvent REOPENED =
      new InquiryReopened(ONE, AT.plusSeconds(3800), 2, null);

  /** One that was replaced and does not know it, and its successor; a record comes twice. */
  @Test
  void twoWritersOfOnePartition() {
    holds("two writers, a repeat", calls(2, CALL_ONE, erased(CALL_ONE)), ANY_FAULTS);
  }

  /** What the log no longer has, no batch begins or ends with. */
  @Test
  void twoWritersOfALogWithAGap() {
    holds("two writers, a gap", calls(3, null, CALL_ONE, null, CALL_ONE), ANY_FAULTS);
  }

  /** The later end comes first, and both perhaps before the call. */
  @Test
  void twoTopicsOfOneInquiry() {
    holds("two topics", topics(2, SECOND_END, FIRST_END), ANY_FAULTS);
  }

  /** The agent says that a call was put through; an hour later the exchange says so too. */
  @Test
  void twoTopicsThatSayThatACallWasPutThrough() {
    List<InquiryEvent> life = Inquiries.callByHand("one", AT, How.CONNECTED);
    holds(
        "put through",
        new CountingModel(
                Map.of(
                    CALLS,
                    records(
                        life.get(0), Inquiries.connectedEnd("one", AT.plusSeconds(3600), "tax")),
                    ENDS,
                    records(life.get(2))),
                1)
            .writer("a", CALLS)
            .writer("a", ENDS),
        NO_FAULTS);
  }

  /** One topic has two writers, and the other's facts come in between. */
  @Test
  void twoTopicsWithThreeWriters() {
    holds(
        "two topics with three writers",
        new CountingModel(Map.of(CALLS, records(CALL_ONE), ENDS, records(FIRST_END)), 1)
            .writer("a", CALLS)
            .writer("b", CALLS)
            .writer("c", ENDS),
        NO_FAULTS);
  }

  /** The positions go back with the figures, and the log still has everything. */
  @Test
  void aStorePutBackToAnyEarlierCopy() {
    holds(
        "a copy put back",
        new CountingModel(Map.of(CALLS, records(CALL_ONE), ENDS, records(FIRST_END)), 1)
            .writer("a", CALLS)
            .writer("a", ENDS),
        new Bounds(1, 0, true, DOCUMENTS, MOST_STATES));
  }

  /** What is listed as open is mended at any moment, also while others write. */
  @Test
  void whatIsOpenIsMendedWhileOthersWrite() {
    holds("mending", calls(1, CALL_ONE).mender("c"), ANY_FAULTS);
  }

  @Test
  @EnabledIfSystemProperty(named = "barocall.model", matches = "large")
  void twoWritersOfTwoInquiries() {
    holds("two writers, two inquiries, large", calls(2, CALL_ONE, CALL_TWO), ANY_FAULTS);
    holds("two writers, large", calls(3, CALL_ONE, CALL_TWO, CALL_ONE), ANY_FAULTS);
  }

  @Test
  @EnabledIfSystemProperty(named = "barocall.model", matches = "large")
  void twoTopicsWithRepeats() {
    holds(
        "two topics with a repeat, large",
        topics(2, SECOND_END, FIRST_END, erased(SECOND_END)),
        ANY_FAULTS);
    holds(
        "two topics of three records each, large",
        new CountingModel(
                Map.of(
                    CALLS,
                    records(CALL_ONE, CALL_TWO, CALL_ONE),
                    ENDS,
                    records(SECOND_END, FIRST_END, SECOND_END)),
                3)
            .writer("a", CALLS)
            .writer("a", ENDS),
        ANY_FAULTS);
  }

  /** Without its guards the protocol does not hold, and the model says so. */
  @ParameterizedTest
  @EnumSource(Guard.class)
  void everyGuardOfTheStoreIsMissedWhereItIsAway(Guard guard) {
    Finding finding = life().without(guard).explore(NO_FAULTS).finding().orElseThrow();
    System.out.printf("without %s: %s%n", guard, finding);
    assertThat(finding.schedule()).isNotEmpty();
  }

  @Test
  void twoWritersOfAWholeLife() {
    holds("two writers, a life", life(), NO_FAULTS);
  }

  /** A call, its end and that it was asked again, as if all were of one topic. */
  private static CountingModel life() {
    return new CountingModel(Map.of(LIFE, records(CALL_ONE, FIRST_END, REOPENED)), 2)
        .writer("a", LIFE)
        .writer("b", LIFE);
  }

  /** The same event written again, as when a citizen's data is erased. */
  private static InquiryEvent erased(InquiryEvent event) {
    return ((Erasable) event).erase();
  }

  /** The call in one topic, these in another, and a writer for each. */
  private static CountingModel topics(int batch, @Nullable InquiryEvent... ends) {
    return new CountingModel(Map.of(CALLS, records(CALL_ONE), ENDS, records(ends)), batch)
        .writer("a", CALLS)
        .writer("a", ENDS);
  }

  private static CountingModel calls(int batch, @Nullable InquiryEvent... records) {
    return new CountingModel(Map.of(CALLS, records(records)), batch)
        .writer("a", CALLS)
        .writer("b", CALLS);
  }

  private static List<@Nullable InquiryEvent> records(@Nullable InquiryEvent... records) {
    return Arrays.asList(records);
  }

  private static void holds(String what, CountingModel model, Bounds bounds) {
    long began = System.nanoTime();
    Result result = model.explore(bounds);
    System.out.printf(
        "%s: %,d states by %,d steps in %,d ms%n",
        what, result.states(), result.steps(), (System.nanoTime() - began) / 1_000_000);
    assertThat(result.finding()).isEmpty();
  }
}
