package barocall.analytics.counting;

import barocall.analytics.counting.CountingStore.Addition;
import barocall.analytics.counting.Rollups.Buckets;
import barocall.analytics.facts.Bookings;
import barocall.analytics.facts.CityTime;
import barocall.analytics.facts.Fact;
import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Origin;
import barocall.analytics.facts.Standing;
import barocall.contract.Event;
import barocall.contract.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Counts one batch of one partition so that the figures come out exact whatever is killed,
 * delivered again or written by two at once.
 *
 * <p>Three writes, each acknowledged before the next: the inquiries' facts (append-only, guarded by
 * version), the rollups (guarded by the last offset counted), the position (guarded by where the
 * batch began). What a record changes is computed from the facts before and after it in the stored
 * inquiry, so it comes out the same however often it is computed, and a record counts only where
 * the inquiry names its offset. The rollups are read before the position is checked and written
 * after it: a writer that has been overtaken is refused by one guard or the other.
 */
public final class Counting {
  /**
   * Tries of the guarded writes before the batch is dropped; every loss means that someone else got
   * on.
   */
  private static final int TRIES = 50;

  private static final int MENDED_AT_ONCE = 1_000;

  /** What figures are made of: of who looked at what there are none. */
  static final Set<Topic> TOPICS =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(Topic.ACCESS_RECORDED, Topic.ACCOUNT_RECORDED)));

  private final CountingStore store;
  private final Function<String, CityTime> times;

  /**
   * @param times how a city's time runs, by its id
   */
  public Counting(CountingStore store, Function<String, CityTime> times) {
    this.store = store;
    this.times = times;
  }

  /** What became of a batch. */
  public enum Outcome {
    /** Everything is counted and the position stands at the batch's end. */
    COUNTED,
    /** Someone else was faster: read the position and go on from there. */
    OVERTAKEN
  }

  /** A readable record about an inquiry or an agent. */
  public record Delivery(long offset, Event event) {}

  /** Under which id the facts of an event are kept: of an agent, a document a day. */
  private String subject(Event event) {
    return event instanceof Event.AgentStateChanged changed
        ? "agent/"
            + changed.about()
            + "/"
            + changed.at().atZone(times.apply(changed.cityId()).zone()).toLocalDate()
        : event.about();
  }

  /**
   * Counts the records of a partition from begin up to, not including, end.
   *
   * @param partition topic and partition, e.g. {@code call-received-3}
   * @param deliveries the readable records in it; others in between are passed over
   */
  public Outcome count(String partition, long begin, long end, List<Delivery> deliveries) {
    Map<String, InquiryFacts> inquiries = note(partition, deliveries);
    if (inquiries.isEmpty() && !deliveries.isEmpty()) {
      return Outcome.OVERTAKEN;
    }
    Map<String, Amounts> additions = additions(partition, deliveries, inquiries);
    Map<String, Long> lastCounted =
        additions.isEmpty() ? Map.of() : store.lastCounted(additions.keySet(), partition);
    if (store.position(partition).orElse(-1) != begin) {
      return Outcome.OVERTAKEN;
    }
    if (!book(partition, additions, lastCounted)) {
      return Outcome.OVERTAKEN;
    }
    return store.move(partition, begin, end) ? Outcome.COUNTED : Outcome.OVERTAKEN;
  }

  /**
   * Appends the deliveries' facts to their inquiries and rewrites what is open. Whoever loses a
   * guard reads again.
   *
   * @return the inquiries as they stand in the store; empty if others won each time
   */
  private Map<String, InquiryFacts> note(String partition, List<Delivery> deliveries) {
    Set<String> ids = new LinkedHashSet<>();
    deliveries.forEach(delivery -> ids.add(subject(delivery.event())));
    if (ids.isEmpty()) {
      return Map.of();
    }
    Set<String> openMayDiffer = new LinkedHashSet<>();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Map<String, InquiryFacts> stored = store.inquiries(ids);
      Map<String, InquiryFacts> grown = new LinkedHashMap<>();
      for (Delivery delivery : deliveries) {
        String id = subject(delivery.event());
        InquiryFacts before =
            grown.getOrDefault(
                id, stored.getOrDefault(id, InquiryFacts.unknown(id, delivery.event().cityId())));
        grown.put(
            id, before.with(Fact.of(delivery.event(), new Origin(partition, delivery.offset()))));
      }
      List<InquiryFacts> fresh = new ArrayList<>();
      List<InquiryFacts> more = new ArrayList<>();
      for (InquiryFacts inquiry : List.copyOf(grown.values())) {
        InquiryFacts before = stored.get(inquiry.inquiryId());
        if (before == null) {
          if (!inquiry.facts().isEmpty()) {
            fresh.add(inquiry.withVersion(1));
            grown.put(inquiry.inquiryId(), inquiry.withVersion(1));
          }
        } else {
          openMayDiffer.add(inquiry.inquiryId());
          if (inquiry.facts().size() > before.facts().size()) {
            InquiryFacts next = inquiry.withVersion(before.version() + 1);
            more.add(next);
            grown.put(inquiry.inquiryId(), next);
          }
        }
      }
      if (fresh.isEmpty() && more.isEmpty() || store.write(fresh, more)) {
        rewriteOpen(grown, openMayDiffer);
        return grown;
      }
      ids.forEach(openMayDiffer::add);
    }
    return Map.of();
  }

  /**
   * Rewrites what is open for these inquiries, and again for those that someone else wrote
   * meanwhile, so that a late writer never leaves an older picture behind. A new inquiry that came
   * closed needs no entry.
   */
  private void rewriteOpen(Map<String, InquiryFacts> inquiries, Set<String> openMayDiffer) {
    Map<InquiryFacts, Standing> standings = new LinkedHashMap<>();
    for (InquiryFacts inquiry : inquiries.values()) {
      Standing standing = Standing.of(inquiry.facts());
      if (standing.open() || openMayDiffer.contains(inquiry.inquiryId())) {
        standings.put(inquiry, standing);
      }
    }
    for (int attempt = 0; attempt < TRIES && !standings.isEmpty(); attempt++) {
      store.rewriteOpen(standings);
      Map<String, Long> expected = new HashMap<>();
      standings.keySet().forEach(inquiry -> expected.put(inquiry.inquiryId(), inquiry.version()));
      Map<String, Long> actual = store.versions(expected.keySet());
      List<String> overtaken =
          expected.keySet().stream()
              .filter(
                  id -> !Objects.equals(actual.get(id), expected.get(id)) && actual.containsKey(id))
              .toList();
      standings.clear();
      if (!overtaken.isEmpty()) {
        store
            .inquiries(overtaken)
            .values()
            .forEach(inquiry -> standings.put(inquiry, Standing.of(inquiry.facts())));
      }
    }
  }

  /**
   * Puts right what is listed as open from facts that have grown since: a writer that was
   * overtaken, wrote its older picture late and died before it could see that. To be called every
   * now and then.
   */
  public void mendOpen() {
    Map<String, Long> listed = store.openVersions();
    List<String> ids = List.copyOf(listed.keySet());
    for (int from = 0; from < ids.size(); from += MENDED_AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + MENDED_AT_ONCE));
      Map<String, Long> actual = store.versions(some);
      List<String> outdated =
          some.stream()
              .filter(id -> actual.getOrDefault(id, 0L) > listed.getOrDefault(id, 0L))
              .toList();
      if (!outdated.isEmpty()) {
        rewriteOpen(store.inquiries(outdated), Set.copyOf(outdated));
      }
    }
  }

  /** What the records add to which rollup. */
  private Map<String, Amounts> additions(
      String partition, List<Delivery> deliveries, Map<String, InquiryFacts> inquiries) {
    Map<String, Amounts> additions = new LinkedHashMap<>();
    Map<Moment, Buckets> buckets = new HashMap<>();
    for (Delivery delivery : deliveries) {
      InquiryFacts inquiry = inquiries.get(subject(delivery.event()));
      if (inquiry == null) {
        continue;
      }
      String city = inquiry.city();
      CityTime time = times.apply(city);
      Bookings brought = inquiry.broughtBy(new Origin(partition, delivery.offset()), time);
      brought.forEach(
          (booking, amount) -> {
            Buckets of =
                buckets.computeIfAbsent(
                    new Moment(city, booking.at()),
                    moment -> Buckets.of(city, moment.at(), time.zone()));
            Rollups.of(
                booking,
                of,
                (rollup, path) ->
                    additions
                        .computeIfAbsent(rollup, id -> new Amounts())
                        .add(delivery.offset(), path, amount));
          });
    }
    return additions;
  }

  private record Moment(String city, Instant at) {}

  /** Adds what each rollup has not counted yet. */
  private boolean book(
      String partition, Map<String, Amounts> additions, Map<String, Long> lastCounted) {
    List<Addition> due = new ArrayList<>();
    additions.forEach(
        (rollup, amounts) -> {
          long last = lastCounted.getOrDefault(rollup, -1L);
          if (amounts.last() > last) {
            due.add(new Addition(rollup, last, amounts.last(), amounts.behind(last)));
          }
        });
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (due.isEmpty() || store.add(due, partition)) {
        return true;
      }
      // A refused guard may have been one's own write that was sent twice, or another partition's
      // first write of the
      // same rollup: read again before giving up.
      Map<String, Long> now =
          store.lastCounted(due.stream().map(Addition::rollupId).toList(), partition);
      due.removeIf(addition -> now.getOrDefault(addition.rollupId(), -1L) == addition.last());
      if (due.stream()
          .anyMatch(
              addition -> now.getOrDefault(addition.rollupId(), -1L) != addition.lastRead())) {
        return false;
      }
    }
    return false;
  }
}
