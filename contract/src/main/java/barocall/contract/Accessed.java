package barocall.contract;

import barocall.contract.Event.AccessRecorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who sees or does what, whence and to whose data, before it is a record of a chain.
 *
 * @param user as they log in; at the command line the machine's user
 * @param role {@code agent}, {@code department}, {@code admin} or {@code operator}
 * @param address of the network from which they come, as far as it is known
 * @param inquiryIds a record names at most {@link #MOST}, see {@link #pieces}
 * @param contact whether it shows how to reach a citizen
 */
public record Accessed(
    String user,
    String role,
    @Nullable String address,
    AccessKind what,
    @Nullable String city,
    @Nullable String department,
    List<String> inquiryIds,
    boolean contact)
    implements Doing<AccessRecorded> {
  /** What one record names; of a longer list there are several. */
  public static final int MOST = 1_000;

  public Accessed {
    inquiryIds = List.copyOf(inquiryIds);
  }

  @Override
  public AccessRecorded open(
      String service, int instance, String run, int number, @Nullable String before, Instant at) {
    return new AccessRecorded(
        service,
        instance,
        run,
        number,
        before,
        at,
        user,
        role,
        address,
        what,
        city,
        department,
        inquiryIds,
        contact,
        "");
  }

  /** The same as so many as are needed for none to name more than {@link #MOST}; one at least. */
  public List<Accessed> pieces() {
    List<Accessed> pieces = new ArrayList<>();
    for (int from = 0; from == 0 || from < inquiryIds.size(); from += MOST) {
      pieces.add(
          new Accessed(
              user,
              role,
              address,
              what,
              city,
              department,
              inquiryIds.subList(from, Math.min(inquiryIds.size(), from + MOST)),
              contact));
    }
    return pieces;
  }
}
