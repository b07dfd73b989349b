package barocall.routing.precedents;

import barocall.city.Cities;
import barocall.city.City;
import barocall.routing.cases.Case;
import barocall.routing.cases.Precedent;
import barocall.routing.precedents.Likeness.Alike;
import barocall.routing.precedents.Likeness.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The newest precedents of each city, to be asked what was done with inquiries like one. Each
 * instance of the service has them all, in memory: it reads them when it starts and then what ended
 * since, in a thread of its own. Until then, and where that fails, nothing is alike; the desk does
 * without.
 *
 * <p>Nothing is shown by what stands here alone: whoever asks gets the cases as they are in the
 * store now, so that what was erased or opened again meanwhile is left out.
 */
public final class Precedents implements AutoCloseable {
  /** How many a city keeps: months of a large centre, and memory of some megabytes. */
  static final int KEPT = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(Precedents.class);

  /** Of what was read already so much is read again: others write, with clocks of their own. */
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private static final Duration WHOLE_EVERY = Duration.ofMinutes(10);
  private static final Duration AT_MOST = Duration.ofMinutes(5);
  private static final int AT_ONCE = 64;
  private static final int LOOKED_AT = 30;
  private static final int ANSWERS = 3;

  private final Map<String, City> cities;
  private final Source source;
  private final Clock clock;
  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread;
  private boolean failing;

  /** Where precedents lie, each named by its inquiry with the time of its end. */
  interface Source {
    Flux<Map.Entry<String, Instant>> newest(String city, int atMost);

    Flux<Map.Entry<String, Instant>> since(String city, Instant since);

    Mono<Void> forgetBefore(String city, Instant before);

    Mono<Case> find(String inquiryId);
  }

  /**
   * An answer to an inquiry like the one asked about.
   *
   * @param like whose answer it was, as it stands now
   * @param answer without telephone numbers and addresses
   * @param sameWords which words both have
   * @param times how many of the likest were answered so
   */
  public record PastAnswer(
      Case like, Precedent of, String answer, List<String> sameWords, int times) {
    @Override
    public String toString() {
      return "PastAnswer[" + of + "]";
    }
  }

  /** What became of inquiries like one: {@code of} so many the department settled so many. */
  public record PastDepartment(String department, int count, int of) {}

  /**
   * What was done with inquiries like one.
   *
   * @param ready false while the precedents are still being read
   */
  public record Past(boolean ready, List<PastAnswer> answers, List<PastDepartment> departments) {
    static final Past UNKNOWN = new Past(false, List.of(), List.of());
  }

  /** The precedents of one city and how far they were read. Only the thread changes it. */
  private static final class Shelf {
    final Likeness likeness;
    final Wording wording;
    volatile boolean ready;
    Instant readTo = Instant.EPOCH;
    Instant wholeAt = Instant.EPOCH;

    Shelf(City city) {
      this.wording =
          Wording.of(
              city.language(),
              city.categories().stream().flatMap(it -> it.keywords().stream()).toList());
      this.likeness = new Likeness(wording);
    }
  }

