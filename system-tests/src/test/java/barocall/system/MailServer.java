package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Speaks as much SMTP as is needed to be sent mails. What one is about stands in its link. */
final class MailServer extends Receiver {
  private static final Pattern CASE = Pattern.compile("[?&]case=([^&\\s]+)");

  @Override
  void serve(InputStream in, OutputStream out) throws IOException {
    say(out, "220 mail");
    String to = "";
    for (String line = line(in); line != null; line = line(in)) {
      String command = line.toUpperCase(Locale.ROOT);
      if (command.startsWith("QUIT")) {
        say(out, "221 bye");
        return;
      }
      if (command.startsWith("RCPT")) {
        to = line.substring(line.indexOf('<') + 1, line.lastIndexOf('>'));
      }
      if (command.startsWith("DATA")) {
        say(out, "354 go on");
        String text = data(in);
        if (text == null) {
          return;
        }
        say(out, take(text, to) ? "250 taken" : "554 not today");
      } else {
        say(out, "250 well");
      }
    }
  }

  /** Null if it broke off. */
  private static @Nullable String data(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line = line(in); line != null; line = line(in)) {
      if (line.equals(".")) {
        return text.toString();
      }
      text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return null;
  }

  private boolean take(String text, String to) throws IOException {
    try {
      MimeMessage mail = new MimeMessage(null, new ByteArrayInputStream(text.getBytes(UTF_8)));
      Matcher link = CASE.matcher(String.valueOf(mail.getContent()));
      return take(
          String.valueOf(mail.getMessageID()),
          to,
          link.find() ? URLDecoder.decode(link.group(1), UTF_8) : "");
    } catch (MessagingException e) {
      throw new IOException(e);
    }
  }
}
