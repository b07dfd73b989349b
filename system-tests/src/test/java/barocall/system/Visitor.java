package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * Somebody at a door.
 *
 * @param name for messages of failing tests
 * @param authorization the header that they send; empty for none
 */
record Visitor(String name, String authorization) {
  static final Visitor NOBODY = new Visitor("nobody", "");

  static Visitor withKey(String city, String key) {
    return new Visitor("key of " + city, "Bearer " + key);
  }

  static Visitor person(Credentials.Person person) {
    String pair = person.user() + ":" + person.password();
    return new Visitor(
        person.user(), "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  @Override
  public String toString() {
    return name;
  }
}
