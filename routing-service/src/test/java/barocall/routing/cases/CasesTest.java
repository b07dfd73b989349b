package barocall.routing.cases;

import static barocall.routing.Calls.CITIES;
import static barocall.routing.Calls.NOON;
import static barocall.routing.Calls.answered;
import static barocall.routing.Calls.done;
import static barocall.routing.Calls.ended;
import static barocall.routing.Calls.from;
import static barocall.routing.Calls.inquiry;
import static barocall.routing.Calls.recalled;
import static barocall.routing.Calls.reopened;
import static barocall.routing.Calls.returned;
import static barocall.routing.Calls.ringing;
import static barocall.routing.Calls.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryRepeated;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.SatisfactionRated;
import barocall.contract.How;
import barocall.contract.WhyKind;
import barocall.kit.events.BrokerAwayException;
import barocall.kit.tracing.Traces;
import barocall.routing.cases.Acts.Actor;
import barocall.routing.cases.Acts.Done;
import barocall.routing.cases.Acts.Repeated;
import barocall.routing.cases.Acts.TooLate;
import barocall.testkit.Backends;
import barocall.testkit.OnEveryStore;
import barocall.testkit.Store;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@OnEveryStore
class CasesTest {
  private static final NameHashes NAMES = (city, name) -> Optional.of("hash-of-" + name);
  private static final Duration GRACE = Duration.ofMinutes(30);
  private static final Actor GA = new Actor("gyeongju-agent-1", "가상담", "agent-1");
  private static final Actor NA = new Actor("gyeongju-agent-2", "나친절", "agent-2");

  private final MongoClient client;
  private final MongoCases store;
  private final List<InquiryEvent> sent = new CopyOnWriteArrayList<>();
  private final HandClock clock = new HandClock();
  private final Map<String, String> traces = new HashMap<>();
  private boolean brokerAway;
  private String refused = "";
  private final Cases cases;

  CasesTest(Store on) {
    client = MongoClients.create(on.uri());
    store = new MongoCases(client.getDatabase(Backends.unique("routing")));
    cases = new Cases(store, this::send, CITIES, NAMES, clock, GRACE);
  }

  @AfterEach
  void end() {
    client.close();
  }

  @Test
  void aRuleEscalatesAndSaysWhy() {
    on(written("a", "road-damage", "집 앞 도로가 패였습니다"));

    ComplaintEscalated escalated = only(ComplaintEscalated.class);
    assertThat(escalated.department()).isEqualTo("roads");
    assertThat(escalated.departmentName()).isEqualTo("도로과");
    assertThat(escalated.step()).isEqualTo(1);
    assertThat(escalated.why().kind()).isEqualTo(WhyKind.RULE);
    assertThat(escalated.why().rule()).isEqualTo("pothole");
    assertThat(escalated.dueClause()).contains("민원처리법");
    assertThat(escalated.contact()).isNotNull();
    assertThat(deskOf("gyeongju")).isEmpty();
  }

  @Test
  void whatIsErasedIsGoneWhateverCameFirstAndNothingIsDecidedAgain() {
    CallReceived after = written("e1", null, "지울 말");
    on(after);
    assertThat(deskOf("gyeongju")).singleElement().matches(it -> "지울 말".equals(it.text()));
    assertThat(callers()).containsExactly("e1");
    int said = sent.size();

    on(after.erase());
    on(after);

    assertThat(sent).hasSize(said);
    assertThat(deskOf("gyeongju")).singleElement().matches(it -> it.text() == null);
    assertThat(callers()).isEmpty();
    Case known = cases.find("gyeongju", "e1").block();
    assertThat(known.contact()).isNull();
    assertThat(known.text()).isNull();

    CallReceived before = written("e2", null, "지울 말");
    on(before.erase());
    on(before);

    assertThat(cases.find("gyeongju", "e2").block().text()).isNull();
    assertThat(callers()).isEmpty();
  }

  @Test
  void aCaseIsFoundByItsNumberTelephonesAndNamesUntilItIsErased() {
    CallReceived call = written("k1", null, "문의드립니다");
    on(call);
    act(
        "k1",
        Acts.describe(
            GA,
            "1",
            new Acts.Words(null, null, "더", null, new Event.Contact("sealed", null, null, "t2"))));
    Clue byName = new Clue(Clue.Kind.NAME, "hash-of-sealed");
    Clue number = new Clue(Clue.Kind.NUMBER, "261104829137");

    assertThat(leadsTo(number)).containsExactly("k1");
    assertThat(leadsTo(new Clue(Clue.Kind.TELEPHONE, "hash"))).containsExactly("k1");
    assertThat(leadsTo(new Clue(Clue.Kind.TELEPHONE, "t2"))).containsExactly("k1");
    assertThat(leadsTo(new Clue(Clue.Kind.TELEPHONE, "t"))).as("a part").isEmpty();
    assertThat(leadsTo(byName)).containsExactly("k1");
    assertThat(store.changesSince("gyeongju", NOON.minusSeconds(1), 100).collectList().block())
        .extracting(MongoCases.Change::inquiryId)
        .containsOnly("k1")
        .hasSizeGreaterThanOrEqualTo(2);

    on(only(InquiryDescribed.class).erase());
    assertThat(leadsTo(byName)).isEmpty();
    assertThat(leadsTo(new Clue(Clue.Kind.TELEPHONE, "t2"))).isEmpty();
    assertThat(leadsTo(new Clue(Clue.Kind.TELEPHONE, "hash"))).containsExactly("k1");
    on(call.erase());
    assertThat(leadsTo(new Clue(Clue.Kind.TELEPHONE, "hash"))).isEmpty();
    assertThat(leadsTo(number)).containsExactly("k1");
  }

  /** Whichever of the two is first: the older picture's clues are not left behind. */
  @ParameterizedTest
  @ValueSource(strings = {"noteClues", "write"})
  void whatIsErasedWhileAnActIsBeingStoredLeavesNoClues(String erasedAt) {
    CallReceived call = written("k2", null, "문의드립니다");
    Clue telephone = new Clue(Clue.Kind.TELEPHONE, "hash");
    on(call);
    Runnable meanwhile =
        erasedAt.equals("noteClues")
            ? () -> on(call.erase())
            : () -> {
              Case before = store.find("k2").block();
              store.noteClues(before, NOON, Set.of(telephone)).block();
            };
    Cases disturbed =
        new Cases(disturbed(erasedAt, meanwhile), this::send, CITIES, NAMES, clock, GRACE);

    if (erasedAt.equals("noteClues")) {
      disturbed
          .act(
              "gyeongju", "k2", Acts.describe(GA, "1", new Acts.Words(null, null, "더", null, null)))
          .block();
    } else {
      disturbed.on(call.erase()).block();
    }

    assertThat(leadsTo(telephone)).isEmpty();
    assertThat(leadsTo(new Clue(Clue.Kind.NUMBER, "261104829137"))).containsExactly("k2");
  }

