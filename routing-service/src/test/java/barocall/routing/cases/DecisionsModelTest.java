package barocall.routing.cases;

import static barocall.routing.Calls.CITIES;
import static barocall.routing.Calls.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.How;
import barocall.routing.Calls;
import barocall.routing.cases.Acts.Actor;
import barocall.testkit.model.Alone;
import barocall.testkit.model.Documents;
import barocall.testkit.model.Explorer;
import barocall.testkit.model.Explorer.Bounds;
import barocall.testkit.model.Explorer.Result;
import barocall.testkit.model.Process;
import barocall.testkit.model.Promises;
import barocall.testkit.model.Work;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Deciding by several at once, as a model whose code is the service's own: {@link Cases} on a store
 * and a broker whose every access is a step. A record is delivered to two consumers, in any order
 * and again; two agents act at once and repeat what got no answer; the rounds send what is left;
 * hosts crash, and store and broker cannot be reached, before an access or after it.
 */
class DecisionsModelTest {
  private static final Duration GRACE = Duration.ofMinutes(30);
  private static final int MOST_STATES = 20_000_000;
  private static final Actor GA = new Actor("gyeongju-agent-1", "가상담", "agent-1");
  private static final Actor NA = new Actor("gyeongju-agent-2", "나친절", "agent-2");
  private static final String ID = "x";

  /** To the agents' desk. */
  private static final InquiryEvent QUESTION = written(null);

  /** To a department at once. */
  private static final InquiryEvent POTHOLE = written("road-damage");

  private static InquiryEvent written(@Nullable String category) {
    return new Event.CallReceived(
        Calls.inquiry(ID, Channel.WEB, category),
        NOON,
        0,
        Door.INQUIRIES,
        null,
        null,
        null,
        false,
        null,
        "문의드립니다",
        null,
        null,
        null);
  }

  private static InquiryEvent reopened() {
    return new Event.InquiryReopened(Calls.inquiry(ID, Channel.WEB, null), NOON, 2, "아직입니다");
  }

  @Test
  void aRuleDecidesOnceWhoeverIsAskedAndHoweverOften() {
    holds("a rule", new Model(true, POTHOLE).consumer("a").consumer("b"), 2, 2);
  }

  @Test
  void ofTwoAgentsOneWinsAndTheOtherIsTold() {
    holds("two agents", new Model(true).agents(QUESTION), 2, 2);
  }

  @Test
  void whatAnAgentDidIsSentByTheRoundsIfByNobodyElse() {
    holds("an agent and the rounds", new Model(true).agent(QUESTION).rounds(2), 1, 1);
  }

  @Test
  void theCitizenAsksAgainWhileAnAgentAnswers() {
    holds("asking again", new Model(true, QUESTION, reopened()).consumer("a").agent(), 1, 0);
  }

  @Test
  @EnabledIfSystemProperty(named = "barocall.model", matches = "large")
  void allAtOnce() {
    holds(
        "all at once, large",
        new Model(true, QUESTION).consumer("a").consumer("b").agents().rounds(2),
        1,
        1);
  }

  /** Without versions two win, and the model says so. */
  @Test
  void versionsAreMissedWhereTheyAreAway() {
    var finding = new Model(false).agents(QUESTION).explore(0, 0).finding().orElseThrow();
    System.out.println("without versions: " + finding);
    assertThat(finding.schedule()).isNotEmpty();
  }

  private static void holds(String what, Model model, int crashes, int outages) {
    long began = System.nanoTime();
    Result result = model.explore(crashes, outages);
    System.out.printf(
        "%s: %,d states by %,d steps in %,d ms%n",
        what, result.states(), result.steps(), (System.nanoTime() - began) / 1_000_000);
    assertThat(result.finding()).isEmpty();
  }

  /** Who is there, and what must hold. */
  private static final class Model implements Promises {
    private static final String WANTS = "wants";
    private static final String IDLE = "idle";

