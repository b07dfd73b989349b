package barocall.kit.rebuild;

import barocall.contract.Event.InquiryEvent;
import barocall.kit.rebuild.Batch.Recorded;
import barocall.kit.store.StoreAwayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Folds a batch inquiry by inquiry, several at the same time. */
public final class Folding {
  private static final int AT_ONCE = 8;
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  private Folding() {}

  /**
   * Waits until all is folded.
   *
   * @param fold takes the records of one inquiry, in their order
   */
  public static void each(Batch batch, Function<List<Recorded>, Mono<Void>> fold) {
    Map<String, List<Recorded>> byInquiry = new LinkedHashMap<>();
    for (Recorded record : batch.records()) {
      if (record.event() instanceof InquiryEvent fact) {
        byInquiry.computeIfAbsent(fact.about(), id -> new ArrayList<>()).add(record);
      }
    }
    Flux.fromIterable(byInquiry.values())
        .flatMap(
            records -> fold.apply(records).timeout(AT_MOST, Mono.error(StoreAwayException::new)),
            AT_ONCE)
        .then()
        .block();
  }
}
