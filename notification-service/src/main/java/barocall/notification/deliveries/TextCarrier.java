package barocall.notification.deliveries;

import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Text messages through a gateway: {@code POST {"to", "text", "reference"}}, answered by 2xx. */
@Component
class TextCarrier implements Carrier {
  private final HttpPost http;
  private final String gateway;
  private final JsonMapper json;

  TextCarrier(HttpPost http, @Value("${barocall.sms.url}") String gateway, JsonMapper json) {
    this.http = http;
    this.gateway = gateway;
    this.json = json;
  }

  @Override
  public Delivery.Means means() {
    return Delivery.Means.TEXT;
  }

  @Override
  public String destination(Delivery delivery) {
    return "text messages";
  }

  @Override
  public void bring(Delivery delivery, Letter letter) throws UndeliveredException {
    http.send(
        gateway,
        json.writeValueAsString(
            Map.of("to", letter.to(), "text", letter.body(), "reference", delivery.eventId())),
        Map.of());
  }
}
