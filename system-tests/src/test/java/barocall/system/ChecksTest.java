package barocall.system;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.Seen.Figures;
import barocall.system.Seen.Letter;
import barocall.system.Seen.Row;
import barocall.system.Seen.Said;
import barocall.system.Told.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A suite that keeps its promises shows no difference; each promise that it breaks is seen. */
class ChecksTest {
  private static final Instant EIGHT = Instant.parse("2026-11-26T08:00:00Z");
  private static final Told MENDED = told(Story.SINKHOLE_MENDED, "mended");
  private static final Told WAITING = told(Story.QUESTION_WAITING, "waiting");

  private static Told told(Story story, String id) {
    return new Told(
        1,
        "gyeongju",
        story,
        "key-" + id,
        id,
        "2611-0482-9137",
        new Span(EIGHT, EIGHT.plusSeconds(2)),
        Map.of());
  }

  /** A suite that shows both as it should, to be changed by a test. */
  private static final class Shown {
    final List<Said> records = new ArrayList<>();
    final Map<String, Totals> totals = new HashMap<>();
    final Map<Row, Figures> rows = new HashMap<>();
    final List<String> inbox = new ArrayList<>();
    final List<String> desk = new ArrayList<>(List.of("waiting"));
    final Map<String, String> citizens =
        new HashMap<>(Map.of("mended", "resolved", "waiting", "at-desk"));
    final List<Letter> mails =
        new ArrayList<>(List.of(new Letter("<1>", "roads@gyeongju.example", "mended", true)));
    final List<Letter> webhooks =
        new ArrayList<>(List.of(new Letter("1", "/gyeongju/roads/", "mended", true)));
    final Map<String, Double> waiting = new HashMap<>();
    final List<String> gaps = new ArrayList<>();

    Shown() {
      say("call-received", "mended", "call-received/mended/0", 1);
      say("complaint-escalated", "mended", "complaint-escalated/mended/1", 2);
      say("complaint-acknowledged", "mended", "complaint-acknowledged/mended/1", 3);
      say("inquiry-resolved", "mended", "inquiry-resolved/mended/1", 4);
      for (String way : List.of("inbox", "email", "webhook")) {
        say("department-told", "mended", "department-told/mended/1/" + way + "-1-told", 2);
      }
      say("call-received", "waiting", "call-received/waiting/0", 1);
      totals.put("gyeongju", new Totals(2, 1, 0, 1, 1, 0, 0, 0));
      rows.put(row("", ""), new Figures(2, 1, 0, 1));
      rows.put(row("channel", "web"), new Figures(2, 1, 0, 1));
      rows.put(row("department", "roads"), new Figures(0, 1, 0, 1));
    }

    /** And a third, that one department sent back and another got from the desk. */
    void sentBack() {
      say("call-received", "back", "call-received/back/0", 1);
      say("complaint-escalated", "back", "complaint-escalated/back/2", 2, "water");
      say("complaint-returned", "back", "complaint-returned/back/2", 3, "water");
      say("complaint-escalated", "back", "complaint-escalated/back/4", 4, "roads");
      for (String way : List.of("inbox", "email", "webhook")) {
        say("department-told", "back", "department-told/back/2/" + way + "-1-told", 2);
        say("department-told", "back", "department-told/back/4/" + way + "-1-told", 4);
      }
      totals.put("gyeongju", new Totals(3, 1, 0, 2, 2, 0, 0, 0));
      rows.put(row("", ""), new Figures(3, 1, 0, 2));
      rows.put(row("channel", "web"), new Figures(3, 1, 0, 2));
      rows.put(row("department", "water"), new Figures(0, 0, 0, 1));
      inbox.add("back");
      citizens.put("back", "escalated");
      mails.add(new Letter("<2>", "water@gyeongju.example", "back", true));
      mails.add(new Letter("<4>", "roads@gyeongju.example", "back", true));
      webhooks.add(new Letter("2", "/gyeongju/water/", "back", true));
      webhooks.add(new Letter("4", "/gyeongju/roads/", "back", true));
    }

    void say(String topic, String about, String id, int second) {
      say(topic, about, id, second, "roads");
    }

    void say(String topic, String about, String id, int second, String department) {
      records.add(
          new Said(
              topic,
              id,
              "gyeongju",
              about,
              EIGHT.plusSeconds(second),
              EIGHT.plusSeconds(1),
              "261104829137",
              department,
              "at second " + second));
    }

