package barocall.intake.words;

import org.jspecify.annotations.Nullable;

/** How to reach a citizen, as a body says it. */
public record GivenContact(
    @Nullable String name, @Nullable String telephone, @Nullable String email) {
  @Override
  public String toString() {
    return "GivenContact[…]";
  }
}
