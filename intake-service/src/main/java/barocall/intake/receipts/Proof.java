package barocall.intake.receipts;

import barocall.kit.security.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * How somebody shows that a receipt is their business.
 *
 * @param visitor a channel, agent or administrator of the inquiry's city
 * @param token from the link
 * @param last4 digits of the telephone
 * @param address where the request comes from
 */
record Proof(
    @Nullable Visitor visitor, @Nullable String token, @Nullable String last4, String address) {

  boolean isGuess() {
    return token != null || last4 != null;
  }

  boolean isNothing() {
    return visitor == null && !isGuess();
  }

  @Override
  public String toString() {
    return "Proof[…]";
  }
}
