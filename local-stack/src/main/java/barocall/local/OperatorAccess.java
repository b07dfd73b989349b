package barocall.local;

import barocall.access.CredentialsFile;
import barocall.contract.AccessChain;
import barocall.contract.AccessKind;
import barocall.contract.AccessTopic;
import barocall.contract.Accessed;
import barocall.contract.AccountDeed;
import barocall.contract.AccountKind;
import barocall.contract.Doing;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.Event.AccountRecorded;
import barocall.contract.Event.Chained;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records what is seen and done at the command line, before it is: what cannot be recorded is not
 * done. Each command is a run of its own of the writer {@code command-line-0}.
 */
final class OperatorAccess {
  private static final String WRITER = "command-line";
  static final String ROLE = "operator";

  private final Map<String, Object> broker;
  private final Supplier<UnaryOperator<String>> seal;
  private final Clock clock;

  OperatorAccess(Map<String, Object> broker, Supplier<UnaryOperator<String>> seal, Clock clock) {
    this.broker = broker;
    this.seal = seal;
    this.clock = clock;
  }

  static OperatorAccess of(StackOptions options, Map<String, Object> broker) {
    return new OperatorAccess(
        broker,
        () -> new CredentialsFile(options.folderOfRunning().credentials()).read().accessSeal(),
        Clock.systemUTC());
  }

  /**
   * Records what was done to an account or a key. That must be possible where no broker runs, as
   * before the first start; then it says that it is not recorded.
   */
  static void recordIfPossible(
      StackOptions options, AccountKind what, @Nullable String city, @Nullable String account)
      throws InterruptedException {
    Optional<Map<String, Object>> broker = RunningBroker.find(options);
    String why = "Barocall is not running";
    if (broker.isPresent()) {
      try {
        of(options, broker.get()).record(what, city, account, null);
        return;
      } catch (KafkaException e) {
        why = "the broker does not answer";
      } catch (LaunchException e) {
        why = "the services of this release have not started yet";
      }
    }
    System.err.printf("This is not in the record of who did what (audit list): %s.%n", why);
  }

  /**
   * Records and waits for the broker.
   *
   * @throws KafkaException when it does not acknowledge
   * @throws LaunchException when there is no topic for it yet
   */
  void record(AccessKind what, @Nullable String city, Collection<String> inquiryIds)
      throws InterruptedException {
    record(
        Topic.ACCESS_RECORDED,
        AccessRecorded.writer(WRITER, 0),
        new Accessed(
                MachineUser.name(),
                ROLE,
                address(),
                what,
                city,
                null,
                List.copyOf(inquiryIds),
                false)
            .pieces());
  }

  /**
   * As {@link #record(AccessKind, String, Collection)}, of what is done to accounts and keys, or to
   * these records.
   *
   * @param subject whose account, or which key
   * @param reason why, in the operator's words
   */
  void record(
      AccountKind what, @Nullable String city, @Nullable String subject, @Nullable String reason)
      throws InterruptedException {
    record(
        Topic.ACCOUNT_RECORDED,
        AccountRecorded.writer(WRITER, 0),
        List.of(
            new AccountDeed(
                MachineUser.name(), ROLE, address(), what, city, subject, null, reason)));
  }

  private void record(Topic topic, String writer, List<? extends Doing<?>> all)
      throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("max.block.ms", 10_000);
    settings.put("request.timeout.ms", 5_000);
    settings.put("delivery.timeout.ms", 10_000);
    try (KafkaConsumer<String, byte[]> consumer = consumer(broker);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      Chained<?> last = AccessTopic.last(consumer, topic, writer);
      AccessChain chain =
          new AccessChain(
              WRITER, 0, AccessTopic.newRun(clock), last == null ? null : last.seal(), seal.get());
      int partitions = producer.partitionsFor(topic.wireName()).size();
      for (Doing<?> doing : all) {
        Chained<?> record = chain.next(doing, clock.instant());
        producer.send(EventCodec.encode(record, WRITER, partitions)).get(20, TimeUnit.SECONDS);
      }
    } catch (UnknownTopicOrPartitionException e) {
      throw noTopic(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("The broker has not taken the record of this access", e);
    }
  }

  /** After an upgrade, until a service of this release has started once. */
  static LaunchException noTopic(UnknownTopicOrPartitionException missing) {
    return new LaunchException(
        "The broker answers, but has no record of who saw what yet: the services of this release make it when they start. Start them (./barocall down and up, or the new containers), then do this again.",
        missing);
  }

  static KafkaConsumer<String, byte[]> consumer(Map<String, Object> broker) {
    Map<String, Object> settings = new HashMap<>(broker);
    settings.putAll(AccessTopic.consumerSettings());
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Whence they came to this machine; absent where they sit at it. */
  private static @Nullable String address() {
    return Home.given("SSH_CONNECTION").map(it -> it.split(" ", 2)[0]).orElse(null);
  }
}
