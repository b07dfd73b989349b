package barocall.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who sees or does what, whence and to whose data, before it is a record of a chain.
 *
 * @param user as they log in; at the command line the machine's user
 * @param role {@code agent}, {@code department}, {@code admin} or {@code operator}
 * @param address of the network from which they come, as far as it is known
 * @param inquiryIds at most {@link #MOST}
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
    boolean contact) {
  /** What one record names; of a longer list there are several. */
  public static final int MOST = 1_000;

  public Accessed {
    inquiryIds = List.copyOf(inquiryIds);
  }
}