    private final SteppedCases store;
    private final List<InquiryEvent> facts;
    private final List<Process> processes = new ArrayList<>();
    private final Map<String, Actor> agents = new HashMap<>();
    private final Map<String, Object> start = new HashMap<>();

    Model(boolean withVersions, InquiryEvent... facts) {
      this.store = new SteppedCases(withVersions);
      this.facts = List.of(facts);
    }

    private Cases cases(Duration later) {
      Clock clock = Clock.fixed(NOON.plus(later), ZoneOffset.UTC);
      return new Cases(store, store::send, CITIES, (city, name) -> Optional.empty(), clock, GRACE);
    }

    /** Each reads another clock, so that what is decided twice is not the same by chance. */
    Model consumer(String host) {
      Cases cases = cases(Duration.ofMillis(1 + processes.size()));
      processes.add(
          new Process(
              "consumer " + host,
              host,
              "consumer " + host,
              IDLE,
              (rest, now) -> facts.stream().map(fact -> deliver(cases, fact)).toList(),
              rest -> IDLE));
      return this;
    }

    private Work deliver(Cases cases, InquiryEvent fact) {
      return Work.reactive(
          "handle " + fact.id(),
          replay -> {
            store.runIn(replay);
            return cases.on(fact).then(store.acknowledge(fact));
          },
          (value, failure) -> IDLE);
    }

    Model agents(InquiryEvent... before) {
      return agent(before).agent("b", NA, Acts.escalate(NA, "2", "roads", null, null, null));
    }

    /** After these facts were handled. */
    Model agent(InquiryEvent... before) {
      if (before.length > 0) {
        Alone alone = new Alone(document -> null);
        for (InquiryEvent fact : before) {
          alone.does(deliver(cases(Duration.ZERO), fact));
        }
        for (String document :
            List.of(
                SteppedCases.caseOf(ID),
                SteppedCases.deskOf(ID),
                SteppedCases.SENT,
                SteppedCases.ACKNOWLEDGED)) {
          start.put(document, alone.content(document));
        }
      }
      return agent("a", GA, Acts.resolve(GA, "1", How.ANSWERED, "그렇습니다"));
    }

    private Model agent(String host, Actor actor, Acts.Act act) {
      Cases cases = cases(Duration.ofSeconds(1 + processes.size()));
      String name = "agent of " + host;
      agents.put(name, actor);
      Work work =
          Work.reactive(
              "act",
              replay -> {
                store.runIn(replay);
                return cases.act("gyeongju", ID, act);
              },
              (value, failure) ->
                  failure == null && value instanceof Cases.Result result
                      ? answered(result.outcome())
                      : WANTS);
      processes.add(
          new Process(
              name,
              host,
              name,
              WANTS,
              (rest, now) -> rest.equals(WANTS) ? List.of(work) : List.of(),
              rest -> rest));
      return this;
    }

    /** Who is told that nothing is known yet asks again. */
    private static Object answered(Acts.Outcome outcome) {
      return outcome instanceof Acts.Unknown
          ? WANTS
          : outcome instanceof Acts.Done done ? done.said() : outcome;
    }

    /** So many rounds, when all marks are old. */
    Model rounds(int most) {
      Cases cases = cases(Duration.ofMinutes(2));
      processes.add(
          new Process(
              "rounds",
              "c",
              "rounds",
              0,
              (rest, now) ->
                  (Integer) rest < most ? List.of(round(cases, (Integer) rest + 1)) : List.of(),
              rest -> rest));
      return this;
    }

    private Work round(Cases cases, int number) {
      return Work.reactive(
          "send what is left, round " + number,
          replay -> {
            store.runIn(replay);
            return cases.finishUnsent();
          },
          (value, failure) -> number);
    }

    Result explore(int crashes, int outages) {
      return new Explorer(
              processes,
              Documents.of(start),
              new Bounds(crashes, outages, false, 6, MOST_STATES),
              this)
          .explore();
    }

