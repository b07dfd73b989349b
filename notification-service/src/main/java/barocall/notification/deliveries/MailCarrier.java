package barocall.notification.deliveries;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** E-mail. The Message-ID comes from the event, so that a repeat is recognisable. */
@Component
class MailCarrier implements Carrier, AutoCloseable {
  /** A try's connecting and its handful of answers, each of which may take its time-out. */
  private static final int ANSWERS = 6;

  /** Within the lease of who sends it. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private final MailSettings settings;
  private final JavaMailSenderImpl sender;
  private final ShortLived connections;

  MailCarrier(MailSettings settings, DeliverySettings delivery) {
    this.settings = settings;
    this.sender = new JavaMailSenderImpl();
    sender.setHost(settings.host());
    sender.setPort(settings.port());
    sender.setUsername(settings.user());
    sender.setPassword(settings.password());
    sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
    boolean tls = settings.security() == MailSettings.Security.TLS;
    String protocol = tls ? "smtps" : "smtp";
    sender.setProtocol(protocol);
    String timeout = Long.toString(delivery.timeout().toMillis());
    Properties mail = sender.getJavaMailProperties();
    String prefix = "mail." + protocol + ".";
    mail.setProperty(prefix + "connectiontimeout", timeout);
    mail.setProperty(prefix + "timeout", timeout);
    mail.setProperty(prefix + "writetimeout", timeout);
    Duration whole = delivery.timeout().multipliedBy(ANSWERS);
    this.connections = new ShortLived(whole.compareTo(LONGEST) > 0 ? LONGEST : whole);
    mail.put(prefix + "socketFactory", connections);
    mail.setProperty(prefix + "socketFactory.fallback", "false");
    mail.setProperty(prefix + "auth", Boolean.toString(settings.user() != null));
    if (settings.security() == MailSettings.Security.STARTTLS) {
      mail.setProperty(prefix + "starttls.enable", "true");
      mail.setProperty(prefix + "starttls.required", "true");
    }
  }

  @Override
  public void close() {
    connections.close();
  }

  @Override
  public Delivery.Means means() {
    return Delivery.Means.EMAIL;
  }

  /** One server carries all; mails to citizens must not make those to departments wait. */
  @Override
  public String destination(Delivery delivery) {
    return delivery.department() == null ? "mail to citizens" : "mail to departments";
  }

  @Override
  public void bring(Delivery delivery, Letter letter) throws UndeliveredException {
    try {
      sender.send(message(delivery, letter));
    } catch (MailAuthenticationException refused) {
      throw new UndeliveredException("the mail server refused the log-in");
    } catch (MailSendException failure) {
      throw new UndeliveredException(kind(failure));
    } catch (MailException | MessagingException failure) {
      throw new UndeliveredException(
          "the message could not be written: " + failure.getClass().getSimpleName());
    }
  }

  private MimeMessage message(Delivery delivery, Letter letter) throws MessagingException {
    MimeMessage message = sender.createMimeMessage();
    MimeMessageHelper writing = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
    writing.setFrom(settings.from());
    writing.setTo(letter.to());
    writing.setSubject(letter.subject() == null ? "" : letter.subject());
    writing.setText(letter.body());
    message.setHeader("Message-ID", messageId(delivery.eventId()));
    if (letter.about() != null) {
      message.setHeader("In-Reply-To", messageId(letter.about()));
      message.setHeader("References", messageId(letter.about()));
    }
    // RFC 3834: automatic answers, such as absence notes, shall not come back.
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  /** The event's id as RFC 5322 lets it stand before the @: other characters become {@code _}. */
  private String messageId(String eventId) {
    String domain = settings.from().substring(settings.from().lastIndexOf('@') + 1);
    String host = domain.replaceAll("[^A-Za-z0-9.-]", "");
    return "<" + eventId.replaceAll("[^A-Za-z0-9/_.%+-]", "_") + "@barocall." + host + ">";
  }

  /** A failure of the connection is its cause; what is wrong with the message stands beside. */
  private static String kind(MailSendException failure) {
    Exception[] ofMessages = failure.getMessageExceptions();
    Throwable first = ofMessages.length == 0 ? failure : ofMessages[0];
    boolean silent = false;
    for (Throwable cause = first; cause != null; cause = cause.getCause()) {
      // A connection that was cut off because its answers took too long in all is closed.
      silent |=
          cause instanceof SocketTimeoutException
              || (cause instanceof SocketException && "Socket closed".equals(cause.getMessage()));
    }
    if (silent) {
      return "the mail server did not answer in time";
    }
    return failure.getCause() != null || first.getCause() instanceof IOException
        ? "the mail server is away"
        : "the mail server did not take the message";
  }
}
