package barocall.intake.receipts;

import barocall.contract.Event;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What this process said in the last minutes, so that whoever just got a receipt number finds it
 * before the store knows it.
 */
final class RecentFacts {
  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final long AT_MOST = 100_000;

  private final Cache<String, Map<String, List<Event.InquiryEvent>>> byNumber;

  RecentFacts(Ticker ticker) {
    this.byNumber =
        Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(AT_MOST).ticker(ticker).build();
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
