package barocall.notification.deliveries;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code barocall.delivery.*}: how failed messages are tried again.
 *
 * @param poll how often what is due is looked for
 * @param timeout how long one try may take to connect, and again to be answered
 * @param perDestination how many are under way to one destination at once
 */
@ConfigurationProperties("barocall.delivery")
record DeliverySettings(
    @DefaultValue("5s") Duration firstDelay,
    @DefaultValue("3") double factor,
    @DefaultValue("15m") Duration maxDelay,
    @DefaultValue("12") int maxAttempts,
    @DefaultValue("0.2") double scatter,
    @DefaultValue("1s") Duration poll,
    @DefaultValue("5s") Duration timeout,
    @DefaultValue("2") int perDestination) {

  Backoff backoff() {
    return new Backoff(firstDelay, factor, maxDelay, maxAttempts, scatter);
  }
}
