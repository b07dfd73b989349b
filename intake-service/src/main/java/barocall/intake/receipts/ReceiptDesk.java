package barocall.intake.receipts;

import barocall.access.ContactSeal;
import barocall.access.CredentialsException;
import barocall.access.ReceiptNumbers;
import barocall.access.TelephoneHash;
import barocall.access.Vault;
import barocall.contract.Event;
import barocall.intake.inquiries.Accepting;
import barocall.kit.security.Visitor;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Shows a receipt to whoever may see it, and takes what the citizen says about the answer. An
 * unknown number and a wrong proof get the same answer, so that numbers cannot be found out.
 */
final class ReceiptDesk {
  private static final int LAST = 4;

  /** What another process has just accepted takes a moment to be known here. */
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  private static final int MOMENTS = 20;

  /** Longer than what was said takes to be shown. */
  private static final Duration JUST = Duration.ofMinutes(1);

  private final KnownReceipts receipts;
  private final Vault vault;
  private final GuessLimit guesses;
  private final Accepting accepting;
  private final Clock clock;

  /** What citizens said of an answer just now and the receipt may not show yet, by event. */
  private final Cache<String, Mono<Event.InquiryEvent>> justSaid =
      Caffeine.newBuilder().expireAfterWrite(JUST).maximumSize(10_000).build();

  ReceiptDesk(
      KnownReceipts receipts, Vault vault, GuessLimit guesses, Accepting accepting, Clock clock) {
    this.receipts = receipts;
    this.vault = vault;
    this.guesses = guesses;
    this.accepting = accepting;
    this.clock = clock;
  }

  /** The receipt that this proof opens; a problem if there is none. */
  Mono<Receipt> open(String typedNumber, Proof proof) {
    return Mono.defer(
        () -> {
          if (proof.isNothing()) {
            return Mono.error(new ReceiptRefusedException(ReceiptRefusedException.Reason.NO_PROOF));
          }
          String number =
              ReceiptNumbers.parse(typedNumber).map(it -> it.replace("-", "")).orElse("");
          // No receipt can have it, so there is nothing to guess and nothing to count.
          if (number.isEmpty()) {
            return Mono.error(unknown());
          }
          boolean fewDigits = proof.last4() != null;
          boolean tooOften = proof.isGuess() && !guesses.mayTry(proof.address(), number, fewDigits);
          if (tooOften && proof.token() == null) {
            return Mono.error(tooMany());
          }
          // A right token is no guess: whoever has the link is let in whatever others tried.
          Proof counting = tooOften ? new Proof(null, proof.token(), null, proof.address()) : proof;
          return receipts
              .facts(number)
              .mapNotNull(found -> opened(found, counting))
              .repeatWhenEmpty(
                  tries ->
                      tries
                          .take(MOMENTS)
                          .takeWhile(any -> isChannel(proof))
                          .delayElements(A_MOMENT))
              .doOnNext(
                  opened -> {
                    if (proof.isGuess() && !tooOften) {
                      guesses.wasRight(proof.address(), number, fewDigits);
                    }
                  })
              .switchIfEmpty(Mono.error(() -> tooOften ? tooMany() : unknown()));
        });
  }

  /**
   * The citizen says that it is not settled.
   *
   * @return the reopening; the first one if this is a repeat
   */
  Mono<Event.InquiryReopened> reopen(Receipt receipt, @Nullable String reason) {
    if (receipt.reopening() != null) {
      return Mono.just(receipt.reopening());
    }
    if (receipt.state() != Receipt.State.RESOLVED || receipt.resolution() == null) {
      return Mono.error(notResolved(receipt));
    }
    Event.InquiryReopened reopened =
        new Event.InquiryReopened(receipt.inquiry(), now(), receipt.resolution().step(), reason);
    return first(reopened).cast(Event.InquiryReopened.class);
  }

  /**
   * The citizen rates the answer.
   *
   * @return the rating; the first one if this is a repeat
   */
  Mono<Event.SatisfactionRated> rate(Receipt receipt, int score) {
    if (receipt.rating() != null) {
      return same(receipt.rating(), score);
    }
    if (receipt.state() != Receipt.State.RESOLVED || receipt.resolution() == null) {
      return Mono.error(notResolved(receipt));
    }
    Event.SatisfactionRated rated =
        new Event.SatisfactionRated(receipt.inquiry(), now(), receipt.resolution().step(), score);
    return first(rated).cast(Event.SatisfactionRated.class).flatMap(it -> same(it, score));
  }

