package barocall.analytics.facts;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is known of one inquiry, or of one agent's day: its facts in the order in which they
 * first came. Facts are only ever appended, so that what a record changed in the figures can be
 * computed again at any time from the facts before it.
 *
 * @param version counts the writes; a write is refused where the stored version is not the one that
 *     was read
 */
public record InquiryFacts(String inquiryId, String city, long version, List<Fact> facts) {
  public InquiryFacts {
    facts = List.copyOf(facts);
  }

  /** An inquiry of which nothing is known yet. */
  public static InquiryFacts unknown(String inquiryId, String city) {
    return new InquiryFacts(inquiryId, city, 0, List.of());
  }

  public boolean knows(String key) {
    for (Fact fact : facts) {
      if (fact.key().equals(key)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same with what is new in these; itself, if nothing is. The version is left to who writes
   * it.
   */
  public InquiryFacts with(List<Fact> more) {
    List<Fact> grown = null;
    for (Fact fact : more) {
      if (!knows(fact.key())) {
        if (grown == null) {
          grown = new ArrayList<>(facts);
        }
        grown.add(fact);
      }
    }
    return grown == null ? this : new InquiryFacts(inquiryId, city, version, grown);
  }

  public InquiryFacts withVersion(long version) {
    return new InquiryFacts(inquiryId, city, version, facts);
  }

  /** What the record of that origin changed: figures after its facts, less figures before them. */
  public Bookings broughtBy(Origin origin, CityTime time) {
    int from = -1;
    int to = -1;
    for (int i = 0; i < facts.size(); i++) {
      if (facts.get(i).origin().equals(origin)) {
        from = from < 0 ? i : from;
        to = i + 1;
      }
    }
    if (from < 0) {
      return Bookings.NONE;
    }
    return Bookings.of(facts.subList(0, to), time).minus(Bookings.of(facts.subList(0, from), time));
  }
}