  /** The store, in which something else happens just before the first call of that method. */
  private CaseStore disturbed(String method, Runnable meanwhile) {
    AtomicBoolean first = new AtomicBoolean(true);
    return (CaseStore)
        Proxy.newProxyInstance(
            CaseStore.class.getClassLoader(),
            new Class<?>[] {CaseStore.class},
            (proxy, called, arguments) ->
                called.getName().equals(method) && first.getAndSet(false)
                    ? Mono.fromRunnable(meanwhile)
                        .subscribeOn(Schedulers.boundedElastic())
                        .then(Mono.defer(() -> invoked(called, arguments)))
                    : called.invoke(store, arguments));
  }

  @SuppressWarnings("unchecked")
  private Mono<Object> invoked(Method called, Object[] arguments) {
    try {
      return (Mono<Object>) called.invoke(store, arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> leadsTo(Clue clue) {
    return store.byClue("gyeongju", clue, 10).collectList().block();
  }

  private List<String> callers() {
    return store.ofCaller("gyeongju", "hash").collectList().block();
  }

  @Test
  void aRedeliveredRecordSendsTheSameDecisionAndNoOther() {
    brokerAway = true;
    assertThatThrownBy(() -> on(written("b", "road-damage", "도로")))
        .isInstanceOf(BrokerAwayException.class);
    assertThat(sent).isEmpty();
    clock.forward(Duration.ofHours(1));
    brokerAway = false;

    on(written("b", "road-damage", "도로"));
    on(written("b", "road-damage", "도로"));

    assertThat(only(ComplaintEscalated.class).at()).isEqualTo(NOON);
  }

  @Test
  void whatAPersonDidWhileTheBrokerWasAwayIsSentByTheRounds() {
    on(written("c", null, "문의드립니다"));
    brokerAway = true;

    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    Cases.Result result =
        cases
            .act("gyeongju", "c", Acts.resolve(GA, "d1", How.ANSWERED, "그렇습니다"))
            .contextWrite(Traces.causedBy(trace))
            .block();

    assertThat(result.outcome()).isInstanceOf(Done.class);
    assertThat(deskOf("gyeongju")).isEmpty();
    assertThat(all(InquiryResolved.class)).isEmpty();
    brokerAway = false;
    clock.forward(Duration.ofSeconds(10));
    cases.finishUnsent().block();
    cases.finishUnsent().block();
    InquiryResolved resolved = only(InquiryResolved.class);
    assertThat(resolved.who()).isEqualTo("agent-1");
    assertThat(resolved.atFirstContact()).isTrue();
    assertThat(traces)
        .as("sent later in the trace of its cause")
        .containsEntry(resolved.id(), trace);
    assertThat(store.marks().collectList().block()).isEmpty();
  }

  @Test
  void aMarkWhoseDeedNeverCameIsShutOutBeforeItIsForgotten() {
    on(written("c2", null, "문의드립니다"));
    Case known = store.find("c2").block();
    store.mark("c2", known.version() + 1, clock.instant()).block();
    clock.forward(Duration.ofMinutes(2));

    cases.finishUnsent().block();
    cases.finishUnsent().block();

    assertThat(store.marks().collectList().block()).isEmpty();
    assertThat(store.write(known.next()).block()).as("the late writer").isFalse();
  }

  @Test
  void ofTwoAgentsTheFirstWinsAndTheSecondIsTold() {
    on(written("d", null, "문의드립니다"));

    List<Cases.Result> results =
        Flux.just(
                Acts.resolve(GA, "d1", How.ANSWERED, "예"),
                Acts.escalate(NA, "d2", "roads", null, null, null))
            .flatMap(act -> cases.act("gyeongju", "d", act).subscribeOn(Schedulers.parallel()))
            .collectList()
            .block();

    assertThat(results).filteredOn(it -> it.outcome() instanceof Done).hasSize(1);
    First first =
        results.stream()
            .filter(it -> it.outcome() instanceof TooLate)
            .map(it -> ((TooLate) it.outcome()).first())
            .findFirst()
            .orElseThrow();
    InquiryEvent decided = sent.stream().filter(it -> it.step() == 2).findFirst().orElseThrow();
    boolean resolved = decided instanceof InquiryResolved;
    assertThat(first.by()).isEqualTo(resolved ? "agent-1" : "agent-2");
    assertThat(first.name()).isEqualTo(resolved ? "가상담" : "나친절");
    assertThat(first.did()).isEqualTo(resolved ? "resolve" : "escalate");
    assertThat(sent).filteredOn(it -> it.step() == 2).hasSize(1);
  }

  @Test
  void theSamePersonRepeatingTheSameGetsTheSame() {
    on(written("e", null, "문의드립니다"));
    act("e", Acts.resolve(GA, "d1", How.ANSWERED, "예"));

    assertThat(act("e", Acts.resolve(GA, "d1", How.ANSWERED, "예")).outcome())
        .isEqualTo(new Repeated(only(InquiryResolved.class)));
    assertThat(act("e", Acts.resolve(GA, "d2", How.ANSWERED, "아니오")).outcome())
        .isInstanceOf(TooLate.class);
    assertThat(act("e", Acts.resolve(NA, "d1", How.ANSWERED, "예")).outcome())
        .isInstanceOf(TooLate.class);
    assertThat(act("nobody", Acts.resolve(NA, "d1", How.ANSWERED, "예")).outcome())
        .isInstanceOf(Acts.Unknown.class);
  }

  @Test
  void whatWasWrittenIsNotAnsweredWithoutAnAnswer() {
    on(written("u", null, "문의드립니다"));

    for (String answer : Arrays.asList(null, "", " \n ")) {
      assertThat(act("u", Acts.resolve(GA, "1", How.ANSWERED, answer)).outcome())
          .isEqualTo(new Acts.Unanswered());
    }
    assertThat(all(InquiryResolved.class)).isEmpty();
    assertThat(deskOf("gyeongju")).hasSize(1);
    assertThat(act("u", Acts.resolve(GA, "2", How.CANCELLED, null)).outcome())
        .isInstanceOf(Done.class);
    assertThat(act("u", Acts.resolve(NA, "3", How.ANSWERED, null)).outcome())
        .isInstanceOf(TooLate.class);
  }

  @Test
  void aCallIsAnsweredByWordOfMouth() {
    on(ringing("v", "물이 안 나온다고 함"));

    assertThat(act("v", Acts.resolve(GA, "1", How.ANSWERED, null)).outcome())
        .isInstanceOf(Done.class);
  }

  @Test
  void aCallIsDescribedTwiceAndTheLastWordsStand() {
    on(ringing("f", null));
    on(answered("f", "agent-1"));
    act("f", Acts.describe(GA, "1", new Acts.Words("waste", "쓰레기", "수거가 안 됩니다", null, null)));
    act("f", Acts.describe(GA, "1", new Acts.Words("waste", "쓰레기", "수거가 안 됩니다", null, null)));
    act("f", Acts.describe(GA, "2", new Acts.Words(null, null, "이틀째 수거가 안 됩니다", null, null)));
    on(ended("f", CallOutcome.ANSWERED, "agent-1", null));
    clock.forward(Duration.ofHours(2));
    cases.wakeUp().block();

    assertThat(all(Event.InquiryDescribed.class))
        .extracting(Event.InquiryDescribed::revision)
        .containsExactly(1, 2);
    DeskItem item = deskOf("gyeongju").get(0);
    assertThat(item.subject()).isEqualTo("쓰레기");
    assertThat(item.text()).isEqualTo("이틀째 수거가 안 됩니다");
    assertThat(item.category()).isEqualTo("waste");
    assertThat(item.agent()).isEqualTo("agent-1");
    assertThat(item.call()).isEqualTo("ended");
  }

  @Test
  void anAnsweredCallWithoutAWordEndsAfterItsGrace() {
    on(ringing("g", null));
    on(ended("g", CallOutcome.ANSWERED, "agent-1", null));
    clock.forward(GRACE.minusSeconds(1));
    cases.wakeUp().block();
    assertThat(all(InquiryResolved.class)).isEmpty();

    clock.forward(Duration.ofMinutes(3));
    cases.wakeUp().block();
    cases.wakeUp().block();

    InquiryResolved resolved = only(InquiryResolved.class);
    assertThat(resolved.how()).isEqualTo(How.UNDESCRIBED);
    assertThat(resolved.by()).isEqualTo(By.AGENT);
    assertThat(resolved.who()).isEqualTo("agent-1");
    assertThat(deskOf("gyeongju")).isEmpty();
  }

  @Test
  void anAbandonedCallLeavesTheDeskUnlessItHasWords() {
    on(ringing("h", null));
    on(ended("h", CallOutcome.ABANDONED, null, null));
    on(ringing("i", "물이 안 나온다고 함"));
    on(ended("i", CallOutcome.ABANDONED, null, null));
    on(ringing("j", null));
    on(ended("j", CallOutcome.CALLBACK, null, null));

    assertThat(only(InquiryResolved.class).how()).isEqualTo(How.ABANDONED);
    assertThat(only(InquiryResolved.class).atFirstContact()).isFalse();
    assertThat(deskOf("gyeongju"))
        .extracting(DeskItem::inquiryId, DeskItem::call)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("i", "abandoned"),
            org.assertj.core.groups.Tuple.tuple("j", "callback"));
  }

  @Test
  void aReturnedComplaintIsPassedOnAndAtTheThirdTransferCoordinated() {
    on(written("k", "noise", "공사장에서 소음이 납니다"));
    act("k", Acts.escalate(GA, "1", "parks", null, null, null));
    on(returned("k", 2, "parks"));
    on(returned("k", 3, "environment"));
    assertThat(deskOf("gyeongju").get(0).why()).contains("환경정책과").contains("소관이 아닙니다");
    act("k", Acts.escalate(NA, "2", "building", null, null, null));
    on(returned("k", 5, "building"));

    List<ComplaintEscalated> all = all(ComplaintEscalated.class);
    assertThat(all)
        .extracting(ComplaintEscalated::department)
        .containsExactly("parks", "environment", "building", "audit");
    assertThat(all).extracting(ComplaintEscalated::transfers).containsExactly(0, 1, 2, 3);
    assertThat(all).extracting(ComplaintEscalated::dueAt).containsOnly(all.get(0).dueAt());
    assertThat(all.get(1).why().kind()).isEqualTo(WhyKind.RETURNED);
  }

  @Test
  void whatTheDepartmentHasNotTakenComesBackToWhoWishesItAndTheClockGoesOn() {
    on(written("ra", "road-damage", "도로가 패였습니다"));
    ComplaintEscalated first = only(ComplaintEscalated.class);
    clock.forward(Duration.ofHours(2));

    Acts.Outcome asked = act("ra", Acts.recall(GA, "공원과 일입니다")).outcome();
    assertThat(asked).isInstanceOf(Done.class);
    RecallRequested wish = (RecallRequested) Acts.said(asked);
    assertThat(sent).contains(wish);
    assertThat(wish.id()).isEqualTo("recall-requested/ra/1");
    assertThat(act("ra", Acts.recall(GA, "다른 말로")).outcome()).isEqualTo(new Repeated(wish));
    assertThat(act("ra", Acts.recall(NA, null)).outcome())
        .isEqualTo(new TooLate(new First("agent-1", null, "recall", null, wish.at())));
    Case waiting = cases.find("gyeongju", "ra").block();
    assertThat(Acts.recallOf(waiting, wish)).isEqualTo(new Acts.Asked(wish));
    assertThat(waiting.state()).isEqualTo("escalated");
    assertThat(Possible.of(waiting)).containsExactly("recalling", "withdraw");

    on(recalled("ra", 1, "roads"));
    on(recalled("ra", 1, "roads"));

    Case back = cases.find("gyeongju", "ra").block();
    assertThat(Acts.recallOf(back, wish)).isEqualTo(new Repeated(wish));
    InquiryAssigned assigned = only(InquiryAssigned.class);
    assertThat(assigned.step()).isEqualTo(2);
    assertThat(assigned.agent()).isEqualTo("agent-1");
    assertThat(assigned.why().kind()).isEqualTo(WhyKind.AGENT);
    assertThat(assigned.why().sentence()).contains("도로과", "회수", "공원과 일입니다");
    assertThat(deskOf("gyeongju"))
        .singleElement()
        .satisfies(it -> assertThat(it.dueAt()).isEqualTo(first.dueAt()));
    assertThat(act("ra", Acts.recall(GA, null)).outcome()).isEqualTo(new Repeated(wish));

    act("ra", Acts.escalate(GA, "1", "parks", null, null, null));
    ComplaintEscalated again = all(ComplaintEscalated.class).get(1);
    assertThat(again.dueAt()).isEqualTo(first.dueAt());
    assertThat(again.transfers()).as("roads never had it").isZero();
    assertThat(cases.find("gyeongju", "ra").block().transfers()).isZero();
  }

  @Test
  void whatADepartmentHasTakenIsNotTakenBack() {
    on(written("rb", "road-damage", "도로가 패였습니다"));
    act("rb", Acts.recall(GA, null));
    RecallRequested wish = only(RecallRequested.class);
    on(new ComplaintAcknowledged(inquiry("rb", Channel.WEB, null), NOON, 1, "roads", "kim"));

    TooLate taken = new TooLate(new First("kim", null, "acknowledge", "roads", NOON));
    assertThat(Acts.recallOf(cases.find("gyeongju", "rb").block(), wish)).isEqualTo(taken);
    assertThat(act("rb", Acts.recall(GA, null)).outcome()).isEqualTo(taken);
    assertThat(act("rb", Acts.recall(NA, null)).outcome()).isEqualTo(taken);
    assertThat(all(InquiryAssigned.class)).isEmpty();
    assertThat(Possible.of(cases.find("gyeongju", "rb").block())).containsExactly("withdraw");

    on(done("rb", 1, "roads"));
    assertThat(act("rb", Acts.recall(NA, null)).outcome())
        .isInstanceOfSatisfying(
            TooLate.class, it -> assertThat(it.first().did()).isEqualTo("resolve"));
    on(written("rc", null, "문의드립니다"));
    assertThat(act("rc", Acts.recall(GA, null)).outcome()).isEqualTo(new Acts.NotSo("with-nobody"));
    assertThat(act("nobody", Acts.recall(GA, null)).outcome()).isEqualTo(new Acts.Unknown());
    act("rc", Acts.resolve(NA, "1", How.ANSWERED, "예"));
    assertThat(act("rc", Acts.recall(GA, null)).outcome())
        .isInstanceOfSatisfying(
            TooLate.class, it -> assertThat(it.first().by()).isEqualTo("agent-2"));
  }

  @Test
  void whatAnAgentAnsweredIsPutRightAndBothVersionsStay() {
    on(written("ca", null, "몇 시까지 엽니까"));
    assertThat(act("ca", Acts.correct(GA, "1", "열 시", null)).outcome())
        .isEqualTo(new Acts.NotSo("not-answered"));
    act("ca", Acts.resolve(GA, "1", How.ANSWERED, "여덟 시까지입니다"));
    InquiryResolved end = only(InquiryResolved.class);

    Acts.Outcome first = act("ca", Acts.correct(NA, "2", "열 시까지입니다", 0)).outcome();
    AnswerCorrected corrected = only(AnswerCorrected.class);
    assertThat(first).isInstanceOf(Done.class);
    assertThat(corrected.id()).isEqualTo("answer-corrected/ca/2/1");
    assertThat(corrected.agent()).isEqualTo("agent-2");
    assertThat(act("ca", Acts.correct(NA, "2", "열 시까지입니다", 0)).outcome())
        .isEqualTo(new Repeated(corrected));
    assertThat(act("ca", Acts.correct(GA, "3", "아홉 시까지입니다", 0)).outcome())
        .as("who has not read the first correction does not write over it")
        .isEqualTo(new TooLate(new First("agent-2", null, "correct", null, corrected.at())));
    assertThat(act("ca", Acts.correct(GA, "2", "열 시까지입니다", 1)).outcome())
        .isEqualTo(new Acts.NotSo("the-same"));
    assertThat(act("ca", Acts.correct(GA, "3", "아홉 시까지입니다", 1)).outcome()).isInstanceOf(Done.class);

    Case known = cases.find("gyeongju", "ca").block();
    assertThat(known.answer()).isEqualTo("아홉 시까지입니다");
    assertThat(known.corrections(2)).extracting(AnswerCorrected::revision).containsExactly(1, 2);
    assertThat(known.sayings()).contains("여덟 시까지입니다", "열 시까지입니다", "아홉 시까지입니다");
    assertThat(known.settledAtFirstContact()).contains(end);
    assertThat(Precedent.of(known).orElseThrow().answer()).isEqualTo("아홉 시까지입니다");
    assertThat(only(InquiryResolved.class)).isEqualTo(end);

    on(reopened("ca", 2));
    assertThat(act("ca", Acts.correct(GA, "4", "말", null)).outcome())
        .isEqualTo(new Acts.NotSo("not-answered"));
    on(written("cb", "road-damage", "도로가 패였습니다"));
    on(done("cb", 1, "roads"));
    assertThat(act("cb", Acts.correct(GA, "1", "말", null)).outcome())
        .as("what the department answered is the department's")
        .isEqualTo(new Acts.NotSo("not-answered"));
  }

  @Test
  void anAgentAsksAgainAndRatesForACaller() {
    on(written("fa", "road-damage", "도로가 패였습니다"));
    assertThat(act("fa", Acts.reopen(GA, "1", "아직")).outcome())
        .isEqualTo(new Acts.NotSo("not-ended"));
    assertThat(act("fa", Acts.rate(GA, 2)).outcome()).isEqualTo(new Acts.NotSo("not-ended"));
    on(done("fa", 1, "roads"));

    Acts.Outcome rated = act("fa", Acts.rate(GA, 2)).outcome();
    assertThat(Acts.said(rated))
        .isEqualTo(
            new SatisfactionRated(
                cases.find("gyeongju", "fa").block().inquiry(), clock.instant(), 1, 2, "agent-1"));
    assertThat(sent).contains(Acts.said(rated));
    assertThat(act("fa", Acts.rate(GA, 2)).outcome()).isEqualTo(new Repeated(Acts.said(rated)));
    assertThat(act("fa", Acts.rate(GA, 5)).outcome()).isEqualTo(new Acts.NotSo("rated"));
    assertThat(act("fa", Acts.rate(NA, 2)).outcome()).isEqualTo(new Acts.NotSo("rated"));

    Acts.Outcome asked = act("fa", Acts.reopen(NA, "1", "아직입니다")).outcome();
    InquiryReopened reopened = only(InquiryReopened.class);
    assertThat(asked).isInstanceOf(Done.class);
    assertThat(reopened.agent()).isEqualTo("agent-2");
    assertThat(reopened.id()).isEqualTo("inquiry-reopened/fa/1");
    ComplaintEscalated again = all(ComplaintEscalated.class).get(1);
    assertThat(again.department()).isEqualTo("roads");
    assertThat(again.why().kind()).isEqualTo(WhyKind.REOPENED);
    assertThat(act("fa", Acts.reopen(NA, "1", "아직입니다")).outcome())
        .isEqualTo(new Repeated(reopened));
    assertThat(act("fa", Acts.reopen(GA, "2", "또")).outcome())
        .isEqualTo(new Acts.NotSo("not-ended"));
    on(reopened);
    assertThat(all(ComplaintEscalated.class)).hasSize(2);

    on(written("fb", null, "문의드립니다"));
    act("fb", Acts.resolve(GA, "1", How.ANSWERED, "예"));
    on(new SatisfactionRated(inquiry("fb", Channel.WEB, null), NOON, 2, 4));
    assertThat(act("fb", Acts.rate(GA, 4)).outcome())
        .as("the citizen has said it themselves")
        .isEqualTo(new Acts.NotSo("rated"));
    assertThat(Possible.of(cases.find("gyeongju", "fb").block()))
        .containsExactly("correct", "reopen");
    assertThat(act("nobody", Acts.rate(GA, 4)).outcome()).isEqualTo(new Acts.Unknown());
  }

  @Test
  void anAgentWithdrawsForACallerWhoeverHasItUntilItEnds() {
    on(written("wa", "road-damage", "도로가 패였습니다"));
    on(new ComplaintAcknowledged(inquiry("wa", Channel.WEB, null), NOON, 1, "roads", "kim"));
    assertThat(Possible.of(cases.find("gyeongju", "wa").block())).containsExactly("withdraw");

    Acts.Outcome withdrawn = act("wa", Acts.withdraw(GA)).outcome();
    InquiryResolved end = only(InquiryResolved.class);
    assertThat(withdrawn).isInstanceOf(Done.class);
    assertThat(end.step()).isEqualTo(2);
    assertThat(end.how()).isEqualTo(How.CANCELLED);
    assertThat(end.by()).isEqualTo(By.AGENT);
    assertThat(end.who()).isEqualTo("agent-1");
    assertThat(end.atFirstContact()).isFalse();
    assertThat(act("wa", Acts.withdraw(GA)).outcome()).isEqualTo(new Repeated(end));
    assertThat(act("wa", Acts.withdraw(NA)).outcome()).isInstanceOf(TooLate.class);

    on(written("wb", null, "문의드립니다"));
    assertThat(act("wb", Acts.withdraw(NA)).outcome()).isInstanceOf(Done.class);
    assertThat(deskOf("gyeongju")).isEmpty();

    on(written("wc", "road-damage", "도로가 패였습니다"));
    on(done("wc", 1, "roads"));
    assertThat(act("wc", Acts.withdraw(GA)).outcome())
        .isInstanceOfSatisfying(
            TooLate.class, it -> assertThat(it.first().to()).isEqualTo("roads"));
    on(ringing("wd", null));
    on(ended("wd", CallOutcome.ABANDONED, null, null));
    assertThat(act("wd", Acts.withdraw(GA)).outcome()).isInstanceOf(TooLate.class);
    assertThat(act("wd", Acts.reopen(GA, "1", null)).outcome())
        .isEqualTo(new Acts.NotSo("not-ended"));
  }

  @Test
  void whatADepartmentSettledGoesBackThereWhenTheCitizenAsksAgain() {
    on(written("l", "road-damage", "도로"));
    on(reopened("l", 1));
    on(done("l", 1, "roads"));

    List<ComplaintEscalated> all = all(ComplaintEscalated.class);
    assertThat(all).extracting(ComplaintEscalated::department).containsExactly("roads", "roads");
    assertThat(all.get(1).step()).isEqualTo(2);
    assertThat(all.get(1).why().kind()).isEqualTo(WhyKind.REOPENED);
    assertThat(all.get(1).transfers()).isZero();
    assertThat(all.get(1).dueAt()).isAfter(all.get(0).dueAt());
  }

  @Test
  void whatARuleAnsweredComesToTheDeskWhenTheCitizenAsksAgain() {
    on(written("m", "passport", "여권 준비물이 무엇인가요"));
    assertThat(only(InquiryResolved.class).rule()).isEqualTo("passport-papers");
    on(reopened("m", 1));

    assertThat(only(InquiryAssigned.class).why().kind()).isEqualTo(WhyKind.REOPENED);
    assertThat(reopened("m", 1).reason()).isNotBlank();
    assertThat(only(InquiryAssigned.class).why().sentence())
        .doesNotContain(reopened("m", 1).reason());
    act("m", Acts.resolve(GA, "1", How.ANSWERED, "설명드렸습니다"));
    assertThat(all(InquiryResolved.class)).extracting(InquiryResolved::step).containsExactly(1, 3);
  }

  @Test
  void whoHadTheCallDescribesItEvenWhenItIsPutThroughAndNobodyElse() {
    on(ringing("p", null));
    on(answered("p", "agent-1"));
    on(ended("p", CallOutcome.ANSWERED, "agent-1", "roads"));
    assertThat(only(InquiryResolved.class).how()).isEqualTo(How.CONNECTED);
    Acts.Words words = new Acts.Words("road-damage", "도로", "도로가 패였습니다", null, null);

    assertThat(act("p", Acts.describe(NA, "1", words)).outcome()).isInstanceOf(TooLate.class);
    assertThat(act("p", Acts.describe(GA, "1", words)).outcome()).isInstanceOf(Done.class);
    assertThat(act("p", Acts.describe(GA, "1", words)).outcome()).isInstanceOf(Repeated.class);
    Actor admin = new Actor("gyeongju-admin", "관리자", null);
    assertThat(act("p", Acts.describe(admin, "2", words)).outcome()).isInstanceOf(Done.class);

    assertThat(all(Event.InquiryDescribed.class))
        .extracting(Event.InquiryDescribed::step, Event.InquiryDescribed::revision)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, 1), org.assertj.core.groups.Tuple.tuple(2, 2));
    assertThat(deskOf("gyeongju")).isEmpty();
    assertThat(store.find("p").block().state()).isEqualTo("resolved");
  }