  Precedents(Source source, Cities cities, Clock clock, Duration every) {
    this.source = source;
    this.cities = cities.all().stream().collect(Collectors.toMap(City::id, Function.identity()));
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread reading = new Thread(work, "precedents");
              reading.setDaemon(true);
              return reading;
            });
    var unused =
        thread.scheduleWithFixedDelay(this::round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What was done with inquiries like that one. */
  public Mono<Past> like(Case asked) {
    Shelf shelf = shelves.get(asked.city());
    if (shelf == null || !asked.hasWords()) {
      return Mono.just(shelf == null ? Past.UNKNOWN : new Past(true, List.of(), List.of()));
    }
    return Mono.fromCallable(() -> find(shelf, asked, Kind.ANSWERED))
        .flatMapMany(Flux::fromIterable)
        .flatMapSequential(alike -> source.find(alike.inquiryId()), AT_ONCE)
        .collectList()
        // Analysing words is no work for the thread that brought the cases.
        .publishOn(Schedulers.boundedElastic())
        .map(
            cases ->
                new Past(
                    shelf.ready,
                    answers(cases, shelf.wording.words(asked.words())),
                    departments(find(shelf, asked, Kind.SETTLED))))
        .subscribeOn(Schedulers.boundedElastic())
        .onErrorResume(failure -> nothing(asked, failure));
  }

  /** Nobody needs it so much that the door should fail. */
  private static Mono<Past> nothing(Case asked, Throwable failure) {
    LOG.warn(
        "Nothing like {} could be looked for: {}",
        asked.inquiryId(),
        failure.getClass().getSimpleName());
    return Mono.just(Past.UNKNOWN);
  }

  private static List<Alike> find(Shelf shelf, Case asked, Kind kind) {
    return shelf.likeness.find(
        kind, asked.words(), asked.inquiry().category(), asked.inquiryId(), LOOKED_AT);
  }

  private List<PastAnswer> answers(List<Case> alike, Set<String> words) {
    Map<String, PastAnswer> answers = new LinkedHashMap<>();
    for (Case known : alike) {
      Optional<Precedent> found = Precedent.of(known).filter(it -> it.answer() != null);
      found.ifPresent(
          precedent -> {
            String answer = Masks.masked(String.valueOf(precedent.answer()));
            answers.merge(
                answer.replaceAll("(?U)\\s+", ""),
                new PastAnswer(known, precedent, answer, same(known, words), 1),
                Precedents::both);
          });
    }
    return answers.values().stream().limit(ANSWERS).toList();
  }

  /** The likest stands for all that were answered so. */
  private static PastAnswer both(PastAnswer first, PastAnswer second) {
    return new PastAnswer(
        first.like(),
        first.of(),
        first.answer(),
        first.sameWords(),
        first.times() + second.times());
  }

  private List<String> same(Case known, Set<String> words) {
    Shelf shelf = shelves.get(known.city());
    Set<String> theirs = shelf == null ? Set.of() : shelf.wording.wordsAndParts(known.words());
    return words.stream().filter(theirs::contains).toList();
  }

  private static List<PastDepartment> departments(List<Alike> settled) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Alike one : settled) {
      String department = one.department();
      if (department != null) {
        counts.merge(department, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(it -> new PastDepartment(it.getKey(), it.getValue(), settled.size()))
        .toList();
  }

  /** A failed round is said once, made good by the next, and holds up no other city. */
  private void round() {
    boolean failed = false;
    for (City city : cities.values()) {
      try {
        read(city);
      } catch (RuntimeException | LinkageError failure) {
        failed = true;
        if (!failing && !thread.isShutdown()) {
          LOG.warn(
              "Past answers of {} could not be read and will be tried again: {}",
              city.id(),
              failure.getClass().getSimpleName());
        }
      }
    }
    failing = failed;
  }

  private void read(City city) {
    Shelf shelf = shelves.computeIfAbsent(city.id(), id -> new Shelf(city));
    Instant now = clock.instant();
    boolean whole = !shelf.ready || shelf.wholeAt.isBefore(now.minus(WHOLE_EVERY));
    Instant since = whole ? Instant.EPOCH : shelf.readTo.minus(AGAIN);
    Map<String, Instant> there =
        listed(whole ? source.newest(city.id(), KEPT) : source.since(city.id(), since));
    if (whole && there.size() >= KEPT) {
      there.values().stream()
          .min(Instant::compareTo)
          .ifPresent(oldest -> source.forgetBefore(city.id(), oldest).block(AT_MOST));
    }
    Map<String, Instant> known = shelf.likeness.since(since);
    known.keySet().stream().filter(id -> !there.containsKey(id)).forEach(shelf.likeness::remove);
    Flux.fromIterable(there.entrySet())
        .filter(it -> !it.getValue().equals(known.get(it.getKey())))
        .flatMap(it -> source.find(it.getKey()).map(Precedent::of), AT_ONCE)
        .toStream(AT_ONCE)
        .flatMap(Optional::stream)
        .forEach(it -> put(shelf, it));
    shelf.likeness.show();
    shelf.readTo =
        there.values().stream()
            .max(Instant::compareTo)
            .filter(shelf.readTo::isBefore)
            .orElse(shelf.readTo);
    if (whole) {
      shelf.wholeAt = now;
    }
    shelf.ready = true;
  }

  /** One whose words cannot be analysed does not hold up the others. */
  private static void put(Shelf shelf, Precedent precedent) {
    try {
      shelf.likeness.put(precedent);
    } catch (RuntimeException unreadable) {
      LOG.warn(
          "Words of {} cannot be compared with others: {}",
          precedent.inquiryId(),
          unreadable.getClass().getSimpleName());
    }
  }

  /** Of a case that ended so more than once the last end. */
  private static Map<String, Instant> listed(Flux<Map.Entry<String, Instant>> precedents) {
    return precedents
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a.isAfter(b) ? a : b))
        .blockOptional(AT_MOST)
        .orElse(Map.of());
  }

  /** How many of a city are there now; null while they are being read. */
  @Nullable Integer size(String city) {
    Shelf shelf = shelves.get(city);
    return shelf == null || !shelf.ready ? null : shelf.likeness.size();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
