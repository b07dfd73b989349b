package barocall.intake.inquiries;

import barocall.access.Vault;
import barocall.city.City;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.kit.events.EventPublisher;
import barocall.kit.tracing.Traces;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Accepts inquiries: the answer comes only after the broker has acknowledged. A client's own key
 * makes a repeat the same inquiry, and the first's words stand.
 */
public final class Accepting {
  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final long AT_MOST = 200_000;

  private final EventPublisher publisher;
  private final Vault vault;
  private final Known known;
  private final Clock clock;
  private final RandomGenerator random;
  private final Cache<String, First> firsts;

  /** The first request with a key: what it said, and its answer as soon as there is one. */
  private record First(String digest, Mono<Accepted> answer) {}

  /** The key was used for other words. */
  public static final class OtherWordsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherWordsException() {
      super("the key was used for another inquiry", null, false, false);
    }
  }

  public Accepting(
      EventPublisher publisher,
      Vault vault,
      Known known,
      Clock clock,
      RandomGenerator random,
      Ticker ticker) {
    this.publisher = publisher;
    this.vault = vault;
    this.known = known;
    this.clock = clock;
    this.random = random;
    this.firsts =
        Caffeine.newBuilder().expireAfterWrite(MEMORY).maximumSize(AT_MOST).ticker(ticker).build();
  }

  /**
   * Accepts what a form or another program brings, received now.
   *
   * @param key the client's own, if it has one
   * @param body what it sent, to tell a repeat from another inquiry under the same key
   */
  public Mono<Accepted> accept(
      City city, Door door, @Nullable String key, Object body, Draft draft) {
    return Mono.defer(
        () -> {
          Moment now = new Moment(now(), null);
          return key == null
              ? publish(city, door, InquiryIds.timed(city.id(), now.at(), random), draft, now)
              : once(
                  city, door, InquiryIds.keyed(city.id(), door, key), Digest.of(body), draft, now);
        });
  }

  /** Accepts an exchange's call; whatever a repeat says, the first stands. */
  public Mono<Accepted> acceptCall(City city, String callId, Draft draft, Instant at) {
    return Mono.defer(
        () ->
            once(
                city,
                Door.CALLS,
                InquiryIds.keyed(city.id(), Door.CALLS, callId),
                "",
                draft,
                Moment.of(at, now())));
  }

  /** What events of a call say of it, though the call itself may not have been told yet. */
  public Mono<Event.Inquiry> call(City city, String callId) {
    String inquiryId = InquiryIds.keyed(city.id(), Door.CALLS, callId);
    String receiptNumber = receiptNumber(inquiryId);
    return known
        .inquiry(receiptNumber, inquiryId)
        .defaultIfEmpty(
            new Event.Inquiry(
                inquiryId,
                receiptNumber,
                city.id(),
                barocall.contract.Channel.TELEPHONE,
                null,
                null));
  }

  /** Says an event, and remembers it once the broker has acknowledged. */
  public Mono<Void> say(Event.InquiryEvent event) {
    return publisher
        .send(event)
        .doOnSuccess(done -> known.said(event))
        .contextWrite(Traces.about(event.about()));
  }

  private Mono<Accepted> once(
      City city, Door door, String inquiryId, String digest, Draft draft, Moment moment) {
    // A failure is forgotten before anyone hears of it, so that the next try is a new one.
    First mine =
        new First(
            digest,
            answer(city, door, inquiryId, draft, moment)
                .doOnError(failed -> firsts.invalidate(inquiryId))
                .cache());
    First first = firsts.asMap().putIfAbsent(inquiryId, mine);
    if (first == null) {
      return mine.answer();
    }
    return first.digest().equals(digest) ? first.answer() : Mono.error(new OtherWordsException());
  }

  private Mono<Accepted> answer(
      City city, Door door, String inquiryId, Draft draft, Moment moment) {
    String receiptNumber = receiptNumber(inquiryId);
    return known
        .inquiry(receiptNumber, inquiryId)
        .filter(inquiry -> inquiry.receivedAt() != null)
        .map(inquiry -> new Accepted(inquiryId, receiptNumber, inquiry.receivedAt()))
        .switchIfEmpty(Mono.defer(() -> publish(city, door, inquiryId, draft, moment)));
  }

  private Mono<Accepted> publish(
      City city, Door door, String inquiryId, Draft draft, Moment moment) {
    String receiptNumber = receiptNumber(inquiryId);
    return Mono.fromCallable(
            () -> draft.received(inquiryId, receiptNumber, city, door, moment, vault))
        .flatMap(this::say)
        .thenReturn(new Accepted(inquiryId, receiptNumber, moment.at()));
  }

  private String receiptNumber(String inquiryId) {
    return vault.receiptNumbers().of(inquiryId).replace("-", "");
  }

  /** To the millisecond, as everything that we keep. */
  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