  @Test
  void aNameWrittenDownLaterKeepsTheWayToReachTheCitizen() {
    on(written("q", null, "문의드립니다"));
    act("q", Acts.describe(GA, "1", about(new Event.Contact(null, null, "mail", null))));
    act("q", Acts.describe(GA, "2", about(new Event.Contact("name", null, null, null))));
    assertThat(store.find("q").block().contact())
        .isEqualTo(new Event.Contact("name", "sealed", "mail", "hash"));

    act("q", Acts.describe(GA, "3", about(new Event.Contact(null, "other", null, "other hash"))));
    assertThat(store.find("q").block().contact())
        .isEqualTo(new Event.Contact("name", "other", "mail", "other hash"));
  }

  private static Acts.Words about(Event.Contact contact) {
    return new Acts.Words(null, null, null, null, contact);
  }

  @Test
  void anAgentWhoEscalatesLateLeavesTheDepartmentLessTime() {
    on(written("w", "noise", "공사장에서 소음이 납니다"));
    clock.forward(Duration.ofDays(2));
    act("w", Acts.escalate(GA, "1", "parks", "grievance", null, null));

    assertThat(only(ComplaintEscalated.class).dueAt())
        .isEqualTo(Instant.parse("2026-12-01T14:59:59Z"));
  }

