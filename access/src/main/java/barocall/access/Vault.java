package barocall.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the shared secrets are for, ready to use: made once for each picture of the credentials, so
 * that it may be asked for with every request.
 */
public final class Vault {
  private final Supplier<Credentials> credentials;
  private volatile Made made;

  public Vault(Supplier<Credentials> credentials) {
    this.credentials = credentials;
    this.made = new Made(Credentials.none());
  }

  /** Seals and opens the contacts of a city's citizens. */
  public ContactSeal contactSeal(String city) {
    Made now = now();
    return now.seals.computeIfAbsent(city, now.of::contactSeal);
  }

  /** Finds the same caller of a city again. */
  public TelephoneHash telephoneHash(String city) {
    Made now = now();
    return now.hashes.computeIfAbsent(city, now.of::telephoneHash);
  }

  /** Receipt numbers and the tokens of their links. */
  public ReceiptNumbers receiptNumbers() {
    Made now = now();
    return now.numbers.computeIfAbsent("", any -> now.of.receiptNumbers());
  }

  private Made now() {
    Credentials current = credentials.get();
    Made known = made;
    if (known.of != current) {
      known = new Made(current);
      made = known;
    }
    return known;
  }

  private static final class Made {
    private final Credentials of;
    private final Map<String, ContactSeal> seals = new ConcurrentHashMap<>();
    private final Map<String, TelephoneHash> hashes = new ConcurrentHashMap<>();
    private final Map<String, ReceiptNumbers> numbers = new ConcurrentHashMap<>();

    Made(Credentials of) {
      this.of = of;
    }
  }
}
