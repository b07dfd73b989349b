package barocall.intake.history;

import barocall.city.City;
import barocall.city.Department;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.How;
import barocall.intake.inquiries.InquiryIds;
import barocall.intake.inquiries.Moment;
import barocall.intake.words.GivenPlace;
import barocall.intake.words.Reading;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A past inquiry as a line says it. Departments and categories are as the file spells them. */
record Row(
    @Nullable String id,
    @Nullable String channel,
    @Nullable String receivedAt,
    @Nullable String category,
    @Nullable String subject,
    @Nullable String text,
    @Nullable GivenPlace place,
    @Nullable Boolean abandoned,
    @Nullable Escalation escalation,
    @Nullable String acknowledgedAt,
    @Nullable Resolution resolution) {
  private static final int REVISION_BYTES = 16;

  record Escalation(@Nullable String at, @Nullable String department) {}

  record Resolution(
      @Nullable String at, @Nullable String how, @Nullable String by, @Nullable String answer) {}

  /**
   * The event that says all that the row says.
   *
   * @throws barocall.intake.words.WrongInputException naming every field that is wrong
   */
  Event.HistoryRecorded read(City city, Instant now) {
    Reading reading = new Reading();
    String rowId = reading.key("id", id);
    Channel by = reading.requiredOneOf("channel", Channel.class, channel);
    Instant received = reading.requiredTime("receivedAt", receivedAt);
    if (Moment.of(received, now).claimed() != null) {
      reading.wrong("receivedAt", "intake.field.past");
    }
    boolean lost = Boolean.TRUE.equals(abandoned);
    if (lost && by != null && by != Channel.TELEPHONE) {
      reading.wrong("abandoned", "intake.field.abandoned-call");
    }
    Event.Inquiry inquiry =
        new Event.Inquiry(
            rowId.isEmpty() ? "unread" : InquiryIds.past(city.id(), rowId),
            null,
            city.id(),
            by == null ? Channel.OTHER : by,
            reading.line("category", category),
            received);
    Event.HistoryRecorded unrevised =
        new Event.HistoryRecorded(
            inquiry,
            received,
            0,
            "0",
            reading.line("subject", subject),
            reading.text("text", text),
            reading.place("place", place),
            lost,
            escalation(reading, city),
            reading.time("acknowledgedAt", acknowledgedAt),
            resolution(reading));
    reading.check();
    return revised(unrevised, digest(unrevised));
  }

  private Event.@Nullable PastEscalation escalation(Reading reading, City city) {
    if (escalation == null) {
      return null;
    }
    Instant at = reading.requiredTime("escalation.at", escalation.at());
    String to = reading.requiredLine("escalation.department", escalation.department());
    return to.isEmpty()
        ? null
        : new Event.PastEscalation(
            at,
            to,
            city.department(to)
                .map(Department::name)
                .map(name -> name.in(city.language()))
                .orElse(null));
  }

  private Event.@Nullable PastResolution resolution(Reading reading) {
    if (resolution == null) {
      return null;
    }
    Instant at = reading.requiredTime("resolution.at", resolution.at());
    How how = reading.requiredOneOf("resolution.how", How.class, resolution.how());
    By by = reading.requiredOneOf("resolution.by", By.class, resolution.by());
    String answer = reading.text("resolution.answer", resolution.answer());
    return how == null || by == null ? null : new Event.PastResolution(at, how, by, null, answer);
  }

  private static Event.HistoryRecorded revised(Event.HistoryRecorded row, String revision) {
    return new Event.HistoryRecorded(
        row.inquiry(),
        row.at(),
        row.step(),
        revision,
        row.subject(),
        row.text(),
        row.place(),
        row.abandoned(),
        row.escalation(),
        row.acknowledgedAt(),
        row.resolution());
  }

  /** Of the facts as the event writes them: the same row has the same revision. */
  private static String digest(Event.HistoryRecorded row) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(EventCodec.json(row)), 0, REVISION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Row[…]";
  }
}
