package barocall.intake.inquiries;

import barocall.intake.words.GivenContact;
import barocall.intake.words.GivenPlace;
import org.jspecify.annotations.Nullable;

/** An inquiry as a channel posts it. */
public record InquiryBody(
    @Nullable String channel,
    @Nullable String text,
    @Nullable String subject,
    @Nullable String category,
    @Nullable GivenPlace place,
    @Nullable GivenContact contact) {
  @Override
  public String toString() {
    return "InquiryBody[…]";
  }
}
