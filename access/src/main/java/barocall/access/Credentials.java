package barocall.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who may come in, and the secrets that all services share: one unchanging picture of the
 * credentials file. Changes give a new picture; {@link CredentialsFile#change} writes it.
 *
 * @param keys for each city, the key with which programs speak for all its channels; and those of
 *     programs that work for no city
 * @param people everyone who may log in
 * @param secrets what signs and seals
 * @param webhooks for each {@code city/department}, the secret that signs its webhook
 * @param channelKeys further keys, each for some channels of a city only
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Credentials(
    Map<String, String> keys,
    List<Person> people,
    @JsonProperty("secrets") Secrets secrets,
    Map<String, String> webhooks,
    List<ChannelKey> channelKeys) {

  private static final int KEY_BYTES = 24;
  private static final int SHORTEST_PASSWORD = 8;
  private static final int ACCESS_SEAL_BYTES = 24;

  public Credentials {
    keys = sorted(keys);
    people = people == null ? List.of() : List.copyOf(people);
    secrets = secrets == null ? new Secrets(null, null, Map.of(), Map.of()) : secrets;
    webhooks = sorted(webhooks);
    channelKeys = channelKeys == null ? List.of() : List.copyOf(channelKeys);
  }

  private static Map<String, String> sorted(@Nullable Map<String, String> map) {
    return Collections.unmodifiableMap(map == null ? new TreeMap<>() : new TreeMap<>(map));
  }

  /** Nobody and nothing yet. */
  public static Credentials none() {
    return new Credentials(
        Map.of(), List.of(), new Secrets(null, null, Map.of(), Map.of()), Map.of(), List.of());
  }

  /** Random keys, secrets and passwords for these cities and everyone in them. */
  public static Credentials generate(List<Office> offices, SecureRandom random) {
    return none().complete(offices, random);
  }

  /** Adds what these cities still lack and keeps all the rest; the same picture if nothing does. */
  public Credentials complete(List<Office> offices, SecureRandom random) {
    Map<String, String> keys = new TreeMap<>(this.keys);
    Map<String, String> hooks = new TreeMap<>(webhooks);
    Map<String, String> telephone = new TreeMap<>(secrets.telephone());
    Map<String, JsonNode> contact = new TreeMap<>(secrets.contact());
    Staff staff = new Staff(people, random);
    staff.need("admin", Role.ADMIN, null, null, null, "관리자");
    for (Office office : offices) {
      String city = office.city();
      keys.computeIfAbsent(city, c -> text(random));
      telephone.computeIfAbsent(city, c -> base64(random));
      contact.computeIfAbsent(city, c -> ContactSeal.newKeyset());
      staff.need(city + "-admin", Role.ADMIN, city, null, null, "센터장");
      for (Office.Seat agent : office.agents()) {
        staff.need(city + "-" + agent.id(), Role.AGENT, city, null, agent.id(), agent.name());
      }
      for (Office.Seat department : office.departments()) {
        String id = department.id();
        staff.need(city + "-" + id, Role.DEPARTMENT, city, id, null, department.name());
        hooks.computeIfAbsent(city + "/" + id, d -> "whsec_" + base64(random));
      }
    }
    String receipt = secrets.receipt() != null ? secrets.receipt() : base64(random);
    String session = secrets.session() != null ? secrets.session() : base64(random);
    Credentials complete =
        new Credentials(
            keys,
            staff.people,
            new Secrets(receipt, session, telephone, contact),
            hooks,
            channelKeys);
    return complete.equals(this) ? this : complete;
  }

  /**
   * With a key for a program that works for no city; the same picture if it has one. It opens what
   * is open to every key, such as the figures for Prometheus, and nothing of any city.
   *
   * @param program its name, which must be no city's
   */
  public Credentials withProgram(String program, SecureRandom random) {
    if (keys.containsKey(program)) {
      return this;
    }
    Map<String, String> more = new TreeMap<>(keys);
    more.put(program, text(random));
    return new Credentials(more, people, secrets, webhooks, channelKeys);
  }

  /** The person of this user name, disabled or not. */
  public Optional<Person> person(String user) {
    return people.stream().filter(person -> person.user().equals(user)).findFirst();
  }

  /** With one more person. */
  public Credentials add(Person person) {
    if (person(person.user()).isPresent()) {
      throw new CredentialsException(
          "There is somebody called " + person.user() + " already; choose another user name.");
    }
    List<Person> more = new ArrayList<>(people);
    more.add(person);
    Credentials credentials = new Credentials(keys, more, secrets, webhooks, channelKeys);
    credentials.check("the new person");
    return credentials;
  }

  /** With that person changed. */
  public Credentials change(String user, UnaryOperator<Person> change) {
    if (person(user).isEmpty()) {
      throw new CredentialsException(
          "There is nobody called " + user + "; `./barocall people list` shows everyone.");
    }
    List<Person> changed =
        people.stream().map(p -> p.user().equals(user) ? change.apply(p) : p).toList();
    return new Credentials(keys, changed, secrets, webhooks, channelKeys);
  }

  /** With that person let in ({@code false}) or kept out ({@code true}). */
  public Credentials disable(String user, boolean disabled) {
    return change(user, person -> person.withDisabled(disabled));
  }

  /**
   * With a password of the person's own choice, kept only as a hash.
   *
   * @throws CredentialsException if it has fewer than 8 characters
   */
  public Credentials password(String user, String password, SecureRandom random) {
    if (password.length() < SHORTEST_PASSWORD) {
      throw new CredentialsException(
          "A password needs at least " + SHORTEST_PASSWORD + " characters.");
    }
    String hash = Passwords.hash(password, random);
    return change(user, person -> person.withPasswordHash(hash));
  }

  /** What this key opens. Compares with every key, so that the duration tells nothing. */
  public Optional<KeyHolder> holderOfKey(String key) {
    KeyHolder found = null;
    for (Map.Entry<String, String> entry : keys.entrySet()) {
      if (Passwords.same(entry.getValue(), key)) {
        found = new KeyHolder(entry.getKey(), null);
      }
    }
    for (ChannelKey limited : channelKeys) {
      if (Passwords.same(limited.key(), key)) {
        found = new KeyHolder(limited.city(), Set.copyOf(limited.channels()));
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * With one more key, for some channels of a city only.
   *
   * @throws CredentialsException if the city has one of that name already
   */
  public Credentials withChannelKey(
      String name, String city, List<String> channels, SecureRandom random) {
    if (channelKey(name, city).isPresent()) {
      throw new CredentialsException(
          "%s has a key called %s already; choose another name.".formatted(city, name));
    }
    List<ChannelKey> more = new ArrayList<>(channelKeys);
    more.add(new ChannelKey(name, city, channels, text(random)));
    Credentials credentials = new Credentials(keys, people, secrets, webhooks, more);
    credentials.check("the new key");
    return credentials;
  }

  /**
   * Without that key, which opens nothing any more.
   *
   * @throws CredentialsException if there is none
   */
  public Credentials withoutChannelKey(String name, String city) {
    ChannelKey gone =
        channelKey(name, city)
            .orElseThrow(
                () ->
                    new CredentialsException(
                        "%s has no key called %s; `./barocall keys list` shows all."
                            .formatted(city, name)));
    List<ChannelKey> left = channelKeys.stream().filter(it -> it != gone).toList();
    return new Credentials(keys, people, secrets, webhooks, left);
  }

  /** The key of that name for some of a city's channels. */
  public Optional<ChannelKey> channelKey(String name, String city) {
    return channelKeys.stream()
        .filter(it -> it.name().equals(name) && it.city().equals(city))
        .findFirst();
  }

  /** The secret ({@code whsec_…}) that signs the webhook of a department. */
  public Optional<String> webhookSecret(String city, String department) {
    return Optional.ofNullable(webhooks.get(city + "/" + department));
  }

  /** Receipt numbers and the tokens of their links. */
  public ReceiptNumbers receiptNumbers() {
    return new ReceiptNumbers(Secrets.bytes(secrets.receipt(), "receipt"));
  }

  /**
   * Seals the records of who saw what: from a text to its seal. It lasts as long as the receipts'
   * secret, which is never changed.
   */
  public UnaryOperator<String> accessSeal() {
    Keyed keyed = new Keyed(Secrets.bytes(secrets.receipt(), "receipt"));
    return text -> keyed.text("access/" + text, ACCESS_SEAL_BYTES);
  }

  /** Seals and opens the contacts of a city's citizens. */
  public ContactSeal contactSeal(String city) {
    return new ContactSeal(city, keyset(city).toString());
  }

  /**
   * With one more key for the contacts of a city's citizens, which opens but does not seal yet: so
   * that all who read the credentials have it before anything is sealed under it.
   */
  public Credentials withNewContactKey(String city) {
    return withKeyset(city, ContactSeal.withNewKey(city, keyset(city)));
  }

  /** With the newest key sealing the contacts of a city's citizens; all others still open. */
  public Credentials sealingWithNewestKey(String city) {
    return withKeyset(city, ContactSeal.sealingWithNewest(city, keyset(city)));
  }

  /** How many keys open the contacts of a city's citizens. */
  public int contactKeys(String city) {
    return ContactSeal.keys(city, keyset(city));
  }

  private JsonNode keyset(String city) {
    JsonNode keyset = secrets.contact().get(city);
    if (keyset == null) {
      throw missing("contact", city);
    }
    return keyset;
  }

  private Credentials withKeyset(String city, JsonNode keyset) {
    Map<String, JsonNode> contact = new TreeMap<>(secrets.contact());
    contact.put(city, keyset);
    return new Credentials(
        keys,
        people,
        new Secrets(secrets.receipt(), secrets.session(), secrets.telephone(), contact),
        webhooks,
        channelKeys);
  }

  /** Finds the same caller of a city again. */
  public TelephoneHash telephoneHash(String city) {
    String secret = secrets.telephone().get(city);
    if (secret == null) {
      throw missing("telephone", city);
    }
    return new TelephoneHash(Secrets.bytes(secret, "telephone." + city));
  }

  Keyed sessionSecret() {
    return new Keyed(Secrets.bytes(secrets.session(), "session"));
  }

  private static CredentialsException missing(String kind, String city) {
    return new CredentialsException(
        "The credentials lack secrets.%s.%s; run `./barocall up` once to complete them."
            .formatted(kind, city));
  }

  /** Refuses what cannot be meant. */
  void check(String where) {
    Set<String> users = new HashSet<>();
    for (Person person : people) {
      String user = person.user();
      if (user == null || user.isBlank() || user.contains(":") || person.role() == null) {
        throw new CredentialsException(
            where + ": every person needs a user name without a colon, and a role.");
      }
      if (!users.add(user)) {
        throw new CredentialsException(where + ": " + user + " stands there twice; remove one.");
      }
      if (person.role() != Role.ADMIN && person.city() == null) {
        throw new CredentialsException(where + ": " + user + " needs a city.");
      }
      if (person.role() == Role.DEPARTMENT && person.department() == null) {
        throw new CredentialsException(where + ": " + user + " needs a department.");
      }
    }
    Set<String> values = new HashSet<>();
    keys.forEach(
        (city, key) -> {
          if (key == null || key.isBlank() || !values.add(key)) {
            throw new CredentialsException(
                where + ": the key of " + city + " must be there and no other city's.");
          }
        });
    Set<String> names = new HashSet<>();
    for (ChannelKey limited : channelKeys) {
      if (isBlank(limited.name()) || isBlank(limited.city()) || limited.channels().isEmpty()) {
        throw new CredentialsException(
            where + ": every one of the channelKeys needs a name, a city and its channels.");
      }
      if (!names.add(limited.city() + "/" + limited.name())) {
        throw new CredentialsException(
            "%s: the key %s of %s stands there twice; remove one."
                .formatted(where, limited.name(), limited.city()));
      }
      if (isBlank(limited.key()) || !values.add(limited.key())) {
        throw new CredentialsException(
            "%s: the key %s of %s must be there and nobody else's."
                .formatted(where, limited.name(), limited.city()));
      }
    }
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.isBlank();
  }

  private static String text(SecureRandom random) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String base64(SecureRandom random) {
    byte[] bytes = new byte[Secrets.BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Credentials[" + keys.keySet() + ", " + people.size() + " people]";
  }

  /** The people while they are being completed. */
  private static final class Staff {
    private final List<Person> people;
    private final SecureRandom random;

    Staff(List<Person> people, SecureRandom random) {
      this.people = new ArrayList<>(people);
      this.random = random;
    }

    void need(
        String user,
        Role role,
        @Nullable String city,
        @Nullable String department,
        @Nullable String agent,
        String name) {
      boolean there =
          people.stream()
              .anyMatch(
                  p ->
                      p.role() == role
                          && Objects.equals(p.city(), city)
                          && Objects.equals(p.department(), department)
                          && Objects.equals(p.agent(), agent));
      if (!there) {
        String password = Passwords.readable(random);
        people.add(Person.generated(free(user), password, role, city, department, agent, name));
      }
    }

    /** An agent and a department may bear one id; their user names may not. */
    private String free(String user) {
      String free = user;
      for (int n = 2; taken(free); n++) {
        free = user + "-" + n;
      }
      return free;
    }

    private boolean taken(String user) {
      return people.stream().anyMatch(p -> p.user().equals(user));
    }
  }
}
