package barocall.contract;

import barocall.contract.Event.AccountRecorded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in or changes who may, before it is a record of a chain.
 *
 * @param user as they log in; at the command line the machine's user; {@link #NOBODY} for a log-in
 *     under a name that nobody has, as it may be a password in the wrong field
 * @param role {@code agent}, {@code department}, {@code admin}, {@code operator} or {@link #NOBODY}
 * @param address of the network from which they come, as far as it is known
 * @param account the person or the program's key that was changed
 * @param count how often, of what is told together; absent: once
 * @param note why, in the words of who did it
 */
public record AccountDeed(
    String user,
    String role,
    @Nullable String address,
    AccountKind what,
    @Nullable String city,
    @Nullable String account,
    @Nullable Integer count,
    @Nullable String note)
    implements Doing<AccountRecorded> {
  /** Who is nobody's user. */
  public static final String NOBODY = "unknown";

  @Override
  public AccountRecorded open(
      String service, int instance, String run, int number, @Nullable String before, Instant at) {
    return new AccountRecorded(
        service, instance, run, number, before, at, user, role, address, what, city, account, count,
        note, "");
  }
}
