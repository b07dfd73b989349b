package barocall.notification.deliveries;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code barocall.mail.*}: the SMTP server.
 *
 * @param user and password: to log in there, if it asks for it
 * @param security {@code none}, {@code starttls} (required) or {@code tls}
 */
@ConfigurationProperties("barocall.mail")
record MailSettings(
    @DefaultValue("127.0.0.1") String host,
    @DefaultValue("8087") int port,
    @DefaultValue("barocall@localhost") String from,
    @Nullable String user,
    @Nullable String password,
    @DefaultValue("none") Security security) {

  /** How the connection is secured. */
  enum Security {
    NONE,
    STARTTLS,
    TLS
  }
}
