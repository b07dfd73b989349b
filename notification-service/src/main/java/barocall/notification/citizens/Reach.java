package barocall.notification.citizens;

import barocall.contract.Channel;
import barocall.contract.Event.Contact;
import barocall.notification.deliveries.Delivery.Means;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** By which means a citizen is told: by the way that they came, if they can be reached so. */
final class Reach {
  /**
   * Channels of who has a telephone in hand. Not the telephone itself: of a caller the number is
   * mostly only what the exchange saw, whereas an address is what they wanted to be told at.
   */
  private static final Set<Channel> BY_TEXT = EnumSet.of(Channel.SMS, Channel.MOBILE);

  private Reach() {}

  /** What the contact has, the way that they came first. */
  static List<Means> of(Channel channel, Contact contact) {
    List<Means> ways =
        BY_TEXT.contains(channel)
            ? List.of(Means.TEXT, Means.EMAIL)
            : List.of(Means.EMAIL, Means.TEXT);
    return ways.stream()
        .filter(way -> (way == Means.EMAIL ? contact.email() : contact.telephone()) != null)
        .toList();
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
