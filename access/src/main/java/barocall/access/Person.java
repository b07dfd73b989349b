package barocall.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may log in. A generated password stands in clear, because programs and the first
 * visitor read it from the file; one that a person chose is kept only as a hash.
 *
 * @param city the city they belong to; absent: all cities
 * @param department the department, for the role department
 * @param agent the agent's id in the city file, for the role agent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Person(
    String user,
    @Nullable String password,
    @Nullable String passwordHash,
    Role role,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String city,
    @Nullable String department,
    @Nullable String agent,
    String name,
    boolean disabled) {

  public Person {
    name = name == null ? user : name;
  }

  /** Someone new whose password was generated. */
  public static Person generated(
      String user,
      String password,
      Role role,
      @Nullable String city,
      @Nullable String department,
      @Nullable String agent,
      String name) {
    return new Person(user, password, null, role, city, department, agent, name, false);
  }

  /** The same person with a password of their own choice, of which only the hash is kept. */
  public Person withPasswordHash(String hash) {
    return new Person(user, null, hash, role, city, department, agent, name, disabled);
  }

  /** The same person with a generated password, kept in clear. */
  public Person withGeneratedPassword(String generated) {
    return new Person(user, generated, null, role, city, department, agent, name, disabled);
  }

  /** The same person under that name and with that role, in the same city. */
  public Person withPost(
      String called, Role now, @Nullable String ofDepartment, @Nullable String asAgent) {
    return new Person(
        user, password, passwordHash, now, city, ofDepartment, asAgent, called, disabled);
  }

  /** The same person, let in or kept out. */
  public Person withDisabled(boolean kept) {
    return new Person(user, password, passwordHash, role, city, department, agent, name, kept);
  }

  /** What the password is checked against; changes whenever the password does. */
  String stored() {
    return passwordHash != null ? passwordHash : password != null ? password : "";
  }

  @Override
  public String toString() {
    return "Person[" + user + ", " + role + ", city=" + city + "]";
  }
}
