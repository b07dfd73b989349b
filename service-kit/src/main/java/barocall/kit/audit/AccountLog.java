package barocall.kit.audit;

import barocall.contract.AccountDeed;
import barocall.contract.AccountKind;
import barocall.kit.security.LoginRecord;
import barocall.kit.security.Visitor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Records who logs in, is refused and logs out, and what an administrator changes. While the broker
 * is away people come in all the same, and it is recorded when that is back. Of a refusal the
 * password is never recorded, and the name only where somebody is called so: else it may be a
 * password that was typed into the wrong field.
 */
final class AccountLog implements LoginRecord, AccountChanges, AutoCloseable {
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  private final AccessLog log;
  private final Clock clock;

  /** Apart, so that made-up names do not hide who tries the passwords of a real person. */
  private final RefusedLogins refusedKnown = new RefusedLogins();

  private final RefusedLogins refusedUnknown = new RefusedLogins();
  private final Disposable telling;

  AccountLog(AccessLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
    long every = RefusedLogins.WINDOW.toSeconds();
    this.telling =
        Schedulers.parallel()
            .schedulePeriodically(this::tellTheRest, every, every, TimeUnit.SECONDS);
  }

  @Override
  public Mono<Void> cameIn(ServerWebExchange exchange, Visitor person) {
    return log.keptLater(List.of(deed(exchange, AccountKind.LOG_IN, person)), AT_MOST);
  }

  @Override
  public Mono<Void> left(ServerWebExchange exchange, Visitor person) {
    return log.keptLater(List.of(deed(exchange, AccountKind.LOG_OUT, person)), AT_MOST);
  }

  @Override
  public void refused(ServerWebExchange exchange, @Nullable Visitor called) {
    RefusedLogins refused = called == null ? refusedUnknown : refusedKnown;
    if (refused.isTold(clock.instant())) {
      log.keepLater(List.of(deed(exchange, AccountKind.LOG_IN_REFUSED, called)));
    }
  }

  @Override
  public Mono<Void> changed(
      ServerWebExchange exchange,
      List<AccountKind> what,
      @Nullable String city,
      String account,
      @Nullable String note) {
    Visitor by = Visitor.of(exchange).orElse(null);
    return log.keptLater(
        what.stream()
            .map(
                kind ->
                    new AccountDeed(
                        by == null ? AccountDeed.NOBODY : by.user(),
                        by == null ? AccountDeed.NOBODY : by.kind().name().toLowerCase(Locale.ROOT),
                        Visitor.addressOf(exchange),
                        kind,
                        city,
                        account,
                        null,
                        note))
            .toList(),
        AT_MOST);
  }

  void tellTheRest() {
    int count = refusedKnown.untold() + refusedUnknown.untold();
    if (count > 0) {
      log.keepLater(
          List.of(
              new AccountDeed(
                  AccountDeed.NOBODY,
                  AccountDeed.NOBODY,
                  null,
                  AccountKind.LOG_IN_REFUSED,
                  null,
                  null,
                  count,
                  null)));
    }
  }

  private static AccountDeed deed(
      ServerWebExchange exchange, AccountKind what, @Nullable Visitor person) {
    return new AccountDeed(
        person == null ? AccountDeed.NOBODY : person.user(),
        person == null ? AccountDeed.NOBODY : person.kind().name().toLowerCase(Locale.ROOT),
        Visitor.addressOf(exchange),
        what,
        person == null ? null : person.city(),
        null,
        null,
        null);
  }

  /** What was counted is told before the process ends. */
  @Override
  public void close() {
    telling.dispose();
    tellTheRest();
    log.close();
  }
}