  private static Mono<Event.SatisfactionRated> same(Event.SatisfactionRated first, int score) {
    return first.score() == score
        ? Mono.just(first)
        : Mono.error(
            new ReceiptRefusedException(
                ReceiptRefusedException.Reason.RATED_ALREADY, Integer.toString(first.score())));
  }

  /** Says it, unless it was said just now: then that stands. What failed may be said again. */
  private Mono<Event.InquiryEvent> first(Event.InquiryEvent told) {
    return Mono.defer(
        () -> {
          Mono<Event.InquiryEvent> mine =
              accepting
                  .say(told)
                  .thenReturn(told)
                  .doOnError(failure -> justSaid.invalidate(told.id()))
                  .cache();
          Mono<Event.InquiryEvent> others = justSaid.asMap().putIfAbsent(told.id(), mine);
          return others == null ? mine : others;
        });
  }

  /** Channels do not guess, so that a number of theirs that is unknown is worth a wait. */
  private static boolean isChannel(Proof proof) {
    return proof.visitor() != null && proof.visitor().kind() == Visitor.Kind.CHANNEL;
  }

  /** The token of the link to this receipt. */
  String token(Receipt receipt) {
    return vault.receiptNumbers().token(receipt.inquiry().inquiryId());
  }

  private @Nullable Receipt opened(Map<String, List<Event.InquiryEvent>> found, Proof proof) {
    return found.values().stream()
        .filter(facts -> proves(proof, facts))
        .map(Receipt::of)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private boolean proves(Proof proof, List<Event.InquiryEvent> facts) {
    if (facts.isEmpty()) {
      return false;
    }
    Event.Inquiry inquiry = facts.get(0).inquiry();
    Visitor visitor = proof.visitor();
    if (visitor != null
        && (visitor.speaksFor(inquiry.city(), inquiry.channel())
            || visitor.isAgentOf(inquiry.city())
            || visitor.isAdminOf(inquiry.city()))) {
      return true;
    }
    if (proof.token() != null
        && vault.receiptNumbers().isToken(inquiry.inquiryId(), proof.token())) {
      return true;
    }
    String last4 = proof.last4() == null ? "" : TelephoneHash.normalised(proof.last4());
    return last4.length() == LAST
        && facts.stream()
            .map(ReceiptDesk::telephone)
            .filter(Objects::nonNull)
            .anyMatch(telephone -> endsWith(inquiry.city(), telephone, last4));
  }

  private static @Nullable String telephone(Event.InquiryEvent fact) {
    Event.Contact contact =
        fact instanceof Event.CallReceived it
            ? it.contact()
            : fact instanceof Event.InquiryDescribed it
                ? it.contact()
                : fact instanceof Event.ComplaintEscalated it ? it.contact() : null;
    return contact == null ? null : contact.telephone();
  }

  private boolean endsWith(String city, String sealed, String last4) {
    try {
      String digits =
          TelephoneHash.normalised(
              vault.contactSeal(city).open(ContactSeal.Field.TELEPHONE, sealed));
      return digits.length() >= LAST
          && MessageDigest.isEqual(
              digits.substring(digits.length() - LAST).getBytes(StandardCharsets.UTF_8),
              last4.getBytes(StandardCharsets.UTF_8));
    } catch (CredentialsException otherKey) {
      return false;
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private static ReceiptRefusedException unknown() {
    return new ReceiptRefusedException(ReceiptRefusedException.Reason.NO_RECEIPT);
  }

  private static ReceiptRefusedException tooMany() {
    return new ReceiptRefusedException(ReceiptRefusedException.Reason.TOO_MANY_GUESSES);
  }

  private static ReceiptRefusedException notResolved(Receipt receipt) {
    return new ReceiptRefusedException(
        ReceiptRefusedException.Reason.NOT_RESOLVED, receipt.state().word());
  }
}
