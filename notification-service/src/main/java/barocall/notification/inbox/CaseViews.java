package barocall.notification.inbox;

import barocall.access.ContactSeal;
import barocall.access.ContactSeal.Field;
import barocall.access.Vault;
import barocall.city.City;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Contact;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Standing;
import barocall.notification.inbox.CaseView.HistoryEntry;
import barocall.notification.inbox.CaseView.OpenedContact;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows a case to those who may see it; the only place where an inbox opens a contact. */
@Component
class CaseViews {
  private final Vault vault;

  CaseViews(Vault vault) {
    this.vault = vault;
  }

  CaseView of(CaseFile file, Standing standing, City city) {
    // What was reopened is with whom it went to, and a department that gets it again stands anew.
    boolean holds =
        standing.isOpen()
            || (standing.state() == Standing.State.RESOLVED && standing.reopened() == null);
    return new CaseView(
        InboxItem.of(standing, city),
        holds ? file.contact().map(contact -> opened(contact, city)).orElse(null) : null,
        file.all(InquiryEvent.class)
            .map(fact -> entry(fact, city))
            .flatMap(Optional::stream)
            .toList());
  }

  private OpenedContact opened(Contact contact, City city) {
    ContactSeal seal = vault.contactSeal(city.id());
    return new OpenedContact(
        opened(seal, Field.NAME, contact.name()),
        opened(seal, Field.TELEPHONE, contact.telephone()),
        opened(seal, Field.EMAIL, contact.email()));
  }

  private static @Nullable String opened(
      ContactSeal seal, Field field, @Nullable String ciphertext) {
    return ciphertext == null ? null : seal.open(field, ciphertext);
  }

  private static Optional<HistoryEntry> entry(InquiryEvent fact, City city) {
    if (fact instanceof CallReceived received) {
      return entry(fact, city, "received", null, received.agent(), null);
    }
    if (fact instanceof InquiryDescribed described) {
      return entry(fact, city, "described", null, described.agent(), described.text());
    }
    if (fact instanceof InquiryAssigned assigned) {
      return entry(fact, city, "at-desk", null, assigned.agent(), assigned.why().sentence());
    }
    if (fact instanceof ComplaintEscalated escalated) {
      return entry(
          fact,
          city,
          "escalated",
          escalated.department(),
          escalated.agent(),
          escalated.why().sentence());
    }
    if (fact instanceof ComplaintAcknowledged acknowledged) {
      return entry(
          fact, city, "acknowledged", acknowledged.department(), acknowledged.officer(), null);
    }
    if (fact instanceof ComplaintReturned returned) {
      return entry(
          fact, city, "returned", returned.department(), returned.officer(), returned.reason());
    }
    if (fact instanceof RecallRequested wish) {
      return entry(fact, city, "recall-requested", null, wish.agent(), wish.reason());
    }
    if (fact instanceof ComplaintRecalled recalled) {
      return entry(fact, city, "recalled", recalled.department(), recalled.agent(), null);
    }
    if (fact instanceof ComplaintReminded reminded) {
      return entry(fact, city, reminded.reminder().wireName(), reminded.department(), null, null);
    }
    if (fact instanceof InquiryResolved resolved) {
      return entry(
          fact, city, "resolved", resolved.department(), resolved.who(), resolved.answer());
    }
    if (fact instanceof AnswerCorrected corrected) {
      return entry(fact, city, "corrected", null, corrected.agent(), corrected.answer());
    }
    return fact instanceof InquiryReopened reopened
        ? entry(fact, city, "reopened", null, null, reopened.reason())
        : Optional.empty();
  }

  private static Optional<HistoryEntry> entry(
      InquiryEvent fact,
      City city,
      String what,
      @Nullable String department,
      @Nullable String by,
      @Nullable String words) {
    return Optional.of(
        new HistoryEntry(
            fact.at().atZone(city.timeZone()).toOffsetDateTime(),
            what,
            fact.step(),
            department,
            department == null
                ? null
                : city.department(department)
                    .map(it -> it.name().in(city.language()))
                    .orElse(department),
            by,
            words));
  }
}
