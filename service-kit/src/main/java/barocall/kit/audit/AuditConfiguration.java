package barocall.kit.audit;

import barocall.access.CredentialsFile;
import barocall.contract.AccessChain;
import barocall.contract.AccessTopic;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.Event.AccountRecorded;
import barocall.contract.Event.Chained;
import barocall.contract.Topic;
import barocall.kit.events.BrokerConnection;
import barocall.kit.events.EventPublisher;
import java.time.Clock;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The record of who saw and did what in this service. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {
  /** Only where somebody is shown something, and then from the start. */
  @Bean(initMethod = "start", destroyMethod = "close")
  @Lazy
  AccessLog accessLog(
      BrokerConnection brokers,
      EventPublisher publisher,
      CredentialsFile credentials,
      Clock clock,
      @Value("${spring.application.name}") String service,
      @Value("${barocall.instance:0}") int instance) {
    return log(
        Topic.ACCESS_RECORDED,
        AccessRecorded.writer(service, instance),
        brokers,
        publisher,
        credentials,
        clock,
        service,
        instance);
  }

  @Bean
  @Lazy
  Audit audit(AccessLog log) {
    return new Audit(log);
  }

  /** Every service has a log-in; its chain begins with the first that is asked for. */
  @Bean(destroyMethod = "close")
  @Lazy
  AccountLog loginRecord(
      BrokerConnection brokers,
      EventPublisher publisher,
      CredentialsFile credentials,
      Clock clock,
      @Value("${spring.application.name}") String service,
      @Value("${barocall.instance:0}") int instance) {
    return new AccountLog(
        log(
            Topic.ACCOUNT_RECORDED,
            AccountRecorded.writer(service, instance),
            brokers,
            publisher,
            credentials,
            clock,
            service,
            instance),
        clock);
  }

  /** The log of a topic, whose chain goes on from what that writer wrote last. */
  private static AccessLog log(
      Topic topic,
      String writer,
      BrokerConnection brokers,
      EventPublisher publisher,
      CredentialsFile credentials,
      Clock clock,
      String service,
      int instance) {
    String run = AccessTopic.newRun(clock);
    return new AccessLog(
        () ->
            new AccessChain(
                service,
                instance,
                run,
                last(brokers, topic, writer),
                credentials.current().accessSeal()),
        publisher::sendAndWait,
        clock);
  }

  private static @Nullable String last(BrokerConnection brokers, Topic topic, String writer) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            brokers.with(AccessTopic.consumerSettings()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      Chained<?> last = AccessTopic.last(consumer, topic, writer);
      return last == null ? null : last.seal();
    }
  }
}