  @Test
  void whatTheCitizenAsksAgainHasItsPeriodFromThen() {
    on(written("x", "passport", "여권 준비물이 무엇인가요"));
    on(written("y", "passport", "여권 준비물이 무엇인가요"));
    on(reopened("x", 1));
    on(reopened("y", 1));
    clock.forward(Duration.ofDays(5));
    act("x", Acts.escalate(GA, "1", "parks", "grievance", null, null));
    act("y", Acts.escalate(GA, "1", "parks", "system-question", null, null));
    clock.forward(Duration.ofDays(1));
    on(returned("x", 3, "parks"));

    assertThat(reopened("x", 1).at()).isEqualTo(Instant.parse("2026-11-24T04:00:00Z"));
    assertThat(all(ComplaintEscalated.class))
        .extracting(ComplaintEscalated::about, ComplaintEscalated::step, ComplaintEscalated::dueAt)
        .containsExactly(
            tuple("x", 3, Instant.parse("2026-12-02T14:59:59Z")),
            tuple("y", 3, Instant.parse("2026-12-02T14:59:59Z")),
            tuple("x", 4, Instant.parse("2026-12-02T14:59:59Z")));
  }

  /** A department had it and was done with it; what the desk has now was never escalated. */
  @Test
  void whatIsAskedAgainAndWaitsAtTheDeskIsNotLateByTheOldPeriod() {
    on(written("z", "noise", "공사장에서 소음이 납니다"));
    act("z", Acts.escalate(GA, "1", "parks", "grievance", null, null));
    on(returned("z", 2, "parks"));
    on(returned("z", 3, "environment"));
    assertThat(deskOf("gyeongju").get(0).dueAt()).isNotNull();
    act("z", Acts.resolve(GA, "2", How.ANSWERED, "예"));
    on(reopened("z", 5));

    assertThat(deskOf("gyeongju"))
        .singleElement()
        .satisfies(item -> assertThat(item.dueAt()).isNull());
  }

