package barocall.intake.history;

import barocall.access.IdentityNumbers;
import barocall.access.RowIds;
import barocall.city.City;
import barocall.city.Department;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.How;
import barocall.intake.inquiries.Moment;
import barocall.intake.words.GivenPlace;
import barocall.intake.words.Reading;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
   * What a row comes to.
   *
   * @param revision of the row as it is: told again, it has the same
   * @param takenAsNow fields whose times lay too far ahead of the clock
   */
  record Told(Event.HistoryRecorded event, String revision, List<String> takenAsNow) {
    /** What tells a row that was told before. */
    String id() {
      return event.about() + "/" + revision;
    }
  }

  /**
   * The event that says all that the row says: told again, it is the same event. Times too far
   * ahead of the clock are taken as now; told again, that is another now and another event, so that
   * compaction keeps the first, which stands.
   *
   * @throws barocall.intake.words.WrongInputException naming every field that is wrong
   */
  Told read(City city, Instant now) {
    Reading reading = new Reading();
    String rowId = reading.key("id", id);
    Channel by = reading.requiredOneOf("channel", Channel.class, channel);
    Instant received = reading.requiredTime("receivedAt", receivedAt);
    boolean lost = Boolean.TRUE.equals(abandoned);
    if (lost && by != null && by != Channel.TELEPHONE) {
      reading.wrong("abandoned", "intake.field.abandoned-call");
    }
    if (lost && resolution != null && !How.ABANDONED.wireName().equals(resolution.how())) {
      reading.wrong("resolution", "intake.field.abandoned-resolved");
    }
    Event.Inquiry inquiry =
        new Event.Inquiry(
            rowId.isEmpty() ? "unread" : RowIds.inquiryId(city.id(), rowId),
            null,
            city.id(),
            by == null ? Channel.OTHER : by,
            reading.line("category", category),
            received);
    IdentityNumbers.Pair words =
        IdentityNumbers.mask(reading.line("subject", subject), reading.text("text", text));
    Event.HistoryRecorded unrevised =
        new Event.HistoryRecorded(
            inquiry,
            received,
            0,
            "0",
            words.first(),
            words.second(),
            reading.place("place", place),
            lost,
            escalation(reading, city),
            reading.time("acknowledgedAt", acknowledgedAt),
            resolution(reading, by));
    reading.check();
    List<String> takenAsNow = new ArrayList<>();
    String revision = digest(unrevised);
    Event.HistoryRecorded event = timely(unrevised, revision, now, takenAsNow);
    return new Told(
        takenAsNow.isEmpty() ? event : timely(unrevised, digest(event), now, new ArrayList<>()),
        revision,
        List.copyOf(takenAsNow));
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

  private Event.@Nullable PastResolution resolution(Reading reading, @Nullable Channel of) {
    if (resolution == null) {
      return null;
    }
    Instant at = reading.requiredTime("resolution.at", resolution.at());
    How how = reading.requiredOneOf("resolution.how", How.class, resolution.how());
    By by = reading.requiredOneOf("resolution.by", By.class, resolution.by());
    if (how == How.ABANDONED && of != null && of != Channel.TELEPHONE) {
      reading.wrong("resolution.how", "intake.field.abandoned-call");
    }
    String answer = reading.text("resolution.answer", resolution.answer());
    return how == null || by == null ? null : new Event.PastResolution(at, how, by, null, answer);
  }

  private static Event.HistoryRecorded timely(
      Event.HistoryRecorded told, String revision, Instant now, List<String> takenAsNow) {
    Instant received = timely("receivedAt", told.at(), now, takenAsNow);
    Event.Inquiry inquiry = told.inquiry();
    Event.PastEscalation escalation = told.escalation();
    Event.PastResolution resolution = told.resolution();
    Instant acknowledgedAt = told.acknowledgedAt();
    return new Event.HistoryRecorded(
        new Event.Inquiry(
            inquiry.inquiryId(),
            inquiry.receiptNumber(),
            inquiry.city(),
            inquiry.channel(),
            inquiry.category(),
            received),
        received,
        told.step(),
        revision,
        told.subject(),
        told.text(),
        told.place(),
        told.abandoned(),
        escalation == null
            ? null
            : new Event.PastEscalation(
                timely("escalation.at", escalation.at(), now, takenAsNow),
                escalation.department(),
                escalation.departmentName()),
        acknowledgedAt == null ? null : timely("acknowledgedAt", acknowledgedAt, now, takenAsNow),
        resolution == null
            ? null
            : new Event.PastResolution(
                timely("resolution.at", resolution.at(), now, takenAsNow),
                resolution.how(),
                resolution.by(),
                resolution.who(),
                resolution.answer()));
  }

  private static Instant timely(String field, Instant told, Instant now, List<String> takenAsNow) {
    Moment moment = Moment.of(told, now);
    if (moment.claimed() != null) {
      takenAsNow.add(field);
    }
    return moment.at();
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
