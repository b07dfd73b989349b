package barocall.notification.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Recalls;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every life of a complaint between two departments: whatever two officers of each try at every
 * point of it, whenever the desk wishes it back, and however far behind the inbox is with what
 * routing decided, only what is allowed is done. What is allowed is told here by event ids alone.
 */
class InboxLifeTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private static final Inquiry INQUIRY =
      new Inquiry("x", "261104829137", "gyeongju", Channel.WEB, "road-damage", NOON);
  private static final List<String> OFFICERS = List.of("kim", "lee");
  private static final List<Action> ACTIONS =
      List.of(
          new Action.Acknowledge(), new Action.Resolve("answer"), new Action.Return("not ours"));

  /**
   * What routing may have said: with roads, wished back, then with parks, wished back, then
   * answered by an agent.
   */
  private static final List<InquiryEvent> DECIDED =
      List.of(
          escalated(1, "roads"),
          new RecallRequested(INQUIRY, NOON, 1, "agent-1", "ours"),
          escalated(2, "parks"),
          new RecallRequested(INQUIRY, NOON, 2, "agent-1", "ours"),
          new InquiryResolved(
              INQUIRY, NOON, 3, How.ANSWERED, By.AGENT, "agent-1", null, null, null, false, "so"));

  /** After any of these of its step an escalation does not come back to the desk by a wish. */
  private static final List<String> DONE =
      List.of(
          "complaint-acknowledged", "complaint-returned", "complaint-recalled", "inquiry-resolved");

  private final Set<Set<String>> seen = new HashSet<>();
  private final Deque<CaseFile> ahead = new ArrayDeque<>();
  private int tried;
  private int done;
  private int recalled;

  @Test
  void onlyWhatIsAllowedIsDoneAtEveryPointOfEveryLife() {
    reach(CaseFile.empty("x"));
    while (!ahead.isEmpty()) {
      CaseFile file = ahead.remove();
      DECIDED.forEach(decision -> reach(file.told(decision)));
      grant(file);
      for (String department : List.of("roads", "parks")) {
        for (Action action : ACTIONS) {
          OFFICERS.forEach(officer -> attempt(file, department, action, officer));
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(100);
    assertThat(done).isPositive().isLessThan(tried / 2);
    assertThat(recalled).isPositive();
  }

  /** What the desk wished back it gets if no officer was first, and nothing twice. */
  private void grant(CaseFile file) {
    List<ComplaintRecalled> granted = Recalls.of(file, NOON);
    Set<String> ids = ids(file);
    for (int step : List.of(1, 2)) {
      boolean movedOn = ids.contains("inquiry-resolved/x/3") || step == 1 && isWithParks(ids);
      assertThat(granted.stream().anyMatch(it -> it.step() == step))
          .as("recall of step %s after %s", step, ids)
          .isEqualTo(
              ids.contains("recall-requested/x/" + step)
                  && ids.contains("complaint-escalated/x/" + step)
                  && !movedOn
                  && DONE.stream().noneMatch(it -> ids.contains(it + "/x/" + step)));
    }
    if (!granted.isEmpty()) {
      recalled++;
      CaseFile after = file.decided(granted);
      assertThat(Recalls.of(after, NOON)).isEmpty();
      reach(after);
    }
  }

  private static boolean isWithParks(Set<String> ids) {
    return ids.contains("complaint-escalated/x/2");
  }

  private static Set<String> ids(CaseFile file) {
    return file.facts().stream().map(it -> it.event().id()).collect(Collectors.toSet());
  }

  private void reach(CaseFile file) {
    if (seen.add(said(file))) {
      ahead.add(file);
    }
  }

  /** Event ids with who did it. */
  private static Set<String> said(CaseFile file) {
    return file.facts().stream().map(fact -> fact.event().toString()).collect(Collectors.toSet());
  }

  private void attempt(CaseFile file, String department, Action action, String officer) {
    Set<String> ids = ids(file);
    String what = officer + " of " + department + " tries " + action + " after " + ids;
    tried++;
    Verdict verdict = Judgement.of(file, department, department, action, officer, NOON);
    int step = department.equals("roads") ? 1 : 2;
    assertThat(verdict instanceof Verdict.Unknown)
        .as(what)
        .isEqualTo(!ids.contains("complaint-escalated/x/" + step));
    assertThat(verdict instanceof Verdict.Done).as(what).isEqualTo(isAllowed(ids, step, action));
    if (verdict instanceof Verdict.Done allowed) {
      done++;
      List<String> brought = new ArrayList<>();
      for (InquiryEvent event : allowed.events()) {
        assertThat(event.step()).as(what).isEqualTo(step);
        assertThat(ids).as(what).doesNotContain(event.id());
        brought.add(event.id());
      }
      CaseFile after = file.decided(allowed.events());
      assertThat(Judgement.of(after, department, department, action, officer, NOON))
          .as("the same again: %s", what)
          .isInstanceOf(Verdict.Again.class);
      String other = OFFICERS.get(1 - OFFICERS.indexOf(officer));
      assertThat(Judgement.of(after, department, department, action, other, NOON))
          .as("another the same: %s", what)
          .isInstanceOf(Verdict.TooLate.class);
      reach(after);
    }
  }

  private static boolean isAllowed(Set<String> ids, int step, Action action) {
    boolean has = ids.contains("complaint-escalated/x/" + step);
    boolean answered = ids.contains("inquiry-resolved/x/" + step);
    boolean sentBack = ids.contains("complaint-returned/x/" + step);
    boolean taken = ids.contains("complaint-acknowledged/x/" + step);
    boolean recalled = ids.contains("complaint-recalled/x/" + step);
    boolean movedOn = ids.contains("inquiry-resolved/x/3") || step == 1 && isWithParks(ids);
    return has
        && !answered
        && !sentBack
        && !movedOn
        && !recalled
        && !(taken && action instanceof Action.Acknowledge);
  }

  private static ComplaintEscalated escalated(int step, String department) {
    return new ComplaintEscalated(
        INQUIRY,
        NOON,
        step,
        department,
        null,
        null,
        Priority.NORMAL,
        null,
        null,
        new Why(WhyKind.RULE, null, ""),
        null,
        step - 1,
        null,
        null,
        null,
        null);
  }
}
