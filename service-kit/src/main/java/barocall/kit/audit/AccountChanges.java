package barocall.kit.audit;

import barocall.contract.AccountKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Records what an administrator changed about who may come in, with who it was and whence. It has
 * been done already, so it is not undone where it cannot be recorded at once.
 */
public interface AccountChanges {
  /**
   * @param what each a record of its own
   * @param city whose account it is; null for one of all cities
   * @param account the user name of the person who was changed
   * @param note what it was changed to, without personal data; null where {@code what} says it all
   * @return completes when it is recorded, or after two seconds; then it is recorded later. It
   *     never fails
   */
  Mono<Void> changed(
      ServerWebExchange exchange,
      List<AccountKind> what,
      @Nullable String city,
      String account,
      @Nullable String note);
}
