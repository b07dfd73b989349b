package barocall.notification.deliveries;

import barocall.kit.metrics.Sampling;
import io.micrometer.core.instrument.Tags;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;

/** What those who watch over the machines see of the deliveries. */
@Configuration(proxyBeanMethods = false)
class DeliveriesConfiguration {
  @Autowired
  void watch(Sampling sampling, MongoDeliveries deliveries) {
    sampling.gauge(
        "barocall.deliveries.waiting",
        "Messages that are still to be brought",
        Tags.empty(),
        deliveries.countWaiting());
    sampling.gauge(
        "barocall.deliveries.listed",
        "Messages that were given up and wait for a person",
        Tags.empty(),
        deliveries.countGivenUp());
  }
}
