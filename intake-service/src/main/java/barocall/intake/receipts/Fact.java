package barocall.intake.receipts;

import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as receipts keep it: without the citizen's words, and of the contact only the telephone,
 * by whose last digits a caller shows that an inquiry is theirs.
 */
final class Fact {
  /**
   * The topics that say something about how far an inquiry is, and those of which an exchange may
   * tell one fact in two ways.
   */
  static final Set<Topic> TOPICS =
      Set.of(
          Topic.CALL_RECEIVED,
          Topic.CALL_ANSWERED,
          Topic.CALL_ENDED,
          Topic.INQUIRY_DESCRIBED,
          Topic.INQUIRY_ASSIGNED,
          Topic.INQUIRY_RESOLVED,
          Topic.ANSWER_CORRECTED,
          Topic.COMPLAINT_ESCALATED,
          Topic.COMPLAINT_ACKNOWLEDGED,
          Topic.COMPLAINT_RETURNED,
          Topic.INQUIRY_REOPENED,
          Topic.SATISFACTION_RATED);

  private Fact() {}

  /** The event without words. */
  static Event.InquiryEvent of(Event.InquiryEvent event) {
    if (event instanceof Event.CallReceived it) {
      return new Event.CallReceived(
          it.inquiry(),
          it.at(),
          it.step(),
          it.door(),
          it.direction(),
          null,
          null,
          it.outOfHours(),
          null,
          null,
          null,
          telephone(it.contact()),
          it.claimedAt(),
          it.erased());
    }
    if (event instanceof Event.InquiryDescribed it) {
      return new Event.InquiryDescribed(
          it.inquiry(),
          it.at(),
          it.step(),
          it.revision(),
          it.agent(),
          null,
          null,
          null,
          telephone(it.contact()),
          it.erased());
    }
    if (event instanceof Event.InquiryAssigned it) {
      return new Event.InquiryAssigned(
          it.inquiry(),
          it.at(),
          it.step(),
          wordless(it.why()),
          it.agent(),
          it.urgent(),
          it.emergencyNumbers(),
          it.suggestedDepartments(),
          it.erased());
    }
    if (event instanceof Event.ComplaintEscalated it) {
      return new Event.ComplaintEscalated(
          it.inquiry(),
          it.at(),
          it.step(),
          it.department(),
          it.departmentName(),
          it.petitionKind(),
          it.priority(),
          it.dueAt(),
          it.dueClause(),
          wordless(it.why()),
          null,
          it.transfers(),
          null,
          null,
          null,
          telephone(it.contact()),
          it.erased());
    }
    if (event instanceof Event.InquiryReopened it) {
      return new Event.InquiryReopened(it.inquiry(), it.at(), it.step(), null, null, it.erased());
    }
    if (event instanceof Event.ComplaintReturned it) {
      return new Event.ComplaintReturned(
          it.inquiry(), it.at(), it.step(), it.department(), null, null, it.erased());
    }
    return event;
  }

  /** The fact's name within its inquiry: the topic and what follows the inquiry in the key. */
  static String name(Event.InquiryEvent event) {
    return event.topic().wireName() + event.key().substring(event.about().length());
  }

  static String written(Event.InquiryEvent event) {
    return new String(EventCodec.json(of(event)), StandardCharsets.UTF_8);
  }

  /** Reads what {@link #written} wrote under that name. */
  static Event.InquiryEvent read(String name, String json) {
    String topic = name.substring(0, name.indexOf('/'));
    return (Event.InquiryEvent)
        EventCodec.parse(
            Topic.find(topic)
                .orElseThrow(() -> new IllegalStateException("a fact of no topic of ours"))
                .record(),
            json.getBytes(StandardCharsets.UTF_8));
  }

  /** Its sentence may quote what an agent or an officer wrote, and no citizen is shown it. */
  private static Event.Why wordless(Event.Why why) {
    return new Event.Why(why.kind(), why.rule(), why.kind().wireName());
  }

  private static Event.@Nullable Contact telephone(Event.@Nullable Contact contact) {
    return contact == null || contact.telephone() == null
        ? null
        : new Event.Contact(null, contact.telephone(), null, null);
  }
}
