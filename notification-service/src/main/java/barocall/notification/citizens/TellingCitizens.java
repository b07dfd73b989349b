package barocall.notification.citizens;

import barocall.access.ContactSeal.Field;
import barocall.access.ReceiptNumbers;
import barocall.access.Vault;
import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.kit.web.ServiceUrls;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Cases;
import barocall.notification.deliveries.Delivery;
import barocall.notification.deliveries.Delivery.Means;
import barocall.notification.deliveries.Letter;
import barocall.notification.deliveries.Letters;
import barocall.notification.deliveries.Post;
import barocall.notification.deliveries.Teller;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Citizens are told at receipt and at the end, by the way that they came, if they left an address.
 * Their contact is opened only for as long as a letter is written.
 */
@Component
class TellingCitizens implements Teller, Letters {
  private final Cities cities;
  private final Cases cases;
  private final CitizenOccasions occasions;
  private final ObjectProvider<Post> post;
  private final Vault vault;
  private final ServiceUrls urls;

  TellingCitizens(
      Cities cities,
      Cases cases,
      CitizenOccasions occasions,
      ObjectProvider<Post> post,
      Vault vault,
      ServiceUrls urls) {
    this.cities = cities;
    this.cases = cases;
    this.occasions = occasions;
    this.post = post;
    this.vault = vault;
    this.urls = urls;
  }

  @Override
  public Mono<Void> tell(InquiryEvent fact, CaseFile file, City city) {
    List<Delivery> deliveries = occasions.of(fact, file, city);
    return deliveries.isEmpty() ? Mono.empty() : post.getObject().send(deliveries);
  }

  @Override
  public boolean areFor(Delivery delivery) {
    return delivery.department() == null;
  }

  @Override
  public Mono<Optional<Letter>> letter(Delivery delivery) {
    return cases.file(delivery.inquiryId()).map(file -> letter(delivery, file));
  }

  private Optional<Letter> letter(Delivery delivery, CaseFile file) {
    City city = cities.city(delivery.city()).orElse(null);
    Contact contact = file.contact().orElse(null);
    if (city == null || contact == null || !has(contact, delivery.means())) {
      return Optional.empty();
    }
    CallReceived received = file.all(CallReceived.class).findFirst().orElse(null);
    ReceiptNumbers numbers = vault.receiptNumbers();
    String number = numbers.of(file.inquiryId());
    CitizenLetter letter =
        new CitizenLetter(
            city,
            number,
            news(delivery, file),
            file.inquiry().map(Inquiry::receivedAt).orElse(null),
            received != null && received.outOfHours() ? city.nextOpening(received.at()) : null,
            urls.intake() + "/receipts/" + number + "?token=" + numbers.token(file.inquiryId()));
    String to = opened(contact, delivery.means(), city);
    return Optional.of(
        delivery.means() == Means.EMAIL
            ? new Letter(
                to,
                letter.subject(),
                letter.body(),
                isAnswer(delivery) && received != null ? received.id() : null)
            : new Letter(to, null, letter.text(), null));
  }

  private static CitizenLetter.News news(Delivery delivery, CaseFile file) {
    if (isCorrection(delivery)) {
      return CitizenLetter.News.CORRECTED;
    }
    if (!isAnswer(delivery)) {
      return CitizenLetter.News.RECEIVED;
    }
    return file.all(InquiryResolved.class)
            .anyMatch(it -> it.step() == delivery.step() && it.how() == How.CANCELLED)
        ? CitizenLetter.News.WITHDRAWN
        : CitizenLetter.News.ANSWERED;
  }

  private static boolean isAnswer(Delivery delivery) {
    return delivery.occasion().equals(CitizenOccasions.RESOLVED) || isCorrection(delivery);
  }

  private static boolean isCorrection(Delivery delivery) {
    return delivery.occasion().startsWith(CitizenOccasions.CORRECTED);
  }

  private static boolean has(Contact contact, Means means) {
    return means == Means.EMAIL ? contact.email() != null : contact.telephone() != null;
  }

  private String opened(Contact contact, Means means, City city) {
    return means == Means.EMAIL
        ? vault.contactSeal(city.id()).open(Field.EMAIL, String.valueOf(contact.email()))
        : vault.contactSeal(city.id()).open(Field.TELEPHONE, String.valueOf(contact.telephone()));
  }
}
