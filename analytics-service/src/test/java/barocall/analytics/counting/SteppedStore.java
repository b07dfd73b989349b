package barocall.analytics.counting;

import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Standing;
import barocall.testkit.model.Access;
import barocall.testkit.model.Access.Effect;
import barocall.testkit.model.Replay;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's store as steps of a schedule: each access to a document is one, also those to the
 * documents of one command, which the server takes one after the other. Of the rollups only the
 * total stands alone; the others, which a command writes after it, are read and written at once.
 */
final class SteppedStore implements CountingStore {
  private final Replay replay;
  private final Collection<String> known;
  private final Set<Guard> missing;

  /** What refuses a writer that was overtaken; taken away to see that the model notices. */
  enum Guard {
    VERSION,
    OPEN_VERSION,
    OFFSET,
    POSITION
  }

  /** The rollups that are read and written at once, by id. */
  record Rollups(Map<String, Rollup> byId) {
    static final Rollups EMPTY = new Rollups(Map.of());

    Rollup get(String id) {
      return byId.getOrDefault(id, Rollup.EMPTY);
    }

    Rollups with(String id, Rollup rollup) {
      Map<String, Rollup> more = new TreeMap<>(byId);
      more.put(id, rollup);
      return new Rollups(Map.copyOf(more));
    }
  }

  /** A rollup. */
  record Rollup(Map<String, Long> counted, Map<String, Long> amounts) {
    static final Rollup EMPTY = new Rollup(Map.of(), Map.of());

    Rollup with(Addition addition, String partition) {
      Map<String, Long> offsets = new TreeMap<>(counted);
      offsets.put(partition, addition.last());
      Map<String, Long> sums = new TreeMap<>(amounts);
      addition.amounts().forEach((path, amount) -> sums.merge(path, amount, Long::sum));
      return new Rollup(Map.copyOf(offsets), Map.copyOf(sums));
    }
  }

  /** An entry of what is open. */
  record Listed(long version, Standing standing) {}

  /** Where a partition's next batch begins. */
  record Position(long next, String topicId) {}

  /**
   * @param known every inquiry that there is
   * @param missing guards that this store does not have
   */
  SteppedStore(Replay replay, Collection<String> known, Set<Guard> missing) {
    this.replay = replay;
    this.known = known;
    this.missing = missing.isEmpty() ? EnumSet.noneOf(Guard.class) : EnumSet.copyOf(missing);
  }

  static String inquiry(String id) {
    return "inquiry " + id;
  }

  static String open(String id) {
    return "open " + id;
  }

  /** The document that a rollup stands in. */
  static String rollup(String id) {
    return id.endsWith("/total") ? "rollup of all times" : "other rollups";
  }

  static String positionOf(String partition) {
    return "position " + partition;
  }

  @Override
  public Map<String, InquiryFacts> inquiries(Collection<String> ids) {
    Map<String, InquiryFacts> found = new LinkedHashMap<>();
    for (String id : ids) {
      this.<InquiryFacts>found(Access.read("all", inquiry(id), Optional::ofNullable))
          .ifPresent(inquiry -> found.put(id, inquiry));
    }
    return found;
  }

  @Override
  public boolean write(List<InquiryFacts> fresh, List<InquiryFacts> grown) {
    boolean won = true;
    for (InquiryFacts inquiry : fresh) {
      won &= yes(write("inserts", inquiry, 0));
    }
    for (InquiryFacts inquiry : grown) {
      won &= yes(write("replaces", inquiry, inquiry.version() - 1));
    }
    return won;
  }

  private Access write(String how, InquiryFacts inquiry, long asRead) {
    String document = inquiry(inquiry.inquiryId());
    return Access.access(
        how + " " + document + " as version " + inquiry.version(),
        document,
        content -> {
          long version = content instanceof InquiryFacts there ? there.version() : 0;
          return version == asRead || missing.contains(Guard.VERSION)
              ? new Effect(inquiry, true)
              : new Effect(content, false);
        });
  }

  @Override
  public Map<String, Long> versions(Collection<String> ids) {
    Map<String, Long> found = new LinkedHashMap<>();
    for (String id : new TreeSet<>(ids)) {
      this.<Long>found(
              Access.read(
                  "version",
                  inquiry(id),
                  content ->
                      Optional.ofNullable((InquiryFacts) content).map(InquiryFacts::version)))
          .ifPresent(version -> found.put(id, version));
    }
    return found;
  }

  @Override
  public void rewriteOpen(Map<InquiryFacts, Standing> standings) {
    standings.forEach((inquiry, standing) -> replay.answer(rewrite(inquiry, standing)));
  }

