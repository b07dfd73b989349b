package barocall.routing.cases;

import barocall.contract.Event.InquiryEvent;
import barocall.testkit.model.Access;
import barocall.testkit.model.Access.Effect;
import barocall.testkit.model.Replay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store of cases, and the broker, as steps of a schedule. */
final class SteppedCases implements CaseStore {
  static final String SENT = "the broker's log";
  static final String MARKS = "marks";
  static final String ACKNOWLEDGED = "acknowledged facts";
  private static final String DAYS = "days";

  private final boolean withVersions;
  private @Nullable Replay replay;

  /**
   * @param withVersions whether a case is written only where its version is the one read
   */
  SteppedCases(boolean withVersions) {
    this.withVersions = withVersions;
  }

  /** What is done next, is done in that run. */
  void runIn(Replay replay) {
    this.replay = replay;
  }

  static String caseOf(String inquiryId) {
    return "case " + inquiryId;
  }

  static String deskOf(String inquiryId) {
    return "desk " + inquiryId;
  }

  private <T> Mono<T> later(Access access, java.util.function.Function<Object, Mono<T>> as) {
    return Mono.defer(() -> java.util.Objects.requireNonNull(replay).later(access, as));
  }

  private Mono<Void> change(String name, String document, UnaryOperator<@Nullable Object> by) {
    return later(
        Access.access(name, document, content -> new Effect(by.apply(content), "done")),
        done -> Mono.empty());
  }

  /** To the broker. */
  Mono<Void> send(InquiryEvent event) {
    return change("sends " + event.id(), SENT, log -> with(log, event));
  }

  /** That a fact need not be delivered again. */
  Mono<Void> acknowledge(InquiryEvent fact) {
    return change("acknowledges " + fact.id(), ACKNOWLEDGED, done -> with(done, fact.id()));
  }

  /** A set with one more in it. */
  private static Set<Object> with(@Nullable Object set, Object more) {
    Set<Object> all = new HashSet<>(set(set));
    all.add(more);
    return Set.copyOf(all);
  }

  static Set<?> set(@Nullable Object content) {
    return content instanceof Set<?> set ? set : Set.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<Long, Mark> marks(@Nullable Object content) {
    return content == null ? Map.of() : (Map<Long, Mark>) content;
  }

  @Override
  public Mono<Case> find(String inquiryId) {
    return later(
        Access.read("all", caseOf(inquiryId), Optional::ofNullable),
        found -> Mono.justOrEmpty((Optional<?>) found).map(Case.class::cast));
  }

  @Override
  public Mono<Boolean> write(Case changed) {
    String document = caseOf(changed.inquiryId());
    return later(
        Access.access(
            "writes " + document + " as version " + changed.version(),
            document,
            content -> {
              long version = content instanceof Case there ? there.version() : 0;
              return version == changed.version() - 1 || !withVersions
                  ? new Effect(changed, true)
                  : new Effect(content, false);
            }),
        won -> Mono.just((Boolean) won));
  }

  @Override
  public Mono<Void> mark(String inquiryId, long version, Instant now) {
    return change(
        "marks version " + version,
        MARKS,
        content -> {
          Map<Long, Mark> marks = new TreeMap<>(marks(content));
          marks.put(version, new Mark(inquiryId, version, now));
          return Map.copyOf(marks);
        });
  }

  @Override
  public Mono<Void> unmark(String inquiryId, long version) {
    return change(
        "forgets the mark of version " + version,
        MARKS,
        content -> {
          Map<Long, Mark> marks = new TreeMap<>(marks(content));
          marks.remove(version);
          return marks.isEmpty() ? null : Map.copyOf(marks);
        });
  }

  @Override
  public Flux<Mark> marks() {
    return later(
            Access.read(
                "all", MARKS, content -> List.copyOf(new TreeMap<>(marks(content)).values())),
            marks -> Mono.just((List<?>) marks))
        .flatMapIterable(ArrayList::new)
        .cast(Mark.class);
  }

  @Override
  public Mono<Void> show(DeskItem item) {
    return change(
        "shows version " + item.version(),
        deskOf(item.inquiryId()),
        content ->
            content instanceof DeskItem there && there.version() >= item.version() ? there : item);
  }

  @Override
  public Mono<Void> hide(String city, String inquiryId) {
    return change("hides it", deskOf(inquiryId), content -> null);
  }

  @Override
  public Mono<Void> noteDeed(
      String city, String agent, LocalDate day, String what, String eventId) {
    return change("notes a deed", DAYS, content -> with(content, agent + what + eventId));
  }

  // Of no account for what is gone through here: no telephones, places and calls; what others learn
  // from a case, and by what it is found, decides nothing.

  @Override
  public Mono<Void> notePlace(String city, String place, Instant receivedAt, String inquiryId) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> forgetPlace(String city, String place, Instant receivedAt, String inquiryId) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> notePrecedent(String city, Instant at, String inquiryId) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> forgetPrecedent(String city, Instant at, String inquiryId) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> noteClues(Case known, Instant receivedAt, Set<Clue> clues) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> noteChange(Case known, Instant now) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> forgetClues(Case known, Instant receivedAt, Set<Clue> clues) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> wake(String inquiryId, Instant at) {
    return Mono.empty();
  }

  @Override
  public Flux<Waking> toWake(Instant now) {
    return Flux.empty();
  }

  @Override
  public Mono<Void> awake(Waking waking) {
    return Mono.empty();
  }

  @Override
  public Mono<Void> changeCaller(
      String city, String telephoneHash, Function<Caller, Mono<Caller>> change) {
    return Mono.empty();
  }
}