    @Override
    public @Nullable String wrongIn(String document, Object content) {
      if (document.equals(SteppedCases.SENT)) {
        Set<String> ids = new HashSet<>();
        for (Object event : SteppedCases.set(content)) {
          if (!ids.add(((InquiryEvent) event).id())) {
            return ((InquiryEvent) event).id() + " was sent twice and not the same";
          }
        }
      }
      if (content instanceof Case known) {
        Set<Integer> steps = new HashSet<>();
        for (Entry decision : known.decisions()) {
          if (!steps.add(decision.event().step())) {
            return "two decisions at step " + decision.event().step();
          }
        }
      }
      return null;
    }

    /** What is sent is what is stored; and whoever goes on finishes everything. */
    @Override
    public @Nullable String wrongIn(Documents now) {
      List<InquiryEvent> stored = stored(now);
      for (Object event : SteppedCases.set(now.content(SteppedCases.SENT))) {
        if (!stored.contains(event)) {
          return ((InquiryEvent) event).id() + " was sent and is not stored";
        }
      }
      Alone alone = new Alone(now);
      Cases cases = cases(Duration.ofMinutes(5));
      for (InquiryEvent fact : facts) {
        if (!SteppedCases.set(now.content(SteppedCases.ACKNOWLEDGED)).contains(fact.id())) {
          alone.does(deliver(cases, fact));
        }
      }
      alone.does(round(cases, 1));
      alone.does(round(cases, 2));
      String wrong = unfinished(alone);
      return wrong == null ? null : "if all ended now and one went on: " + wrong;
    }

    private static List<InquiryEvent> stored(Documents now) {
      return now.content(SteppedCases.caseOf(ID)) instanceof Case known
          ? known.entries().stream().map(Entry::event).toList()
          : List.of();
    }

    private static @Nullable String unfinished(Documents now) {
      if (!(now.content(SteppedCases.caseOf(ID)) instanceof Case known)) {
        return null;
      }
      Set<?> sent = SteppedCases.set(now.content(SteppedCases.SENT));
      for (Entry decision : known.decisions()) {
        if (!sent.contains(decision.event())) {
          return decision.event().id() + " is never sent";
        }
      }
      if (!known.unsent().isEmpty()) {
        return known.unsent().get(0).event().id() + " is never marked sent";
      }
      if (now.content(SteppedCases.MARKS) != null) {
        return "marks stay: " + now.content(SteppedCases.MARKS);
      }
      boolean shown = now.content(SteppedCases.deskOf(ID)) instanceof DeskItem;
      return shown == DeskItem.of(known).isPresent()
          ? null
          : "it is "
              + known.state()
              + " and the desk "
              + (shown ? "shows" : "does not show")
              + " it";
    }

    /** Who was told that they did it did it, and who was told that they were late was. */
    @Override
    public @Nullable String wrongNow(Moment moment) {
      Map<Integer, String> winners = new HashMap<>();
      for (String agent : agents.keySet()) {
        Object rest = moment.rest(agent).orElse(WANTS);
        Optional<InquiryEvent> did =
            rest instanceof InquiryEvent event
                ? Optional.of(event)
                : rest instanceof Acts.Repeated again
                    ? Optional.of(again.said())
                    : Optional.empty();
        if (did.isPresent()) {
          if (!stored(moment).contains(did.get())) {
            return agent + " was told of " + did.get().id() + ", which is not stored";
          }
          String other = winners.put(did.get().step(), agent);
          if (other != null) {
            return agent + " and " + other + " both won";
          }
        }
        if (rest instanceof Acts.TooLate late
            && !wasFirst(late.first(), agents.get(agent), moment)) {
          return agent + " was told of a first who was none: " + late.first();
        }
      }
      return null;
    }

    private static boolean wasFirst(First first, Actor late, Moment moment) {
      return !first.by().equals(late.who())
          && stored(moment).stream()
              .filter(Event.Decision.class::isInstance)
              .anyMatch(event -> event.at().equals(first.at()));
    }
  }
}
