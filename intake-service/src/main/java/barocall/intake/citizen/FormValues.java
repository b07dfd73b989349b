package barocall.intake.citizen;

import barocall.intake.inquiries.InquiryBody;
import barocall.intake.words.GivenContact;
import barocall.intake.words.GivenPlace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a citizen typed into the form, kept as typed until it is accepted. */
record FormValues(
    String key,
    String category,
    String text,
    String address,
    String name,
    String telephone,
    String email) {

  /** The form's fields by the name that a posted inquiry has for them. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "place.address", "address",
          "contact.name", "name",
          "contact.telephone", "telephone",
          "contact.email", "email",
          "Idempotency-Key", "key");

  static FormValues empty(String key) {
    return new FormValues(key, "", "", "", "", "", "");
  }

  static FormValues of(Map<String, List<String>> form) {
    return new FormValues(
        value(form, "key"),
        value(form, "category"),
        value(form, "text"),
        value(form, "address"),
        value(form, "name"),
        value(form, "telephone"),
        value(form, "email"));
  }

  FormValues withKey(String another) {
    return new FormValues(another, category, text, address, name, telephone, email);
  }

  /** As a channel would post it. */
  InquiryBody body() {
    return new InquiryBody(
        "web",
        text,
        null,
        said(category),
        said(address) == null ? null : new GivenPlace(address, null, null),
        List.of(name, telephone, email).stream().allMatch(String::isBlank)
            ? null
            : new GivenContact(said(name), said(telephone), said(email)));
  }

  static String field(String posted) {
    return FIELDS.getOrDefault(posted, posted);
  }

  private static @Nullable String said(String value) {
    return value.isBlank() ? null : value;
  }

  private static String value(Map<String, List<String>> form, String name) {
    List<String> values = form.getOrDefault(name, List.of());
    return values.isEmpty() || values.get(0) == null ? "" : values.get(0);
  }

  @Override
  public String toString() {
    return "FormValues[…]";
  }
}
