package barocall.intake.receipts;

import barocall.contract.Event;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What this process said in the last minutes, so that whoever just got a receipt number finds it
 * before the store knows it. What was said while the broker was away is known for a day, as the
 * store learns of it only afterwards.
 */
final class RecentFacts {
  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final Duration MEMORY_WITHOUT_BROKER = Duration.ofDays(1);
  private static final long AT_MOST = 100_000;

  private final Cache<String, Map<String, List<Event.InquiryEvent>>> byNumber;

  /**
   * @param brokerIsAway whether what is said now waits for the broker
   */
  RecentFacts(Ticker ticker, BooleanSupplier brokerIsAway) {
    this.byNumber =
        Caffeine.newBuilder()
            .expireAfter(
                Expiry.writing(
                    (number, facts) ->
                        brokerIsAway.getAsBoolean() ? MEMORY_WITHOUT_BROKER : MEMORY))
            .maximumSize(AT_MOST)
            .ticker(ticker)
            .build();
  }

  void add(Event.InquiryEvent event) {
    String number = event.inquiry().receiptNumber();
    if (number != null && Fact.TOPICS.contains(event.topic())) {
      Event.InquiryEvent fact = Fact.of(event);
      byNumber.asMap().merge(number, Map.of(fact.about(), List.of(fact)), RecentFacts::merged);
    }
  }

  Map<String, List<Event.InquiryEvent>> of(String receiptNumber) {
    Map<String, List<Event.InquiryEvent>> known = byNumber.getIfPresent(receiptNumber);
    return known == null ? Map.of() : known;
  }

  /** Both; of a fact that both know, the first one's words come first and so stand. */
  static Map<String, List<Event.InquiryEvent>> merged(
      Map<String, List<Event.InquiryEvent>> first, Map<String, List<Event.InquiryEvent>> second) {
    Map<String, List<Event.InquiryEvent>> all = new java.util.LinkedHashMap<>(first);
    second.forEach(
        (inquiry, facts) ->
            all.merge(
                inquiry,
                facts,
                (known, more) -> {
                  List<Event.InquiryEvent> both = new ArrayList<>(known);
                  more.stream()
                      .filter(fact -> known.stream().noneMatch(it -> it.id().equals(fact.id())))
                      .forEach(both::add);
                  return List.copyOf(both);
                }));
    return Map.copyOf(all);
  }
}