  @Test
  void anotherKindOfPetitionHasItsOwnLimitFromTheReceipt() {
    on(written("r", "noise", "공사장에서 소음이 납니다"));
    clock.forward(Duration.ofDays(1));
    act("r", Acts.escalate(GA, "1", "parks", "grievance", null, null));
    on(written("s", "noise", "공사장에서 소음이 납니다"));
    act("s", Acts.escalate(GA, "1", "parks", "statute-question", null, null));
    clock.forward(Duration.ofDays(2));
    on(returned("r", 2, "parks"));
    on(returned("r", 3, "environment"));
    act("r", Acts.escalate(NA, "2", "building", "statute-question", null, null));

    List<ComplaintEscalated> all = all(ComplaintEscalated.class);
    ComplaintEscalated fresh =
        all.stream().filter(it -> it.about().equals("s")).findFirst().orElseThrow();
    List<ComplaintEscalated> moved = all.stream().filter(it -> it.about().equals("r")).toList();
    assertThat(moved).hasSize(3);
    assertThat(moved.get(1).dueAt()).isEqualTo(moved.get(0).dueAt());
    assertThat(moved.get(2).dueAt()).isEqualTo(fresh.dueAt()).isNotEqualTo(moved.get(0).dueAt());
  }

  @Test
  void aCaseThatCannotBeSentDoesNotHoldUpTheOthers() {
    brokerAway = true;
    for (String id : List.of("t1", "t2", "t3")) {
      assertThatThrownBy(() -> on(written(id, null, "문의드립니다")))
          .isInstanceOf(BrokerAwayException.class);
      act(id, Acts.resolve(GA, "1", How.ANSWERED, "예"));
    }
    brokerAway = false;
    refused = "t1";
    clock.forward(Duration.ofSeconds(10));

    cases.finishUnsent().block();

    assertThat(all(InquiryResolved.class))
        .extracting(InquiryResolved::about)
        .containsExactlyInAnyOrder("t2", "t3");
    assertThat(store.marks().collectList().block())
        .extracting(MongoCases.Mark::inquiryId)
        .containsExactly("t1");
  }

