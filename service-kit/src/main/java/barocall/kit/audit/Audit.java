package barocall.kit.audit;

import barocall.contract.AccessKind;
import barocall.contract.Accessed;
import barocall.kit.security.Visitor;
import barocall.kit.web.ProblemException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Records who was shown what, and who did what. Programs with a city's key, and citizens, are
 * nobody's staff: of them nothing is recorded.
 *
 * <p>What is shown is recorded first. While the broker is away that can't be, and whoever answers
 * citizens must see them all the same: after two seconds it is shown, and recorded when the broker
 * is back. Only when thousands of records wait is nothing more shown. What was done stands in its
 * own event already, with who did it, and is not undone for want of a record: that follows as soon
 * as it can be written.
 */
public final class Audit {
  /** As long as a door waits for a broker. */
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  private final AccessLog log;

  Audit(AccessLog log) {
    this.log = log;
  }

  /**
   * A list is about to be shown.
   *
   * @param department whose inbox it is, if it is one
   * @return completes when it is recorded, or will be; fails with a 503 when too much waits for
   *     that
   */
  public Mono<Void> sawList(
      ServerWebExchange exchange,
      String city,
      @Nullable String department,
      Collection<String> inquiryIds) {
    return inquiryIds.isEmpty()
        ? Mono.empty()
        : saw(exchange, AccessKind.LIST, city, department, inquiryIds, false);
  }

  /**
   * What concerns one inquiry, or several of one citizen, is about to be shown.
   *
   * @param contact whether with it how to reach the citizen
   * @return completes when it is recorded, or will be; fails with a 503 when too much waits for
   *     that
   */
  public Mono<Void> saw(
      ServerWebExchange exchange,
      AccessKind what,
      String city,
      @Nullable String department,
      Collection<String> inquiryIds,
      boolean contact) {
    return Mono.defer(
        () -> {
          List<Accessed> all = accessed(exchange, what, city, department, inquiryIds, contact);
          return all.isEmpty()
              ? Mono.empty()
              : log.kept(all, AT_MOST).onErrorMap(Audit::notRecorded);
        });
  }

  /**
   * Something was done.
   *
   * @return completes when it is recorded, or after two seconds; then it is recorded later. It
   *     never fails
   */
  public Mono<Void> did(
      ServerWebExchange exchange,
      AccessKind what,
      String city,
      @Nullable String department,
      Collection<String> inquiryIds) {
    return Mono.defer(
        () -> {
          List<Accessed> all = accessed(exchange, what, city, department, inquiryIds, false);
          return all.isEmpty() ? Mono.empty() : log.keptLater(all, AT_MOST);
        });
  }

  private static List<Accessed> accessed(
      ServerWebExchange exchange,
      AccessKind what,
      String city,
      @Nullable String department,
      Collection<String> inquiryIds,
      boolean contact) {
    Visitor visitor = Visitor.of(exchange).filter(Visitor::isPerson).orElse(null);
    if (visitor == null) {
      return List.of();
    }
    return new Accessed(
            visitor.user(),
            visitor.kind().name().toLowerCase(Locale.ROOT),
            Visitor.addressOf(exchange),
            what,
            city,
            department,
            List.copyOf(inquiryIds),
            contact)
        .pieces();
  }

  private static ProblemException notRecorded(Throwable failure) {
    return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, "kit.problem.not-recorded")
        .with(HttpHeaders.RETRY_AFTER, Long.toString(AT_MOST.toSeconds()))
        .because(failure);
  }
}
