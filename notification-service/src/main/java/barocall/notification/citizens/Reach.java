package barocall.notification.citizens;

import barocall.contract.Channel;
import barocall.contract.Event.Contact;
import barocall.notification.deliveries.Delivery.Means;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** By which means a citizen is told. */
final class Reach {
  /** Channels on which a telephone number is given in writing, in order to be told something. */
  private static final Set<Channel> WRITTEN =
      EnumSet.of(Channel.SMS, Channel.MOBILE, Channel.WEB, Channel.OPEN311);

  private Reach() {}

  /**
   * By e-mail if there is an address, else by text message if the number was given in writing; a
   * telephone caller who left no e-mail address is told nothing.
   */
  static Optional<Means> of(Channel channel, Contact contact) {
    if (contact.email() != null) {
      return Optional.of(Means.EMAIL);
    }
    return contact.telephone() != null && WRITTEN.contains(channel)
        ? Optional.of(Means.TEXT)
        : Optional.empty();
  }

  /**
   * Whether text messages reach this number. Numbers with a leading 0 are taken as Korean, where
   * only those that begin with 01 belong to mobile telephones.
   */
  static boolean takesTexts(String telephone) {
    String digits = telephone.replaceAll("[^0-9+]", "");
    String national = digits.startsWith("+82") ? "0" + digits.substring(3) : digits;
    return digits.length() >= 7 && (!national.startsWith("0") || national.startsWith("01"));
  }
}
