package barocall.routing.cases;

import barocall.contract.By;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a case ended that others can learn from: an agent answered it in words, or a department
 * settled it. Exactly one of both is there. A case that was erased, or is open again, is none.
 *
 * @param at when it ended so, to the second
 * @param words subject and text, without identity numbers
 * @param answer what the agent answered; null where a department settled it
 * @param department who settled it; null where an agent answered
 */
public record Precedent(
    String inquiryId,
    Instant at,
    String words,
    @Nullable String category,
    @Nullable String answer,
    @Nullable String department) {
  private static final Set<How> SETTLED = EnumSet.of(How.ANSWERED, How.DONE);

  /** Empty where nothing can be learnt from it now. */
  public static Optional<Precedent> of(Case known) {
    if (!known.hasWords()) {
      return Optional.empty();
    }
    InquiryEvent standing = known.last().map(Entry::event).orElse(null);
    if (standing instanceof InquiryResolved resolved && isAnswer(resolved)) {
      // As it was put right: what was wrong helps nobody.
      return Optional.ofNullable(known.answer(resolved))
          .map(answer -> of(known, resolved, answer, null));
    }
    if (standing instanceof ComplaintEscalated escalated) {
      return known
          .departmentsEnd(escalated.step())
          .filter(Precedent::isSettlement)
          .map(end -> of(known, end, null, escalated.department()));
    }
    return Optional.empty();
  }

  /** When the case ended so that it could be one, then or later, each once. */
  static List<Instant> ends(Case known) {
    return known.entries().stream()
        .flatMap(
            it ->
                it.event() instanceof InquiryResolved resolved
                    ? Stream.of(resolved)
                    : Stream.empty())
        .filter(it -> isSettlement(it) || (it.by() == By.AGENT && it.how() == How.ANSWERED))
        .map(it -> second(it.at()))
        .distinct()
        .toList();
  }

  private static Precedent of(
      Case known, InquiryResolved end, @Nullable String answer, @Nullable String department) {
    return new Precedent(
        known.inquiryId(),
        second(end.at()),
        known.words(),
        known.inquiry().category(),
        answer,
        department);
  }

  private static boolean isAnswer(InquiryResolved resolved) {
    return resolved.by() == By.AGENT
        && resolved.how() == How.ANSWERED
        && resolved.answer() != null
        && !resolved.answer().isBlank();
  }

  private static boolean isSettlement(InquiryResolved end) {
    return end.by() == By.DEPARTMENT && SETTLED.contains(end.how());
  }

  private static Instant second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public String toString() {
    return "Precedent[" + inquiryId + "]";
  }
}
