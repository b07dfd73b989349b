package barocall.traffic;

import barocall.city.City;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * Plays one city's made-up days: citizens call and write, agents and departments work. It touches
 * only what it brought itself, so that a visitor's own inquiry stays the visitor's.
 */
final class Demo {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

  /** Of what reaches a department, in percent: what it sends back, and what it never ends. */
  private static final int RETURNED = 4;

  private static final int LEFT_OPEN = 8;

  private final City city;
  private final DemoScript script;
  private final Doors doors;
  private final Staff staff;
  private final double speed;
  private final long seed;
  private final String run;
  private final Clock clock;
  private final Stage stage;
  private final Map<String, String> inquiryOfCall = new ConcurrentHashMap<>();
  private final Map<String, Happening.Said> own = new ConcurrentHashMap<>();
  private final Set<String> atDesk = ConcurrentHashMap.newKeySet();
  private final Set<String> inInbox = ConcurrentHashMap.newKeySet();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong resolved = new AtomicLong();

  Demo(
      City city,
      DemoScript script,
      Doors doors,
      Staff staff,
      double speed,
      long seed,
      String run,
      Clock clock,
      Stage stage) {
    this.city = city;
    this.script = script;
    this.doors = doors;
    this.staff = staff;
    this.speed = speed;
    this.seed = seed;
    this.run = run;
    this.clock = clock;
    this.stage = stage;
  }

  /** Begins; it goes on by itself until the stage closes. */
  void begin() {
    DemoScript.Load load = script.cities().get(city.id());
    DemoTime from = DemoTime.at(city, load, clock.instant());
    play(from, stage.now(), 1);
    stage.at(stage.now().plus(LOOK_EVERY), this::look);
  }

  /** How much there was, in a line. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "%s: %,d calls, %,d written, %,d resolved by departments",
        city.id(),
        calls.get(),
        written.get(),
        resolved.get());
  }

  /** Puts a day on the stage, and the next behind it. */
  private void play(DemoTime from, Duration begins, int number) {
    String name = "%s-d%d".formatted(run, number);
    Duration offset = from.sinceMidnight();
    List<Happening> day = DemoDay.of(city, script, from.day(), name, seed);
    Duration end = begins;
    for (Happening happening : day) {
      Duration since = happening.at().minus(offset);
      if (since.isNegative() && !(happening instanceof Happening.AgentState)) {
        continue;
      }
      Duration at =
          begins.plus(ReplayPlan.shortened(since.isNegative() ? Duration.ZERO : since, speed));
      end = at.compareTo(end) > 0 ? at : end;
      stage.at(at, () -> happen(happening));
    }
    DemoTime next = from.next(script, script.cities().get(city.id()));
    Duration after = end;
    stage.at(after, () -> play(next, after, number + 1));
  }

  private void happen(Happening happening) throws InterruptedException {
    if (happening instanceof Happening.Rings rings) {
      ring(rings);
    } else if (happening instanceof Happening.Answered answered) {
      if (begun(answered.callId())) {
        Map<String, Object> body = now();
        body.put("agent", answered.agent());
        body.put("waitSeconds", answered.waitSeconds());
        told(doors.call(answered.callId(), "answer", body));
      }
    } else if (happening instanceof Happening.Described described) {
      String id = inquiryOfCall.get(described.callId());
      if (id != null) {
        told(doors.desk(agent(described.agent()), id, "describe", words(described.said())));
      }
    } else if (happening instanceof Happening.Ended ended) {
      end(ended);
    } else if (happening instanceof Happening.GivenUp givenUp) {
      if (begun(givenUp.callId())) {
        Map<String, Object> body = now();
        body.put("outcome", givenUp.outcome());
        body.put("waitSeconds", givenUp.waitSeconds());
        told(doors.call(givenUp.callId(), "end", body));
        inquiryOfCall.remove(givenUp.callId());
      }
    } else if (happening instanceof Happening.Resolved done) {
      String id = inquiryOfCall.remove(done.callId());
      if (id != null) {
        Map<String, Object> body = Map.of("answer", done.said().answer());
        told(doors.desk(agent(done.agent()), id, "resolve", body));
      }
    } else if (happening instanceof Happening.Escalated passed) {
      String id = inquiryOfCall.remove(passed.callId());
      if (id != null) {
        own.put(id, passed.said());
        told(
            doors.desk(
                agent(passed.agent()), id, "escalate", escalation(passed.said().department())));
      }
    } else if (happening instanceof Happening.AgentState state) {
      Map<String, Object> body = now();
      body.put("state", state.state());
      told(doors.agentState(state.agent(), body));
    } else if (happening instanceof Happening.Written written) {
      write(written);
    }
  }

  private void ring(Happening.Rings rings) throws InterruptedException {
    Map<String, Object> body = now();
    body.put("callId", rings.callId());
    body.put("called", city.numbers().get(0).number());
    rings.calling().ifPresent(number -> body.put("calling", number));
    Doors.Answer answer = doors.call(rings.callId(), "", body);
    if (told(answer)) {
      calls.incrementAndGet();
      inquiryOfCall.put(rings.callId(), answer.body().path("inquiryId").asString(""));
    }
  }

