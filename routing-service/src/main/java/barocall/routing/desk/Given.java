package barocall.routing.desk;

import barocall.access.ContactSeal;
import barocall.access.Contacts;
import barocall.access.IdentityNumbers;
import barocall.access.Vault;
import barocall.access.Words;
import barocall.city.Category;
import barocall.city.City;
import barocall.contract.Event;
import barocall.contract.WireName;
import barocall.kit.web.ProblemException;
import barocall.kit.web.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an agent's screen sends: gathers all that is wrong, masks identity numbers, and seals
 * contacts.
 */
final class Given {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

  private final List<FieldError> wrong = new ArrayList<>();
  private int tooLong;

  /** A place as a body says it. */
  record Place(@Nullable String address, @Nullable Double latitude, @Nullable Double longitude) {}

  /** A contact as a body says it. */
  record Contact(@Nullable String name, @Nullable String telephone, @Nullable String email) {
    @Override
    public String toString() {
      return "Contact[…]";
    }
  }

  /** Several lines of words, masked; null if there are none. */
  @Nullable String text(String field, @Nullable String given) {
    return given == null ? null : words(field, Words.lines(given), Words.TEXT);
  }

  /** One line of words, masked; null if there are none. */
  @Nullable String line(String field, @Nullable String given) {
    return given == null ? null : words(field, Words.line(given), Words.LINE);
  }

  private @Nullable String words(String field, String clean, int longest) {
    if (Words.isTooLong(clean, longest)) {
      wrong(field, "kit.field.too-long|" + longest);
      tooLong++;
      return null;
    }
    return clean.isEmpty() ? null : IdentityNumbers.mask(clean).text();
  }

  /** An id of a city file that must be known there. */
  @Nullable String id(String field, @Nullable String given, Predicate<String> known) {
    if (given == null || given.isBlank()) {
      return null;
    }
    if (!ID.matcher(given).matches() || !known.test(given)) {
      wrong(field, "kit.field.unknown");
      return null;
    }
    return given;
  }

  /** A category of the city file, by its id or as imported files spell it: its id. */
  @Nullable String category(String field, @Nullable String given, City city) {
    if (given == null || given.isBlank()) {
      return null;
    }
    String id = city.category(given).map(Category::id).orElse(null);
    if (id == null) {
      wrong(field, "kit.field.unknown");
    }
    return id;
  }

  /** One of the names of an enumeration. */
  <E extends Enum<E> & WireName> @Nullable E oneOf(
      String field, @Nullable String given, Class<E> type, Predicate<E> allowed) {
    if (given == null || given.isBlank()) {
      return null;
    }
    E found = WireName.find(type, given).filter(allowed).orElse(null);
    if (found == null) {
      wrong(
          field,
          "kit.field.one-of|"
              + Arrays.stream(type.getEnumConstants())
                  .filter(allowed)
                  .map(WireName::wireName)
                  .collect(Collectors.joining(", ")));
    }
    return found;
  }

  Event.@Nullable Place place(@Nullable Place given) {
    if (given == null) {
      return null;
    }
    String address = line("place.address", given.address());
    degrees("place.latitude", given.latitude(), 90);
    degrees("place.longitude", given.longitude(), 180);
    if ((given.latitude() == null) != (given.longitude() == null)) {
      wrong(given.latitude() == null ? "place.latitude" : "place.longitude", "kit.field.missing");
    }
    boolean nothing = address == null && given.latitude() == null;
    return nothing || !wrong.isEmpty()
        ? null
        : new Event.Place(address, given.latitude(), given.longitude());
  }

  private void degrees(String field, @Nullable Double given, int most) {
    if (given != null && !(given >= -most && given <= most)) {
      wrong(field, "kit.field.invalid");
    }
  }

  /** Sealed under the city's key; null if nothing is said. */
  Event.@Nullable Contact contact(@Nullable Contact given, String city, Vault vault) {
    if (given == null) {
      return null;
    }
    String name = line("contact.name", given.name());
    String telephone = line("contact.telephone", given.telephone());
    if (telephone != null && !Contacts.isTelephone(telephone)) {
      wrong("contact.telephone", "desk.field.telephone");
    }
    String email = line("contact.email", given.email());
    if (email != null && !Contacts.isEmail(email)) {
      wrong("contact.email", "desk.field.email");
    }
    if (!wrong.isEmpty() || (name == null && telephone == null && email == null)) {
      return null;
    }
    ContactSeal seal = vault.contactSeal(city);
    return new Event.Contact(
        name == null ? null : seal.seal(ContactSeal.Field.NAME, name),
        telephone == null ? null : seal.seal(ContactSeal.Field.TELEPHONE, telephone),
        email == null ? null : seal.seal(ContactSeal.Field.EMAIL, email),
        telephone == null ? null : vault.telephoneHash(city).of(telephone));
  }

  /** Notes that nothing is there, unless what is there is wrong already. */
  void missing(String field) {
    if (wrong.stream().noneMatch(it -> it.field().equals(field))) {
      wrong(field, "kit.field.missing");
    }
  }

  boolean isFineSoFar() {
    return wrong.isEmpty();
  }

  void wrong(String field, String message) {
    wrong.add(new FieldError(field, message));
  }

  /** Throws a problem that names all that is wrong: 413 if something is only too long, else 400. */
  void check() {
    if (!wrong.isEmpty()) {
      throw wrong.size() == tooLong
          ? ProblemException.tooLong(wrong)
          : ProblemException.badFields(wrong);
    }
  }
}
