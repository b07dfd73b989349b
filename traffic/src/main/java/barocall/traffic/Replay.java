package barocall.traffic;

import barocall.city.City;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * Lets the rows of a file happen again: posts them as their channels would, and then works as the
 * city did, agents at the desk and departments at their inboxes.
 */
final class Replay {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Looking takes a third of the time at most, or it would slow down what it looks at. */
  private static final int PAUSES_TO_LOOKS = 2;

  /** A suite is not called standing still before so many looks in a row have seen nothing new. */
  private static final int LOOKS_IN_VAIN = 5;

  private final Doors doors;
  private final Staff staff;
  private final City city;
  private final double speed;
  private final Clock clock;
  private final Stage stage;
  private final Map<String, Case> cases = new ConcurrentHashMap<>();
  private final Set<String> atDesk = ConcurrentHashMap.newKeySet();
  private final Set<String> inInbox = ConcurrentHashMap.newKeySet();
  private final AtomicLong posted = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong escalatedByAgents = new AtomicLong();
  private final AtomicLong resolvedByAgents = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong resolved = new AtomicLong();
  private final AtomicLong others = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private final Map<String, Long> notes = new ConcurrentSkipListMap<>();

  /** A row that intake has, and when it was posted. */
  private record Case(ReplayPlan.Turn turn, Duration at, Staff.Worker agent) {}

  Replay(Doors doors, Staff staff, City city, double speed, Clock clock, Stage stage) {
    this.doors = doors;
    this.staff = staff;
    this.city = city;
    this.speed = speed;
    this.clock = clock;
    this.stage = stage;
  }

  /**
   * Plays all turns, then goes on with what they set off for {@code settle}. Whatever should have
   * ended by then but still waits in the suite is waited for, as long as the suite comes forward.
   */
  void run(List<ReplayPlan.Turn> turns, Duration settle, Progress progress)
      throws InterruptedException {
    turns.forEach(turn -> stage.at(turn.at(), () -> post(turn)));
    Duration last = turns.isEmpty() ? Duration.ZERO : turns.get(turns.size() - 1).at();
    Duration end = last.plus(settle);
    Reached before = null;
    Duration cameForward = Duration.ZERO;
    int looksInVain = 0;
    while (true) {
      Duration began = stage.now();
      look();
      Duration took = stage.now().minus(began);
      progress.at(
          posted.get(), "%,d escalated, %,d resolved".formatted(inInbox.size(), resolved.get()));
      Reached reached = reached(end);
      Duration now = stage.now();
      if (!reached.equals(before)) {
        before = reached;
        cameForward = now;
        looksInVain = 0;
      } else {
        looksInVain++;
      }
      boolean allPosted = reached.posted() >= turns.size();
      boolean allEnded = cases.isEmpty() && stage.idle();
      boolean stands = looksInVain >= LOOKS_IN_VAIN && now.minus(cameForward).compareTo(settle) > 0;
      if (allPosted
          && (allEnded || (now.compareTo(end) > 0 && (reached.waiting() == 0 || stands)))) {
        return;
      }
      Duration pause = took.multipliedBy(PAUSES_TO_LOOKS);
      TimeUnit.MILLISECONDS.sleep(
          (pause.compareTo(LOOK_EVERY) > 0 ? pause : LOOK_EVERY).toMillis());
    }
  }

  /** How far it is; {@code waiting} of what should end before a given time has not. */
  private record Reached(long posted, long waiting, int atDesk, int inInbox) {}

  private Reached reached(Duration end) {
    long waiting =
        cases.entrySet().stream().filter(it -> waits(it.getKey(), it.getValue(), end)).count();
    return new Reached(posted.get() + left.get(), waiting, atDesk.size(), inInbox.size());
  }

  private boolean waits(String id, Case found, Duration end) {
    return found
        .turn()
        .lasts()
        .map(lasts -> found.at().plus(lasts).compareTo(end) <= 0)
        .orElse(!atDesk.contains(id) && !inInbox.contains(id));
  }