  private void end(Happening.Ended ended) throws InterruptedException {
    if (!begun(ended.callId())) {
      return;
    }
    Map<String, Object> body = now();
    body.put("outcome", "answered");
    body.put("agent", ended.agent());
    body.put("waitSeconds", ended.figures().waitSeconds());
    body.put("talkSeconds", ended.figures().talkSeconds());
    body.put("holdSeconds", ended.figures().holdSeconds());
    body.put("afterCallSeconds", ended.figures().afterCallSeconds());
    ended.connectedTo().ifPresent(department -> body.put("connectedTo", department));
    told(doors.call(ended.callId(), "end", body));
    if (ended.connectedTo().isPresent()) {
      inquiryOfCall.remove(ended.callId());
    }
  }

  private void write(Happening.Written words) throws InterruptedException {
    Map<String, Object> body = words(words.said());
    body.put("channel", words.channel());
    words.contact().ifPresent(contact -> body.put("contact", contact));
    Doors.Answer answer = doors.inquiry(words.key(), body);
    if (told(answer)) {
      written.incrementAndGet();
      own.put(answer.body().path("inquiryId").asString(""), words.said());
    }
  }

  /** Whether the call's ring was told; a day may begin in the middle of a call. */
  private boolean begun(String callId) {
    return inquiryOfCall.containsKey(callId);
  }

  /** Agents look at the desk, departments at their inboxes, and again a little later. */
  private void look() throws InterruptedException {
    Staff.Worker first = staff.agents().get(0);
    for (JsonNode item : items(doors.desk(first))) {
      String id = item.path("inquiryId").asString("");
      Happening.Said said = own.get(id);
      if (said != null && atDesk.add(id)) {
        Random random = new Random(seed + id.hashCode());
        stage.at(later(random, 10, 60), () -> workAtDesk(id, said, random));
      }
    }
    for (Staff.Worker department : staff.departments()) {
      for (JsonNode item : items(doors.inbox(department))) {
        String id = item.path("inquiryId").asString("");
        Happening.Said said = own.get(id);
        if (said != null && inInbox.add(department.id() + "/" + id)) {
          Random random = new Random(seed + (department.id() + id).hashCode());
          stage.at(later(random, 5, 60), () -> acknowledge(department, id, said, random));
        }
      }
    }
    stage.at(stage.now().plus(LOOK_EVERY), this::look);
  }

  private void workAtDesk(String id, Happening.Said said, Random random)
      throws InterruptedException {
    Staff.Worker agent = staff.agents().get(random.nextInt(staff.agents().size()));
    if (random.nextInt(10) < 4) {
      told(doors.desk(agent, id, "resolve", Map.of("answer", said.answer())));
      own.remove(id);
    } else {
      told(doors.desk(agent, id, "escalate", escalation(said.department())));
    }
    // It may come back from the department.
    atDesk.remove(id);
  }

  private void acknowledge(Staff.Worker department, String id, Happening.Said said, Random random)
      throws InterruptedException {
    int fate = random.nextInt(100);
    if (fate < RETURNED) {
      String reason = script.returns().get(random.nextInt(script.returns().size()));
      told(doors.inbox(department, id, "return", Map.of("reason", reason)));
      return;
    }
    told(doors.inbox(department, id, "acknowledge", Map.of()));
    if (fate >= 100 - LEFT_OPEN) {
      return;
    }
    stage.at(
        later(random, 30, 300),
        () -> {
          if (told(doors.inbox(department, id, "resolve", Map.of("answer", said.answer())))) {
            resolved.incrementAndGet();
          }
          own.remove(id);
        });
  }

  private List<JsonNode> items(Doors.Answer answer) {
    return told(answer) ? answer.items() : List.of();
  }

  private Duration later(Random random, int fromSeconds, int toSeconds) {
    return stage
        .now()
        .plusMillis(1000L * fromSeconds + random.nextInt(1000 * (toSeconds - fromSeconds)));
  }

  private Staff.Worker agent(String id) {
    return staff.agents().stream()
        .filter(agent -> agent.id().equals(id))
        .findFirst()
        .orElse(staff.agents().get(0));
  }

  private Map<String, Object> now() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("at", clock.instant().toString());
    return body;
  }

  private static Map<String, Object> words(Happening.Said said) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("subject", said.subject());
    body.put("text", said.text());
    body.put("category", said.category());
    body.put("place", said.place());
    return body;
  }

  private static Map<String, Object> escalation(String department) {
    return Map.of("department", department, "reason", "담당 부서의 현장 확인이 필요합니다.");
  }

  /** Whether it was done. That someone was first, a visitor perhaps, is no error. */
  private boolean told(Doors.Answer answer) {
    if (!answer.done() && answer.status() != 409) {
      stage.error(city.id() + ": " + answer.problem());
    }
    return answer.done();
  }
}