    static Row row(String by, String key) {
      return new Row("gyeongju", EIGHT, by, key);
    }

    Seen seen() {
      return new Seen(
          records,
          totals,
          rows,
          inbox.isEmpty() ? Map.of() : Map.of("gyeongju/roads", inbox),
          Map.of("gyeongju", desk),
          Map.of("mended", "resolved"),
          citizens,
          mails,
          webhooks,
          waiting,
          gaps);
    }
  }

  private static List<String> differences(Consumer<Shown> fault) {
    Shown shown = new Shown();
    fault.accept(shown);
    return Checks.differences(
        List.of(MENDED, WAITING), shown.seen(), told -> Duration.ofSeconds(1));
  }

  private static List<String> differencesOfOneSentBack(Consumer<Shown> fault) {
    Shown shown = new Shown();
    shown.sentBack();
    fault.accept(shown);
    return Checks.differences(
        List.of(MENDED, WAITING, told(Story.QUESTION_SENT_BACK, "back")),
        shown.seen(),
        told -> Duration.ofSeconds(1));
  }

  @Test
  void eachDepartmentThatAComplaintIsHandedToIsToldByALetterOfItsOwn() {
    assertThat(differencesOfOneSentBack(shown -> {})).isEmpty();
    assertThat(
            differencesOfOneSentBack(shown -> shown.mails.removeIf(it -> it.name().equals("<4>"))))
        .containsExactly("QUESTION_SENT_BACK back: no mail arrived");
    assertThat(
            differencesOfOneSentBack(
                shown ->
                    shown.records.removeIf(
                        it -> it.id().equals("department-told/back/4/email-1-told"))))
        .singleElement()
        .asString()
        .startsWith("QUESTION_SENT_BACK back: told by");
    assertThat(
            differencesOfOneSentBack(
                shown ->
                    shown.mails.replaceAll(
                        it -> new Letter("<2>", it.to(), it.about(), it.taken()))))
        .containsExactly("QUESTION_SENT_BACK back: one name for mails to different departments");
  }

  @Test
  void whatIsHandedOnCountsAtTheFirstDepartmentOnly() {
    assertThat(
            differencesOfOneSentBack(
                shown -> shown.rows.put(Shown.row("department", "roads"), new Figures(0, 1, 0, 2))))
        .hasSize(1);
  }

  @Test
  void aDepartmentThatIsNotToldAgainWhenTheCitizenAsksAgainIsSeen() {
    assertThat(
            Checks.differences(
                List.of(told(Story.SINKHOLE_ASKED_AGAIN, "mended")),
                new Shown().seen(),
                told -> Duration.ofSeconds(1)))
        .contains(
            "SINKHOLE_ASKED_AGAIN mended: 1 different mails arrived at roads, not 2",
            "SINKHOLE_ASKED_AGAIN mended: the citizen sees resolved, not escalated",
            "inbox gyeongju/roads: missing [SINKHOLE_ASKED_AGAIN mended of round 1]");
  }

  @Test
  void whatIsAsPromisedShowsNoDifference() {
    assertThat(differences(shown -> {})).isEmpty();
  }

  @Test
  void anAcceptedInquiryThatIsInNoTopicIsMissed() {
    assertThat(differences(shown -> shown.records.removeIf(it -> it.about().equals("waiting"))))
        .anyMatch(it -> it.contains("missing [QUESTION_WAITING waiting of round 1]"));
  }

  @Test
  void aGapInTheRecordOfWhoSawWhatIsSeen() {
    assertThat(differences(shown -> shown.gaps.add("Record 3 is missing.")))
        .containsExactly("who saw what: Record 3 is missing.");
  }

  @Test
  void anInquiryThatNobodyBroughtIsSeen() {
    assertThat(
            differences(shown -> shown.say("call-received", "ghost", "call-received/ghost/0", 1)))
        .anyMatch(it -> it.contains("too much [ghost]"));
  }

  @Test
  void theSameReceiptWrittenAgainCountsOnceAndTheFirstCounts() {
    assertThat(
            differences(
                shown -> shown.say("call-received", "waiting", "call-received/waiting/0", 7)))
        .isEmpty();
  }