  @Test
  void aCallOpenedByHandBelongsToWhoOpenedItAndDoesNotRing() {
    Event.CallReceived call = ringing("u", "가로등이 꺼졌습니다");
    on(
        new Event.CallReceived(
            call.inquiry(),
            call.at(),
            0,
            Door.DESK,
            call.direction(),
            null,
            "agent-2",
            false,
            null,
            call.text(),
            null,
            null,
            null));

    DeskItem item = deskOf("gyeongju").get(0);
    assertThat(item.call()).isNull();
    assertThat(item.agent()).isEqualTo("agent-2");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfFactsDoesNotMatter(long seed) {
    String call = "n" + seed;
    String complaint = "o" + seed;
    List<Event> facts =
        new ArrayList<>(
            List.of(
                ringing(call, null),
                answered(call, "agent-1"),
                ended(call, CallOutcome.ANSWERED, "agent-1", "roads"),
                written(complaint, "road-damage", "도로"),
                done(complaint, 1, "roads"),
                reopened(complaint, 1),
                returned(complaint, 2, "roads")));
    facts.addAll(List.copyOf(facts));
    Collections.shuffle(facts, new Random(seed));

    facts.forEach(this::on);

    assertThat(all(InquiryResolved.class))
        .singleElement()
        .satisfies(
            end -> {
              assertThat(end.how()).isEqualTo(How.CONNECTED);
              assertThat(end.who()).isEqualTo("agent-1");
              assertThat(end.department()).isNull();
              assertThat(end.atFirstContact()).isTrue();
            });
    assertThat(deskOf("gyeongju"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.inquiryId()).isEqualTo(complaint);
              assertThat(item.whyKind()).isEqualTo("returned");
              assertThat(item.step()).isEqualTo(3);
            });
  }

