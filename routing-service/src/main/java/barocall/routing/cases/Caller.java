package barocall.routing.cases;

import barocall.contract.Event.InquiryRepeated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The last inquiries from one telephone in one city, the oldest first: pure, and the same whatever
 * order they are noted in. A telephone stands for a person: whoever shares it is taken for one, and
 * who calls with a withheld number for nobody.
 */
record Caller(List<Visit> visits) {
  static final Caller NOBODY = new Caller(List.of());

  private static final int KEPT = 20;
  private static final Comparator<Visit> BY_RECEIPT =
      Comparator.comparing(Visit::at).thenComparing(Visit::inquiryId);

  Caller {
    visits = List.copyOf(visits);
  }

  /** That the person came back, and when they did so first. */
  record Repeat(String inquiryId, Instant at) {}

  /** The same with a visit as it is now; what has been said of it stays said. */
  Caller with(Visit visit) {
    boolean said = find(visit.inquiryId()).filter(Visit::repeated).isPresent();
    List<Visit> all = new ArrayList<>(without(visit.inquiryId()).visits);
    all.add(said ? visit.said() : visit);
    all.sort(BY_RECEIPT);
    return new Caller(all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }

  Caller without(String inquiryId) {
    return new Caller(visits.stream().filter(it -> !it.inquiryId().equals(inquiryId)).toList());
  }

  /** What is still to be said: each inquiry once, however often the person came back about it. */
  List<Repeat> repeats() {
    return visits.stream().filter(it -> !it.repeated()).flatMap(it -> repeat(it).stream()).toList();
  }

  /** The same once it has been said of that inquiry. */
  Caller said(String inquiryId) {
    return new Caller(
        visits.stream().map(it -> it.inquiryId().equals(inquiryId) ? it.said() : it).toList());
  }

  private Optional<Repeat> repeat(Visit earlier) {
    Instant resolved = earlier.resolvedAt();
    return resolved == null
        ? Optional.empty()
        : later(earlier).map(first -> new Repeat(earlier.inquiryId(), inDays(resolved, first)));
  }

  private Optional<Instant> later(Visit earlier) {
    return visits.stream().filter(it -> it.repeats(earlier)).map(Visit::at).findFirst();
  }

  private Optional<Visit> find(String inquiryId) {
    return visits.stream().filter(it -> it.inquiryId().equals(inquiryId)).findFirst();
  }

  /** See {@link InquiryRepeated} for why not to the moment. */
  private static Instant inDays(Instant resolved, Instant again) {
    return resolved.plus(Duration.ofDays(Duration.between(resolved, again).toDays()));
  }
}
