package barocall.intake.inquiries;

import barocall.access.Vault;
import barocall.city.City;
import barocall.kit.web.ServiceUrls;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What a channel is told of an inquiry that was accepted. */
public final class Answers {
  private final ServiceUrls urls;
  private final Vault vault;

  public Answers(ServiceUrls urls, Vault vault) {
    this.urls = urls;
    this.vault = vault;
  }

  /**
   * The answer's body.
   *
   * @param readFrom when an agent begins to read it: now, or when the centre opens
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Answer(
      String inquiryId,
      String receiptNumber,
      String statusUrl,
      @Nullable OffsetDateTime readFrom) {}

  /** Of a call: it is taken at once or not at all. */
  public Answer ofCall(Accepted accepted) {
    return answer(accepted, null);
  }

  /** Of an inquiry, with when it will be read. */
  public Answer of(Accepted accepted, City city) {
    Instant opening = city.nextOpening(accepted.receivedAt());
    return answer(accepted, opening.atZone(city.timeZone()).toOffsetDateTime());
  }

  /** The page that shows how far it is; whoever has the link may see it. */
  public String statusUrl(Accepted accepted) {
    return urls.intake() + statusPath(accepted);
  }

  /** The same without the service's own address. */
  public String statusPath(Accepted accepted) {
    return "/receipts/"
        + grouped(accepted.receiptNumber())
        + "?token="
        + vault.receiptNumbers().token(accepted.inquiryId());
  }

  /** As people read it out: in fours. */
  public static String grouped(String receiptNumber) {
    return receiptNumber.substring(0, 4)
        + "-"
        + receiptNumber.substring(4, 8)
        + "-"
        + receiptNumber.substring(8);
  }

  private Answer answer(Accepted accepted, @Nullable OffsetDateTime readFrom) {
    return new Answer(
        accepted.inquiryId(), grouped(accepted.receiptNumber()), statusUrl(accepted), readFrom);
  }
}
