package barocall.contract;

import java.util.Locale;
import java.util.Optional;

/** An enum whose constants have a name on the wire: lower case, words parted by hyphens. */
public interface WireName {
  /** The constant's Java name. */
  String name();

  /** As it stands in JSON, in doors and in the store. */
  default String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of that wire name, if there is one. */
  static <E extends Enum<E> & WireName> Optional<E> find(Class<E> type, String wireName) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wireName().equals(wireName)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
