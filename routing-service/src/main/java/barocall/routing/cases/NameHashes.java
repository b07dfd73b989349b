package barocall.routing.cases;

import barocall.access.ContactSeal;
import barocall.access.CredentialsException;
import barocall.access.Vault;
import java.util.Optional;

/** The keyed hash of a sealed name, which is opened for it and kept nowhere. */
@FunctionalInterface
public interface NameHashes {
  /** Empty where the name does not open any more: nobody is found by it then. */
  Optional<String> of(String city, String sealedName);

  static NameHashes by(Vault vault) {
    return (city, sealedName) -> {
      try {
        String name = vault.contactSeal(city).open(ContactSeal.Field.NAME, sealedName);
        return Optional.of(vault.telephoneHash(city).ofName(name));
      } catch (CredentialsException lost) {
        return Optional.empty();
      }
    };
  }
}