  private Access rewrite(InquiryFacts inquiry, Standing standing) {
    String document = open(inquiry.inquiryId());
    return Access.access(
        (standing.open() ? "lists" : "removes") + " " + document + " of " + inquiry.version(),
        document,
        content -> {
          long listed = content instanceof Listed there ? there.version() : -1;
          boolean older =
              standing.open() ? listed < inquiry.version() : listed <= inquiry.version();
          if (!older && !missing.contains(Guard.OPEN_VERSION)) {
            return new Effect(content, "left alone");
          }
          return new Effect(
              standing.open() ? new Listed(inquiry.version(), standing) : null, "done");
        });
  }

  @Override
  public Map<String, Long> openVersions() {
    Map<String, Long> found = new LinkedHashMap<>();
    for (String id : known) {
      this.<Long>found(
              Access.read(
                  "version",
                  open(id),
                  content -> Optional.ofNullable((Listed) content).map(Listed::version)))
          .ifPresent(version -> found.put(id, version));
    }
    return found;
  }

  @Override
  public Map<String, Long> lastCounted(Collection<String> rollupIds, String partition) {
    Map<String, Long> last = new LinkedHashMap<>();
    rollupIds.stream()
        .collect(Collectors.groupingBy(SteppedStore::rollup, TreeMap::new, Collectors.toSet()))
        .forEach((document, ids) -> last.putAll(lastCounted(document, ids, partition)));
    return last;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Long> lastCounted(String document, Set<String> ids, String partition) {
    return (Map<String, Long>)
        replay.answer(
            Access.read(
                "last offset",
                document,
                content -> {
                  Map<String, Long> last = new TreeMap<>();
                  for (String id : ids) {
                    Long offset = rollups(content).get(id).counted().get(partition);
                    if (offset != null) {
                      last.put(id, offset);
                    }
                  }
                  return Map.copyOf(last);
                }));
  }

  private static Rollups rollups(@Nullable Object content) {
    return content == null ? Rollups.EMPTY : (Rollups) content;
  }

  @Override
  public boolean add(List<Addition> additions, String partition) {
    boolean[] applied = {true};
    additions.stream()
        .collect(
            Collectors.groupingBy(
                addition -> rollup(addition.rollupId()), TreeMap::new, Collectors.toList()))
        .descendingMap()
        .forEach((document, some) -> applied[0] &= yes(add(document, some, partition)));
    return applied[0];
  }

  private Access add(String document, List<Addition> additions, String partition) {
    return Access.access(
        "adds to "
            + document
            + additions.stream()
                .map(it -> " " + it.lastRead() + ".." + it.last())
                .distinct()
                .collect(Collectors.joining()),
        document,
        content -> {
          Rollups rollups = rollups(content);
          boolean applied = true;
          for (Addition addition : additions) {
            Rollup there = rollups.get(addition.rollupId());
            boolean asRead =
                there.counted().getOrDefault(partition, -1L) == addition.lastRead()
                    || missing.contains(Guard.OFFSET);
            applied &= asRead;
            if (asRead) {
              rollups = rollups.with(addition.rollupId(), there.with(addition, partition));
            }
          }
          return new Effect(rollups.equals(Rollups.EMPTY) ? content : rollups, applied);
        });
  }

  @Override
  public OptionalLong position(String partition) {
    Optional<Long> next =
        found(
            Access.read(
                "next",
                positionOf(partition),
                content -> Optional.ofNullable((Position) content).map(Position::next)));
    return next.isPresent() ? OptionalLong.of(next.get()) : OptionalLong.empty();
  }

  @Override
  public void begin(String partition, String topicId, long position) {
    String document = positionOf(partition);
    replay.answer(
        Access.access(
            "notes the beginning at " + document,
            document,
            content ->
                new Effect(content == null ? new Position(position, topicId) : content, "done")));
  }

  @Override
  public boolean move(String partition, long from, long to) {
    String document = positionOf(partition);
    Access move =
        Access.access(
            "moves " + document + " from " + from + " to " + to,
            document,
            content -> {
              Position there = (Position) content;
              return there != null && (there.next() == from || missing.contains(Guard.POSITION))
                  ? new Effect(new Position(to, there.topicId()), true)
                  : new Effect(content, false);
            });
    return yes(move) || position(partition).orElse(-1) == to;
  }

  @Override
  public String topicId(String partition) {
    return this.<String>found(
            Access.read(
                "topic",
                positionOf(partition),
                content -> Optional.ofNullable((Position) content).map(Position::topicId)))
        .orElse("");
  }

  private boolean yes(Access access) {
    return (Boolean) replay.answer(access);
  }

  /** What a read of this store answers is what its access is written to answer. */
  @SuppressWarnings("unchecked")
  private <T> Optional<T> found(Access read) {
    return (Optional<T>) replay.answer(read);
  }

  static <T> @Nullable T content(
      barocall.testkit.model.Documents store, String document, Class<T> type) {
    return type.cast(store.content(document));
  }
}
