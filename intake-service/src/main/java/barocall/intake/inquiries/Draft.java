package barocall.intake.inquiries;

import barocall.access.IdentityNumbers;
import barocall.access.Vault;
import barocall.city.City;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.intake.words.Reach;
import barocall.intake.words.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What a citizen brings, read and masked, before it has an id and a time.
 *
 * @param category of the city file
 * @param called the centre's number that rang; null of an outgoing call
 * @param agent at whose telephone it rings
 */
public record Draft(
    Channel channel,
    @Nullable String category,
    @Nullable String subject,
    @Nullable String text,
    Event.@Nullable Place place,
    @Nullable Reach reach,
    @Nullable Direction direction,
    @Nullable String called,
    @Nullable String agent) {

  /**
   * Reads a posted inquiry.
   *
   * @throws barocall.intake.words.WrongInputException naming every field that is wrong
   */
  public static Draft of(InquiryBody body, City city) {
    return of(body, city, new Reading());
  }

  /** As {@link #of(InquiryBody, City)}, after what else was read of the same request. */
  public static Draft of(InquiryBody body, City city, Reading reading) {
    Channel channel = reading.requiredOneOf("channel", Channel.class, body.channel());
    if (channel == Channel.TELEPHONE) {
      reading.wrong("channel", "intake.field.telephone-channel");
    }
    IdentityNumbers.Pair words =
        IdentityNumbers.mask(
            reading.line("subject", body.subject()), reading.requiredText("text", body.text()));
    String category = category(reading, body.category(), city);
    Event.Place place = reading.place("place", body.place());
    Reach reach = Reach.read(reading, "contact", body.contact());
    reading.check();
    return new Draft(
        channel == null ? Channel.OTHER : channel,
        category,
        words.first(),
        words.second(),
        place,
        reach,
        null,
        null,
        null);
  }

  /** A category of the city file, by its id or as imported files spell it. */
  public static @Nullable String category(Reading reading, @Nullable String given, City city) {
    if (given == null || given.isBlank()) {
      return null;
    }
    var category = city.category(given);
    if (category.isEmpty()) {
      reading.wrong("category", "intake.field.category");
      return null;
    }
    return category.get().id();
  }

  /** The event that says so. */
  Event.CallReceived received(
      String inquiryId, String receiptNumber, City city, Door door, Moment moment, Vault vault) {
    return new Event.CallReceived(
        new Event.Inquiry(inquiryId, receiptNumber, city.id(), channel, category, moment.at()),
        moment.at(),
        0,
        door,
        direction,
        called,
        agent,
        !city.isOpen(moment.at()),
        subject,
        text,
        place,
        reach == null ? null : reach.sealed(city.id(), vault),
        moment.claimed());
  }
}
