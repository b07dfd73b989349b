package barocall.notification.citizens;

import barocall.access.ContactSeal.Field;
import barocall.access.CredentialsException;
import barocall.access.Vault;
import barocall.city.City;
import barocall.contract.Channel;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.notification.cases.CaseFile;
import barocall.notification.deliveries.Delivery;
import barocall.notification.deliveries.Delivery.Means;
import barocall.notification.deliveries.Occasions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * A citizen who left an address is told at receipt, at the end and when the answer was put right,
 * by the way that they came.
 */
@Component
final class CitizenOccasions implements Occasions {
  private static final String RECEIVED = "received";
  static final String RESOLVED = "resolved";
  static final String CORRECTED = "corrected";

  /** Ends that a citizen does not know of already. */
  private static final Set<How> NEWS =
      EnumSet.of(How.ANSWERED, How.DONE, How.REFERRED, How.CANCELLED);

  private final Vault vault;
  private final Clock clock;

  CitizenOccasions(Vault vault, Clock clock) {
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public List<Delivery> of(InquiryEvent fact, CaseFile file, City city) {
    boolean matters =
        fact instanceof CallReceived
            || fact instanceof InquiryResolved
            || fact instanceof AnswerCorrected
            || CaseFile.contactIn(fact).isPresent();
    return matters ? deliveries(file, city) : List.of();
  }

  /**
   * By the contact as it stood at that fact, or the first that reaches the citizen afterwards: what
   * is written down later must not tell the same again by another way.
   */
  private Optional<Means> means(InquiryEvent fact, CaseFile file, City city) {
    return file.contactsSince(fact).stream()
        .map(contact -> means(fact.inquiry(), contact, city))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Means> means(Inquiry inquiry, Contact contact, City city) {
    return Reach.of(inquiry.channel(), contact).stream()
        .filter(by -> by != Means.TEXT || takesTexts(contact, city))
        .findFirst();
  }

  /**
   * A caller whom an agent could help knows it from the telephone, and most numbers are only those
   * that the exchange saw: text messages are for calls that became a written case.
   */
  private static boolean knowsFromTheTelephone(InquiryEvent fact, Means by, CaseFile file) {
    return fact.inquiry().channel() == Channel.TELEPHONE
        && by == Means.TEXT
        && file.all(ComplaintEscalated.class).findAny().isEmpty();
  }

  /** A contact that does not open is found out when it is used, where it shows as a failure. */
  private boolean takesTexts(Contact contact, City city) {
    try {
      return Reach.takesTexts(telephone(contact, city));
    } catch (CredentialsException unopened) {
      return true;
    }
  }

  private List<Delivery> deliveries(CaseFile file, City city) {
    List<Delivery> deliveries = new ArrayList<>();
    file.all(CallReceived.class)
        .forEach(
            fact ->
                means(fact, file, city)
                    .filter(by -> !knowsFromTheTelephone(fact, by, file))
                    .ifPresent(by -> deliveries.add(delivery(fact, RECEIVED, by, city))));
    file.all(InquiryResolved.class)
        .filter(fact -> NEWS.contains(fact.how()))
        .forEach(
            fact ->
                means(fact, file, city)
                    .filter(by -> !knowsFromTheTelephone(fact, by, file))
                    .ifPresent(by -> deliveries.add(delivery(fact, RESOLVED, by, city))));
    file.all(AnswerCorrected.class)
        .forEach(
            fact ->
                means(fact, file, city)
                    .filter(by -> !knowsFromTheTelephone(fact, by, file))
                    .ifPresent(
                        by ->
                            deliveries.add(
                                delivery(fact, CORRECTED + "-" + fact.counter(), by, city))));
    return deliveries;
  }

  private Delivery delivery(InquiryEvent fact, String occasion, Means means, City city) {
    return Delivery.of(
        fact.id(),
        city.id(),
        fact.about(),
        fact.inquiry().receiptNumber(),
        fact.step(),
        occasion,
        means,
        null,
        clock.instant());
  }

  private String telephone(Contact contact, City city) {
    return vault.contactSeal(city.id()).open(Field.TELEPHONE, String.valueOf(contact.telephone()));
  }
}
