package barocall.contract;

import barocall.contract.Event.Chained;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody does that is to be recorded in a chain. */
public sealed interface Doing<R extends Chained<R>> permits Accessed, AccountDeed {
  /** As they log in. */
  String user();

  /** What they do. */
  WireName what();

  /** Its record in that place of a chain, not sealed yet. */
  R open(String service, int instance, String run, int number, @Nullable String before, Instant at);
}
