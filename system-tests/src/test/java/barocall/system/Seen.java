package barocall.system;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the suite shows at one moment, at all its doors.
 *
 * @param records of all topics, each partition in its order
 * @param totals by city
 * @param rows the figures by hour: of the whole, by channel and by department
 * @param inboxes what is open, by city/department
 * @param desks what waits, by city
 * @param departmentStates how a department sees a case of its own, by inquiryId
 * @param citizenStates how the citizen sees it, by inquiryId
 * @param mails and webhooks: what the departments' own receivers took, repeats among it
 * @param waiting gauges that are zero when nothing waits, and are left out when they are
 * @param gaps what is wrong with the record of who saw what, a sentence each
 */
record Seen(
    List<Said> records,
    Map<String, Totals> totals,
    Map<Row, Figures> rows,
    Map<String, List<String>> inboxes,
    Map<String, List<String>> desks,
    Map<String, String> departmentStates,
    Map<String, String> citizenStates,
    List<Letter> mails,
    List<Letter> webhooks,
    Map<String, Double> waiting,
    List<String> gaps) {

  /**
   * A record of a topic.
   *
   * @param id the event's
   * @param about the inquiry
   * @param receivedAt of the inquiry, as this event has it
   * @param value as it stands there
   */
  record Said(
      String topic,
      String id,
      String city,
      String about,
      Instant at,
      @Nullable Instant receivedAt,
      @Nullable String receiptNumber,
      @Nullable String department,
      String value) {}

  /**
   * Where a figure stands.
   *
   * @param by {@code channel}, {@code department}, or empty for the whole
   */
  record Row(String city, Instant hour, String by, String key) {}

  /** What stands in a row. */
  record Figures(long received, long resolved, long resolvedAtFirstContact, long escalated) {
    static final Figures NONE = new Figures(0, 0, 0, 0);

    Figures plus(Figures more) {
      return new Figures(
          received + more.received,
          resolved + more.resolved,
          resolvedAtFirstContact + more.resolvedAtFirstContact,
          escalated + more.escalated);
    }
  }

  /**
   * A mail or a webhook about an inquiry.
   *
   * @param name by which a repeat is recognised
   * @param taken whether the receiver said that it had taken it
   */
  record Letter(String name, String to, String about, boolean taken) {}
}