  private void post(ReplayPlan.Turn turn) throws InterruptedException {
    Staff.Worker agent =
        staff.agents().get(Math.floorMod(turn.key().hashCode(), staff.agents().size()));
    Duration now = stage.now();
    Doors.Answer answer =
        turn.figures().isPresent()
            ? doors.call(turn.key(), "", ringing(turn))
            : doors.inquiry(turn.key(), inquiry(turn));
    String inquiryId = answer.body().path("inquiryId").asString("");
    if (!answer.done() || inquiryId.isEmpty()) {
      left.incrementAndGet();
      stage.error("posting: " + answer.problem());
      return;
    }
    posted.incrementAndGet();
    Case posting = new Case(turn, now, agent);
    if (turn.figures().isEmpty()) {
      cases.put(inquiryId, posting);
      return;
    }
    CallFigures figures = turn.figures().get();
    Duration waited = real(figures.waitSeconds());
    stage.at(now.plus(waited), () -> answer(turn, figures, agent));
    stage.at(
        now.plus(waited).plus(real(figures.talkSeconds() + figures.holdSeconds())),
        () -> end(turn, figures, agent, inquiryId, posting));
  }

  private void answer(ReplayPlan.Turn turn, CallFigures figures, Staff.Worker agent)
      throws InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("at", clock.instant().toString());
    body.put("agent", agent.id());
    body.put("waitSeconds", figures.waitSeconds());
    if (told("answering", doors.call(turn.key(), "answer", body))) {
      answered.incrementAndGet();
    }
  }

  private void end(
      ReplayPlan.Turn turn, CallFigures figures, Staff.Worker agent, String inquiryId, Case posting)
      throws InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("at", clock.instant().toString());
    body.put("outcome", "answered");
    body.put("agent", agent.id());
    body.put("waitSeconds", figures.waitSeconds());
    body.put("talkSeconds", figures.talkSeconds());
    body.put("holdSeconds", figures.holdSeconds());
    body.put("afterCallSeconds", figures.afterCallSeconds());
    told("ending", doors.call(turn.key(), "end", body));
    cases.put(inquiryId, posting);
  }

  private Map<String, Object> ringing(ReplayPlan.Turn turn) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("callId", turn.key());
    body.put("called", city.numbers().isEmpty() ? "311" : city.numbers().get(0).number());
    body.put("at", clock.instant().toString());
    words(turn.row(), body);
    return body;
  }

  private Map<String, Object> inquiry(ReplayPlan.Turn turn) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("channel", turn.row().channel());
    words(turn.row(), body);
    // This door wants words, and a row that has none is still about something.
    body.putIfAbsent(
        "text", Optional.ofNullable(turn.row().subject()).orElse("(no words in the file)"));
    Optional.ofNullable(turn.row().place()).ifPresent(place -> body.put("place", place));
    return body;
  }

  private void words(HistoryLine row, Map<String, Object> body) {
    Optional.ofNullable(row.subject()).ifPresent(subject -> body.put("subject", subject));
    // A new inquiry has a category of the city file or none; the past knew others.
    Optional.ofNullable(row.category())
        .flatMap(city::category)
        .ifPresent(category -> body.put("category", category.id()));
    Optional.ofNullable(row.text()).ifPresent(text -> body.put("text", text));
  }

  /** Looks at the desk and at every inbox, and does what waits there. */
  private void look() throws InterruptedException {
    for (JsonNode item : list("desk", doors.desk(staff.agents().get(0)))) {
      String id = item.path("inquiryId").asString("");
      Case found = cases.get(id);
      if (found != null && atDesk.add(id)) {
        stage.at(stage.now(), () -> workAtDesk(id, found));
      }
    }
    for (Staff.Worker department : staff.departments()) {
      for (JsonNode item : list("inbox", doors.inbox(department))) {
        String id = item.path("inquiryId").asString("");
        Case found = cases.get(id);
        if (found != null && inInbox.add(id)) {
          stage.at(stage.now(), () -> acknowledge(id, department, found));
        }
      }
    }
  }

  private List<JsonNode> list(String what, Doors.Answer answer) {
    if (!answer.done()) {
      stage.error("looking at " + what + ": " + answer.problem());
      return List.of();
    }
    return answer.items();
  }

  private void workAtDesk(String id, Case found) throws InterruptedException {
    HistoryLine.Escalation escalation = found.turn().row().escalation();
    boolean known = escalation == null || city.department(escalation.department()).isPresent();
    if (escalation != null && known) {
      Map<String, Object> body =
          Map.of("department", escalation.department(), "reason", "As in the file");
      if (told("escalating", doors.desk(found.agent(), id, "escalate", body))) {
        escalatedByAgents.incrementAndGet();
      }
      return;
    }
    if (escalation != null) {
      // Nobody has its inbox: the desk refers the citizen to it, as centres do with other bodies.
      notes.merge(
          "The city file has no department %s: the desk keeps its rows and ends them as referred"
              .formatted(escalation.department()),
          1L,
          Long::sum);
    }
    if (found.turn().lasts().isEmpty()) {
      cases.remove(id);
      return;
    }
    stage.at(
        found.at().plus(found.turn().lasts().get()),
        () -> {
          Map<String, Object> body = new LinkedHashMap<>();
          body.put("answer", said(found.turn().row()));
          if (!known) {
            body.put("how", "referred");
          }
          if (told("resolving", doors.desk(found.agent(), id, "resolve", body))) {
            resolvedByAgents.incrementAndGet();
          }
          cases.remove(id);
        });
  }

  private void acknowledge(String id, Staff.Worker department, Case found)
      throws InterruptedException {
    if (told("acknowledging", doors.inbox(department, id, "acknowledge", Map.of()))) {
      acknowledged.incrementAndGet();
    }
    if (found.turn().lasts().isEmpty()) {
      cases.remove(id);
      return;
    }
    stage.at(
        found.at().plus(found.turn().lasts().get()),
        () -> {
          Map<String, Object> body = Map.of("answer", said(found.turn().row()));
          if (told("resolving", doors.inbox(department, id, "resolve", body))) {
            resolved.incrementAndGet();
          }
          cases.remove(id);
        });
  }

  private static String said(HistoryLine row) {
    HistoryLine.Resolution end = row.resolution();
    return end == null || end.answer() == null
        ? "Ended in the file as: " + (end == null ? "open" : end.how())
        : end.answer();
  }

  /** Whether it was done; what was done by someone else before is no error. */
  private boolean told(String what, Doors.Answer answer) {
    if (answer.status() == 409) {
      others.incrementAndGet();
    } else if (!answer.done()) {
      stage.error(what + ": " + answer.problem());
    }
    return answer.done();
  }

  private Duration real(int seconds) {
    return ReplayPlan.shortened(Duration.ofSeconds(seconds), speed);
  }

  /** What happened, for the person who started it. */
  List<String> report() {
    Stage.Lag lag = stage.lag();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d posted (%,d not), %,d calls answered, %,d escalated (%,d by agents), %,d acknowledged, %,d resolved by departments, %,d by agents",
            posted.get(),
            left.get(),
            answered.get(),
            inInbox.size(),
            escalatedByAgents.get(),
            acknowledged.get(),
            resolved.get(),
            resolvedByAgents.get()));
    Duration now = stage.now();
    long later =
        cases.values().stream()
            .filter(it -> it.turn().lasts().isPresent())
            .filter(it -> it.at().plus(it.turn().lasts().get()).compareTo(now) > 0)
            .count();
    if (later > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d end later in the file: repeat with the same --run and a longer --settle, and they are ended at their times",
              later));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d not ended by this replay: a rule answered them, or they have no end",
            cases.size() - later));
    notes.forEach((note, count) -> lines.add(String.format(Locale.ROOT, "%s (%,d)", note, count)));
    if (others.get() > 0) {
      lines.add(String.format(Locale.ROOT, "%,d had been done by someone else", others.get()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "Lag %.3f s on average, %.3f s at most",
            lag.mean().toMillis() / 1000.0,
            lag.most().toMillis() / 1000.0));
    stage
        .errors()
        .forEach((what, count) -> lines.add(String.format(Locale.ROOT, "%,d × %s", count, what)));
    return lines;
  }

  /** How many rows could not be posted. */
  long left() {
    return left.get();
  }
}
