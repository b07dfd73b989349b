package barocall.intake.words;

import barocall.access.ContactSeal;
import barocall.access.Contacts;
import barocall.access.Vault;
import barocall.contract.Event;
import org.jspecify.annotations.Nullable;

/** How to reach a citizen, read and still in clear; it leaves intake only sealed. */
public record Reach(@Nullable String name, @Nullable String telephone, @Nullable String email) {
  /** Reads a body's contact; null if it says nothing. */
  public static @Nullable Reach read(Reading reading, String field, @Nullable GivenContact given) {
    if (given == null) {
      return null;
    }
    String name = reading.line(field + ".name", given.name());
    String telephone = reading.line(field + ".telephone", given.telephone());
    if (telephone != null && !Contacts.isTelephone(telephone)) {
      reading.wrong(field + ".telephone", "intake.field.telephone");
    }
    String email = reading.line(field + ".email", given.email());
    if (email != null && !Contacts.isEmail(email)) {
      reading.wrong(field + ".email", "intake.field.email");
    }
    return name == null && telephone == null && email == null
        ? null
        : new Reach(name, telephone, email);
  }

  /**
   * The caller's number as an exchange tells it; null for words such as "anonymous", for which no
   * call may be refused.
   */
  public static @Nullable Reach calling(Reading reading, String field, @Nullable String given) {
    String telephone = reading.line(field, given);
    return telephone == null || !Contacts.isTelephone(telephone)
        ? null
        : new Reach(null, telephone, null);
  }

  /** Sealed under the city's key. */
  public Event.Contact sealed(String city, Vault vault) {
    ContactSeal seal = vault.contactSeal(city);
    return new Event.Contact(
        name == null ? null : seal.seal(ContactSeal.Field.NAME, name),
        telephone == null ? null : seal.seal(ContactSeal.Field.TELEPHONE, telephone),
        email == null ? null : seal.seal(ContactSeal.Field.EMAIL, email),
        telephone == null ? null : vault.telephoneHash(city).of(telephone));
  }

  @Override
  public String toString() {
    return "Reach[…]";
  }
}
