package barocall.routing.desk;

import barocall.city.City;
import barocall.contract.Event;
import barocall.routing.cases.Case;
import barocall.routing.precedents.Masks;
import barocall.routing.search.Search.Hit;
import barocall.routing.search.Search.Hits;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cases that were found, what waits at the desk first.
 *
 * @param ready false while not every case is found by its words yet
 * @param more whether there is more than what stands here
 */
record FoundCases(boolean ready, boolean more, List<One> cases) {
  private static final int BRIEF = 80;

  /**
   * A case in one line.
   *
   * @param state as of an inquiry whole
   * @param waiting whether it waits at the desk, to be chosen there
   * @param department who has or had it last; null where none ever had
   * @param agentName whose it is while it waits
   * @param by by what it was found: {@code id}, {@code number}, {@code telephone}, {@code name} or
   *     {@code words}
   * @param words its first words, without telephone numbers and e-mail addresses
   */
  record One(
      String inquiryId,
      @Nullable String receiptNumber,
      @Nullable OffsetDateTime receivedAt,
      String channel,
      @Nullable String category,
      @Nullable String categoryName,
      String state,
      boolean waiting,
      @Nullable String department,
      @Nullable String departmentName,
      @Nullable String agentName,
      String by,
      @Nullable String words) {
    @Override
    public String toString() {
      return "One[" + inquiryId + "]";
    }
  }

  static FoundCases of(Hits hits, City city, Locale locale) {
    return new FoundCases(
        hits.ready(), hits.more(), hits.hits().stream().map(it -> one(it, city, locale)).toList());
  }

  private static One one(Hit hit, City city, Locale locale) {
    Case known = hit.known();
    Event.Inquiry inquiry = known.inquiry();
    boolean waiting = known.atDesk().isPresent();
    String department =
        known.escalations().stream()
            .map(Event.ComplaintEscalated::department)
            .reduce((earlier, later) -> later)
            .orElse(null);
    return new One(
        known.inquiryId(),
        Row.grouped(inquiry.receiptNumber()),
        Row.local(inquiry.receivedAt(), city),
        inquiry.channel().wireName(),
        inquiry.category(),
        Row.categoryName(inquiry.category(), city, locale),
        known.state(),
        waiting,
        department,
        department == null ? null : Row.Office.of(city, department, locale).name(),
        waiting
            ? Optional.ofNullable(known.agent())
                .flatMap(city::agent)
                .map(it -> it.name())
                .orElse(null)
            : null,
        hit.by().name().toLowerCase(Locale.ROOT),
        first(known.subject() == null ? known.text() : known.subject()));
  }

  /** Masked whole, so that no half of a number is left at the end. */
  private static @Nullable String first(@Nullable String words) {
    if (words == null) {
      return null;
    }
    String masked = Masks.masked(words);
    return masked.codePointCount(0, masked.length()) <= BRIEF
        ? masked
        : masked.substring(0, masked.offsetByCodePoints(0, BRIEF)) + "…";
  }
}