  @Test
  void aSecondDecisionIsSeen() {
    assertThat(
            differences(
                shown ->
                    shown.say("complaint-escalated", "mended", "complaint-escalated/mended/2", 5)))
        .anyMatch(it -> it.contains("2 different events in complaint-escalated, not 1"));
  }

  @Test
  void aDecisionSaidAgainInAnotherWayIsSeen() {
    assertThat(
            differences(
                shown -> shown.say("inquiry-resolved", "mended", "inquiry-resolved/mended/1", 9)))
        .anyMatch(it -> it.contains("said in 2 different ways"));
  }

  @Test
  void anInquiryThatIsCountedTwiceIsSeenInTotalsAndRows() {
    assertThat(
            differences(
                shown -> {
                  shown.totals.put("gyeongju", new Totals(3, 1, 0, 1, 2, 0, 0, 0));
                  shown.rows.put(Shown.row("", ""), new Figures(3, 1, 0, 1));
                }))
        .anyMatch(it -> it.startsWith("totals of gyeongju"))
        .anyMatch(it -> it.startsWith("Row[city=gyeongju"));
  }

  @Test
  void aCountInAnotherHourOrAtAnotherDepartmentIsSeen() {
    assertThat(
            differences(
                shown ->
                    shown.rows.put(
                        Shown.row("department", "water"),
                        shown.rows.remove(Shown.row("department", "roads")))))
        .hasSize(2);
  }

  @Test
  void aTimeOfReceiptThatTheClientCannotHaveSeenIsSeen() {
    assertThat(
            differences(
                shown ->
                    shown.records.replaceAll(
                        it ->
                            it.topic().equals("call-received")
                                ? new Said(
                                    it.topic(),
                                    it.id(),
                                    it.city(),
                                    it.about(),
                                    it.at(),
                                    EIGHT.plusSeconds(60),
                                    it.receiptNumber(),
                                    it.department(),
                                    it.value())
                                : it)))
        .anyMatch(it -> it.contains("but sent and accepted within"));
  }

  @Test
  void aMissingMailIsSeenAndARepeatIsNone() {
    assertThat(differences(shown -> shown.mails.add(shown.mails.get(0)))).isEmpty();
    assertThat(differences(shown -> shown.mails.clear()))
        .containsExactly("SINKHOLE_MENDED mended: no mail arrived");
  }

  @Test
  void aMailThatCameAndWasNotTakenIsMissing() {
    assertThat(
            differences(
                shown ->
                    shown.mails.replaceAll(
                        it -> new Letter(it.name(), it.to(), it.about(), false))))
        .containsExactly("SINKHOLE_MENDED mended: no mail arrived");
  }

  @Test
  void aRepeatUnderAnotherNameIsSeen() {
    assertThat(
            differences(
                shown -> shown.webhooks.add(new Letter("2", "/gyeongju/roads/", "mended", true))))
        .anyMatch(it -> it.contains("by different names"));
  }

  @Test
  void aLetterToTheWrongDepartmentOrAboutNoComplaintIsSeen() {
    assertThat(
            differences(
                shown -> {
                  shown.mails.add(new Letter("<1>", "water@gyeongju.example", "mended", true));
                  shown.mails.add(new Letter("<2>", "roads@gyeongju.example", "waiting", true));
                }))
        .anyMatch(it -> it.startsWith("mended: a mail went to"))
        .anyMatch(it -> it.contains("although no department has it"));
  }

  @Test
  void whatIsOnAListTwiceOrStillThoughItIsOverIsSeen() {
    assertThat(differences(shown -> shown.desk.add("waiting")))
        .containsExactly("desk gyeongju: too much [QUESTION_WAITING waiting of round 1]");
    assertThat(differences(shown -> shown.inbox.add("mended")))
        .containsExactly("inbox gyeongju/roads: too much [SINKHOLE_MENDED mended of round 1]");
  }

  @Test
  void aCitizenWhoSeesAnotherStateIsHeard() {
    assertThat(differences(shown -> shown.citizens.put("mended", "escalated")))
        .containsExactly("SINKHOLE_MENDED mended: the citizen sees escalated, not resolved");
  }

  @Test
  void whatStillWaitsIsSaid() {
    assertThat(differences(shown -> shown.waiting.put("unsent", 2.0)))
        .containsExactly("unsent is 2.0, not 0");
  }
}
