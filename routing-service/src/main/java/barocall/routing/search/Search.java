package barocall.routing.search;

import barocall.access.Vault;
import barocall.routing.cases.Case;
import barocall.routing.cases.Clue;
import barocall.routing.cases.NameHashes;
import barocall.routing.search.CaseIndex.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Finds any case of a city, open or closed, by whatever of it is known: its number, a whole
 * telephone number or name, or words. Each is looked up as it stands now, and left out where that
 * is not true of it any more, such as after it was erased.
 */
public final class Search {
  /** How many are shown; who wants others says more. */
  public static final int SHOWN = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Search.class);

  private static final Comparator<Hit> ORDER =
      Comparator.<Hit, Boolean>comparing(hit -> hit.known().atDesk().isEmpty())
          .thenComparing(Hit::by)
          .thenComparing(hit -> receivedAt(hit.known()), Comparator.reverseOrder());

  private final Source source;
  private final Indexes indexes;
  private final NameHashes names;
  private final Vault vault;

  Search(Source source, Indexes indexes, NameHashes names, Vault vault) {
    this.source = source;
    this.indexes = indexes;
    this.names = names;
    this.vault = vault;
  }

  /** By what it was found, the surest first. */
  public enum By {
    ID,
    NUMBER,
    TELEPHONE,
    NAME,
    WORDS
  }

  /** A case as it stands now. */
  public record Hit(Case known, By by) {
    @Override
    public String toString() {
      return "Hit[" + known.inquiryId() + "]";
    }
  }

  /**
   * What was found.
   *
   * @param ready whether every case can be found by its words; else some, or none
   * @param more whether there is more than that
   * @param hits what waits at the desk first, then what is surest, then the newest
   */
  public record Hits(boolean ready, boolean more, List<Hit> hits) {}

  /** What leads to cases: their ids, the newest first. */
  private record Lead(By by, List<String> ids, boolean more, boolean ready) {
    static Lead of(By by, List<String> ids) {
      boolean more = ids.size() > SHOWN;
      return new Lead(by, more ? ids.subList(0, SHOWN) : ids, more, true);
    }
  }

  /** All that it may be is looked for at once. */
  public Mono<Hits> find(String city, Wanted wanted) {
    String telephone =
        wanted.telephone() == null ? null : vault.telephoneHash(city).of(wanted.telephone());
    String name = wanted.name() == null ? null : vault.telephoneHash(city).ofName(wanted.name());
    return Flux.merge(
            Mono.just(Lead.of(By.ID, wanted.inquiryIds())),
            byClue(city, Clue.Kind.NUMBER, By.NUMBER, wanted.number(), Flux.empty()),
            byClue(
                city,
                Clue.Kind.TELEPHONE,
                By.TELEPHONE,
                telephone,
                telephone == null ? Flux.empty() : source.ofCaller(city, telephone)),
            byClue(city, Clue.Kind.NAME, By.NAME, name, Flux.empty()),
            byWords(city, wanted.words()))
        .collectList()
        .flatMap(leads -> hits(city, leads, wanted, telephone, name));
  }

  private Mono<Lead> byClue(
      String city, Clue.Kind kind, By by, @Nullable String value, Flux<String> others) {
    return value == null
        ? Mono.empty()
        : source
            .byClue(city, new Clue(kind, value), SHOWN + 1)
            .concatWith(others)
            .distinct()
            .collectList()
            .map(ids -> Lead.of(by, ids));
  }

  /** Where the index cannot be read, everything else is found all the same. */
  private Mono<Lead> byWords(String city, @Nullable String words) {
    if (words == null) {
      return Mono.empty();
    }
    return Mono.fromCallable(() -> indexes.find(city, words, SHOWN))
        .map(found -> lead(found, indexes.isReady(city)))
        .subscribeOn(Schedulers.boundedElastic())
        .onErrorResume(
            failure -> {
              LOG.warn(
                  "Words of {} cannot be searched: {}", city, failure.getClass().getSimpleName());
              return Mono.just(lead(Found.NOTHING, false));
            });
  }

  private static Lead lead(Found found, boolean ready) {
    return new Lead(By.WORDS, found.ids(), found.more(), ready);
  }

  private Mono<Hits> hits(
      String city,
      List<Lead> leads,
      Wanted wanted,
      @Nullable String telephone,
      @Nullable String name) {
    Map<String, Set<By>> all = new LinkedHashMap<>();
    leads.forEach(
        lead ->
            lead.ids()
                .forEach(
                    id -> all.computeIfAbsent(id, any -> EnumSet.noneOf(By.class)).add(lead.by())));
    boolean more = leads.stream().anyMatch(Lead::more);
    boolean ready = leads.stream().allMatch(Lead::ready);
    return Flux.fromIterable(all.keySet())
        .flatMap(source::find, all.size() + 1)
        .filter(known -> known.city().equals(city))
        .collectList()
        // Names are opened and words analysed, which is no work for the thread that brought them.
        .publishOn(Schedulers.boundedElastic())
        .map(
            found -> {
              List<Hit> hits = new ArrayList<>();
              for (Case known : found) {
                all.getOrDefault(known.inquiryId(), Set.of()).stream()
                    .filter(by -> isSo(by, known, wanted, telephone, name))
                    .findFirst()
                    .ifPresent(by -> hits.add(new Hit(known, by)));
              }
              hits.sort(ORDER);
              return new Hits(
                  ready,
                  more || hits.size() > SHOWN,
                  List.copyOf(hits.subList(0, Math.min(SHOWN, hits.size()))));
            });
  }

  private boolean isSo(
      By by, Case known, Wanted wanted, @Nullable String telephone, @Nullable String name) {
    return switch (by) {
      case ID -> true;
      case NUMBER ->
          wanted.number() != null && wanted.number().equals(known.inquiry().receiptNumber());
      case TELEPHONE -> telephone != null && known.telephoneHashes().contains(telephone);
      case NAME -> name != null && known.nameHashes(names).contains(name);
      case WORDS ->
          !known.isErasedInPart() || (wanted.words() != null && indexes.has(known, wanted.words()));
    };
  }

  private static Instant receivedAt(Case known) {
    return Optional.ofNullable(known.inquiry().receivedAt()).orElse(Instant.EPOCH);
  }
}