  @Test
  void whoComesBackAboutTheSameIsNoticedWhenTheAgentNamesTheSubject() {
    on(call("v1", "tel", NOON));
    on(answered("v1", "agent-1"));
    act("v1", Acts.describe(GA, "1", new Acts.Words("waste", null, "수거 문의", null, null)));
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    cases
        .act("gyeongju", "v1", Acts.resolve(GA, "2", How.ANSWERED, "예"))
        .contextWrite(Traces.causedBy(trace))
        .block();
    clock.forward(Duration.ofDays(2).plusMinutes(1));
    on(call("v2", "tel", clock.instant()));
    on(answered("v2", "agent-2"));
    assertThat(all(InquiryRepeated.class)).isEmpty();

    String other = "00-1bf7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Acts.Words words = new Acts.Words("waste", null, "또 안 가져갔습니다", null, null);
    cases
        .act("gyeongju", "v2", Acts.describe(NA, "1", words))
        .contextWrite(Traces.causedBy(other))
        .block();
    on(ended("v2", CallOutcome.ANSWERED, "agent-2", null));

    assertThat(sent).filteredOn(InquiryRepeated.class::isInstance).hasSize(1);
    InquiryRepeated repeated = only(InquiryRepeated.class);
    assertThat(repeated)
        .isEqualTo(
            new InquiryRepeated(
                inquiry("v1", Channel.TELEPHONE, "waste"), NOON.plus(Duration.ofDays(2)), 2));
    assertThat(repeated.id()).isEqualTo("inquiry-repeated/v1/2");
    assertThat(traces).containsEntry(repeated.id(), trace);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whicheverIsHandledLastFindsTheOther(long seed) {
    String first = "w1" + seed;
    String again = "w2" + seed;
    Event.Inquiry earlier = inquiry(first, Channel.TELEPHONE, null);
    Event.Inquiry later =
        new Event.Inquiry(
            again, null, "gyeongju", Channel.TELEPHONE, null, NOON.plus(Duration.ofDays(7)));
    List<Event> facts =
        new ArrayList<>(
            List.of(
                call(first, "tel" + seed, NOON.minusSeconds(900)),
                described(earlier, "waste"),
                call(again, "tel" + seed, NOON.plus(Duration.ofDays(7))),
                answered(again, "agent-2"),
                described(later, "waste"),
                call("w3" + seed, "other" + seed, NOON.plusSeconds(60)),
                described(inquiry("w3" + seed, Channel.TELEPHONE, null), "waste")));
    facts.addAll(List.copyOf(facts));
    Collections.shuffle(facts, new Random(seed));
    int resolvedAfter = (int) (seed % facts.size());
    clock.set(NOON);
    for (int i = 0; i < facts.size(); i++) {
      on(facts.get(i));
      if (i >= resolvedAfter) {
        act(first, Acts.resolve(GA, "1", How.ANSWERED, "예"));
      }
    }

    InquiryRepeated repeated = only(InquiryRepeated.class);
    assertThat(repeated.id()).isEqualTo("inquiry-repeated/" + first + "/2");
    assertThat(repeated.at()).isEqualTo(NOON.plus(Duration.ofDays(7)));
    assertThat(sent).filteredOn(InquiryRepeated.class::isInstance).hasSize(1);
  }

  @Test
  void ofTwoThatAreNotedAtTheSameMomentOneFindsTheOther() {
    Acts.Words words = new Acts.Words("waste", null, "내용", null, null);
    for (int i = 0; i < 25; i++) {
      String first = "s1-" + i;
      String again = "s2-" + i;
      on(from(written(first, "waste", "문의드립니다"), "tel" + i, NOON.minusSeconds(60)));
      on(from(written(again, null, "문의드립니다"), "tel" + i, NOON.plusSeconds(60)));
      Flux.just(
              cases.act("gyeongju", first, Acts.resolve(GA, "1", How.ANSWERED, "예")),
              cases.act("gyeongju", again, Acts.describe(NA, "2", words)))
          .flatMap(act -> act.subscribeOn(Schedulers.parallel()))
          .blockLast();

      assertThat(all(InquiryRepeated.class)).as(first).hasSize(i + 1);
    }
  }

  @Test
  void anotherCityAndAHangUpAreNoNewContact() {
    settle("x1", "tel");
    on(
        new CallReceived(
            new Event.Inquiry(
                "x2", null, "cheonan", Channel.TELEPHONE, "waste", NOON.plusSeconds(60)),
            NOON.plusSeconds(60),
            0,
            Door.DESK,
            null,
            null,
            "agent-1",
            false,
            null,
            "쓰레기",
            null,
            new Event.Contact(null, "sealed", null, "tel"),
            null));
    CallReceived rings = call("x3", "tel", NOON.plusSeconds(60));
    on(withCategory(rings, "waste"));
    on(ended("x3", CallOutcome.ABANDONED, null, null));

    assertThat(all(InquiryRepeated.class)).isEmpty();
    on(withCategory(call("x4", "tel", NOON.plusSeconds(90)), "waste"));
    assertThat(all(InquiryRepeated.class)).as("it only rings").isEmpty();
    on(answered("x4", "agent-1"));
    assertThat(only(InquiryRepeated.class).about()).isEqualTo("x1");
  }

  @Test
  void whatCouldNotBeSaidIsSaidWithTheRedeliveredRecord() {
    settle("y1", "tel");
    CallReceived again = from(written("y2", "waste", "또"), "tel", NOON.plusSeconds(60));
    refused = "y1";
    assertThatThrownBy(() -> on(again)).isInstanceOf(BrokerAwayException.class);
    refused = "";

    on(again);
    on(again);

    assertThat(sent).filteredOn(InquiryRepeated.class::isInstance).hasSize(1);
    assertThat(only(InquiryRepeated.class).about()).isEqualTo("y1");
  }

  @Test
  void afterARebuildThatSaysNothingTheRedeliveredRecordSaysIt() {
    CallReceived again = from(written("z2", "waste", "또"), "tel", NOON.plusSeconds(60));
    settle("z1", "tel");
    List<InquiryEvent> told = List.copyOf(sent);
    Cases rebuilding =
        new Cases(
            store,
            event -> Mono.error(new IllegalStateException("a rebuild tells nobody")),
            CITIES,
            NAMES,
            clock,
            GRACE);
    sent.clear();

    rebuilding.recall(List.of(Entry.fact(again, NOON))).block();
    rebuilding.recall(told.stream().map(Entry::told).toList()).block();
    assertThat(sent).isEmpty();
    on(again);

    assertThat(only(InquiryRepeated.class).about()).isEqualTo("z1");
  }

  @Test
  void whoeverIsErasedNeitherComesBackNorIsComeBackTo() {
    CallReceived first = settle("p1", "tel");
    on(first.erase());
    on(from(written("p2", "waste", "또"), "tel", NOON.plusSeconds(60)));
    assertThat(all(InquiryRepeated.class)).isEmpty();

    settle("q1", "tel2");
    CallReceived later = from(written("q2", null, "또"), "tel2", NOON.plusSeconds(60));
    on(later);
    on(later.erase());
    act("q2", Acts.describe(GA, "1", new Acts.Words("waste", null, "또", null, null)));
    assertThat(all(InquiryRepeated.class)).isEmpty();

    settle("r1", "tel3");
    CallReceived last = from(written("r2", "waste", "또"), "tel3", NOON.plusSeconds(60));
    on(last);
    InquiryRepeated said = only(InquiryRepeated.class);
    on(last.erase());
    on(last);
    assertThat(only(InquiryRepeated.class)).isEqualTo(said);
    assertThat(said.toString()).doesNotContain("r2");
  }

  /** An inquiry about waste that an agent settles at noon. */
  private CallReceived settle(String id, String telephone) {
    CallReceived received = from(written(id, "waste", "쓰레기 문의"), telephone, NOON.minusSeconds(60));
    on(received);
    if (cases.find("gyeongju", id).block().atDesk().isEmpty()) {
      throw new IllegalStateException("a rule has taken it");
    }
    act(id, Acts.resolve(GA, "1", How.ANSWERED, "예"));
    return received;
  }

  private static CallReceived call(String id, String telephone, Instant at) {
    return from(ringing(id, null), telephone, at);
  }

  private static CallReceived withCategory(CallReceived call, String category) {
    return new CallReceived(
        call.inquiry().withCategory(category),
        call.at(),
        0,
        call.door(),
        call.direction(),
        call.called(),
        call.agent(),
        false,
        null,
        call.text(),
        null,
        call.contact(),
        null);
  }

  private static Event.InquiryDescribed described(Event.Inquiry inquiry, String category) {
    return new Event.InquiryDescribed(
        inquiry.withCategory(category), NOON, 1, 1, "agent-1", null, "내용", null, null);
  }

  @Test
  void aCaseIsAPrecedentWhileAnAgentsAnswerStandsAndNotOnceItIsErased() {
    CallReceived call = written("p1", null, "벤치를 더 놓아 주십시오");
    on(call);
    assertThat(precedents()).isEmpty();
    act("p1", Acts.resolve(GA, "1", How.ANSWERED, "내년에 놓습니다"));
    assertThat(precedents()).containsExactly("p1");

    on(reopened("p1", 2));
    assertThat(precedents()).isEmpty();
    clock.forward(Duration.ofMinutes(1));
    act("p1", Acts.resolve(GA, "2", How.ANSWERED, "올해 놓습니다"));
    assertThat(precedents()).containsExactly("p1");
    Case known = cases.find("gyeongju", "p1").block();
    assertThat(Precedent.of(known))
        .get()
        .returns("올해 놓습니다", Precedent::answer)
        .returns(null, Precedent::department)
        .returns("\n벤치를 더 놓아 주십시오", Precedent::words);

    on(call.erase());
    assertThat(precedents()).isEmpty();
  }

  @Test
  void aCaseIsAPrecedentOnceItsDepartmentSettledIt() {
    on(written("p2", "road-damage", "도로가 패였습니다"));
    assertThat(precedents()).isEmpty();
    on(done("p2", 1, "roads"));

    assertThat(precedents()).containsExactly("p2");
    assertThat(Precedent.of(cases.find("gyeongju", "p2").block()))
        .get()
        .returns("roads", Precedent::department)
        .returns(null, Precedent::answer);
  }

  @ParameterizedTest
  @EnumSource(names = {"DONE", "CONNECTED", "CANCELLED", "REFERRED"})
  void whatAnAgentDidNotAnswerIsNoPrecedent(How how) {
    on(written("p3" + how, null, "벤치를 더 놓아 주십시오"));
    act("p3" + how, Acts.resolve(GA, "1", how, "말"));

    assertThat(precedents()).isEmpty();
  }

  @Test
  void theNewestPrecedentsAreReadAndOlderOnesForgotten() {
    for (int i = 0; i < 5; i++) {
      on(written("q" + i, null, "벤치"));
      act("q" + i, Acts.resolve(GA, "1", How.ANSWERED, "예"));
      clock.forward(Duration.ofSeconds(10));
    }
    assertThat(
            store.precedents("gyeongju", 2).map(MongoCases.Ended::inquiryId).collectList().block())
        .containsExactly("q4", "q3");
    assertThat(
            store
                .precedentsSince("gyeongju", NOON.plusSeconds(30))
                .map(MongoCases.Ended::inquiryId)
                .collectList()
                .block())
        .containsExactly("q3", "q4");
    assertThat(store.precedents("cheonan", 5).collectList().block()).isEmpty();

    store.forgetPrecedentsBefore("gyeongju", NOON.plusSeconds(30)).block();

    assertThat(precedents()).containsExactly("q4", "q3");
  }

  @Test
  void aPlaceKnowsItsLastInquiriesUntilTheyAreErased() {
    CallReceived first = at("r1", "황성공원", NOON);
    on(first);
    on(at("r2", "경주시 황성 공원", NOON.plusSeconds(5)));
    on(at("r3", "봉황대", NOON.plusSeconds(7)));
    on(first);
    assertThat(at("황성공원")).containsExactly("r2", "r1");

    on(first.erase());

    assertThat(at("황성공원")).containsExactly("r2");
  }

  private List<String> at(String address) {
    String place = Place.key(CITIES.city("gyeongju").orElseThrow(), address).orElseThrow();
    return store.ofPlace("gyeongju", place, 10).collectList().block();
  }

  private static CallReceived at(String id, String address, Instant at) {
    CallReceived call = from(written(id, "road-damage", "도로가 패였습니다"), "tel" + id, at);
    return new CallReceived(
        call.inquiry(),
        at,
        0,
        call.door(),
        null,
        null,
        null,
        false,
        null,
        call.text(),
        new Event.Place(address, null, null),
        null,
        null);
  }

  private List<String> precedents() {
    return store.precedents("gyeongju", 10).map(MongoCases.Ended::inquiryId).collectList().block();
  }

  private void on(Event event) {
    cases.on(event).block();
  }

  private Cases.Result act(String id, Acts.Act act) {
    return cases.act("gyeongju", id, act).block();
  }

  private List<DeskItem> deskOf(String city) {
    return store.desk(city).collectList().block();
  }

  private Mono<Void> send(InquiryEvent event) {
    return Traces.current()
        .flatMap(
            trace ->
                Mono.fromRunnable(
                    () -> {
                      if (brokerAway || event.about().equals(refused)) {
                        throw new BrokerAwayException(new IllegalStateException("away"));
                      }
                      sent.add(event);
                      trace.ifPresent(it -> traces.put(event.id(), it));
                    }));
  }

  private <E> E only(Class<E> type) {
    List<E> all = all(type);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** What a consumer sees who counts each id once. */
  private <E> List<E> all(Class<E> type) {
    return sent.stream().distinct().filter(type::isInstance).map(type::cast).toList();
  }

  /** A clock that stands still until it is moved. */
  private static final class HandClock extends Clock {
    private Instant now = NOON;

    void set(Instant to) {
      now = to;
    }

    void forward(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
