package barocall.local;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what people see of a mail. */
final class MailText {
  private MailText() {}

  static CaughtMail read(long id, MimeMessage mail, String to, String envelopeFrom, Instant at)
      throws MessagingException, IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : Collections.list(mail.getAllHeaders())) {
      headers.putIfAbsent(header.getName(), decoded(header.getValue()));
    }
    return new CaughtMail(
        id,
        Optional.ofNullable(mail.getMessageID()).orElse(""),
        to,
        Optional.ofNullable(mail.getHeader("From", ", "))
            .map(MailText::decoded)
            .orElse(envelopeFrom),
        Optional.ofNullable(mail.getSubject()).orElse(""),
        text(mail),
        at,
        headers);
  }

  /** The first plain text in it, else the first text of any kind. */
  private static String text(Part mail) throws MessagingException, IOException {
    return text(mail, "text/plain").or(() -> anyText(mail)).orElse("");
  }

  private static Optional<String> anyText(Part mail) {
    try {
      return text(mail, "text/*");
    } catch (MessagingException | IOException e) {
      return Optional.of("(this mail cannot be read: " + e.getMessage() + ")");
    }
  }

  private static Optional<String> text(Part part, String type)
      throws MessagingException, IOException {
    if (part.isMimeType(type) && part.getContent() instanceof String text) {
      return Optional.of(text);
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        Optional<String> found = text(parts.getBodyPart(i), type);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static String decoded(String value) {
    try {
      return MimeUtility.decodeText(MimeUtility.unfold(value));
    } catch (UnsupportedEncodingException e) {
      return value;
    }
  }
}
