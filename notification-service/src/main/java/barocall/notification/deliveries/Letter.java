package barocall.notification.deliveries;

import org.jspecify.annotations.Nullable;

/**
 * A message as it goes out. It lives only while it is sent.
 *
 * @param to an e-mail address, a telephone number or a URL
 * @param subject of an e-mail; null for other means
 * @param body plain text, or JSON for a webhook
 * @param about id of what an e-mail refers to, so that mails of one case stand together; null for
 *     the first
 */
public record Letter(String to, @Nullable String subject, String body, @Nullable String about) {
  /** Without what may be personal: frameworks write their messages into logs. */
  @Override
  public String toString() {
    return "Letter[]";
  }
}
