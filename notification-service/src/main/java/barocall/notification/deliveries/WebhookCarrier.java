package barocall.notification.deliveries;

import barocall.access.CredentialsFile;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Webhooks signed as Standard Webhooks has it; the id is the event's, so that a repeat is
 * recognisable.
 *
 * @see <a href="https://www.standardwebhooks.com">Standard Webhooks</a>
 */
@Component
class WebhookCarrier implements Carrier {
  private final HttpPost http;
  private final CredentialsFile credentials;
  private final Clock clock;

  WebhookCarrier(HttpPost http, CredentialsFile credentials, Clock clock) {
    this.http = http;
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public Delivery.Means means() {
    return Delivery.Means.WEBHOOK;
  }

  @Override
  public String destination(Delivery delivery) {
    return "webhook of " + delivery.city() + "/" + delivery.department();
  }

  @Override
  public void bring(Delivery delivery, Letter letter) throws UndeliveredException {
    String secret =
        credentials
            .current()
            .webhookSecret(delivery.city(), String.valueOf(delivery.department()))
            .orElseThrow(() -> new UndeliveredException("the department has no webhook secret"));
    long now = clock.instant().getEpochSecond();
    String signature;
    try {
      signature = new Webhook(secret).sign(delivery.eventId(), now, letter.body());
    } catch (WebhookSigningException | EmptyWebhookSecretException e) {
      throw new UndeliveredException("the department's webhook secret is of no use");
    }
    http.send(
        letter.to(),
        letter.body(),
        Map.of(
            "webhook-id",
            delivery.eventId(),
            "webhook-timestamp",
            Long.toString(now),
            "webhook-signature",
            signature));
  }
}
