package barocall.local;

import barocall.contract.AccessKind;
import barocall.contract.DeadLetterTopics;
import barocall.contract.DeadLetterTopics.Letter;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.contract.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code barocall dead-letters}: the records that services could not read or refused. */
@Command(
    name = "dead-letters",
    description = "Shows the records that could not be read or were refused, and sends them again.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "list|show|retry")
final class DeadLettersCommand {
  /** inquiryId/step, and a counter or a mark behind it. */
  private static final Pattern OF_INQUIRY = Pattern.compile("([^/]+)/\\d{1,6}(?:/.+)?");

  /** What is to be done with the letters. */
  @FunctionalInterface
  private interface Work {
    int on(DeadLetterTopics topics, OperatorAccess audit) throws InterruptedException;
  }

  @Command(
      name = "list",
      description = "Shows those that were not sent again, the oldest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin StackOptions options,
      @Option(names = "--all", description = "Those that were sent again too.") boolean all)
      throws InterruptedException {
    return with(
        options,
        (topics, audit) -> {
          List<Letter> letters =
              topics.all().stream().filter(it -> all || it.sentAgain() == null).toList();
          for (Letter letter : letters) {
            System.out.printf(
                "%-32s %-22s %-28s %s%s%n",
                letter.id(),
                letter.service(),
                letter.at(),
                letter.reason(),
                letter.sentAgain() == null ? "" : " (sent again " + letter.sentAgain() + ")");
          }
          System.out.println(
              letters.isEmpty() ? "There are no dead letters." : letters.size() + " in all.");
          return 0;
        });
  }

  @Command(
      name = "show",
      description = "Shows one whole, with what citizens wrote where that stands in it.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "ID", description = "As list shows it.") String id)
      throws InterruptedException {
    return with(
        options,
        (topics, audit) -> {
          List<Letter> shown = named(topics.all(), List.of(id));
          audit.record(AccessKind.DEAD_LETTER, null, inquiries(shown));
          for (Letter letter : shown) {
            System.out.printf("%s, put aside by %s%n", letter.id(), letter.service());
            System.out.printf("key: %s%n", letter.record().key());
            for (Header header : letter.record().headers()) {
              System.out.printf("%s: %s%n", header.key(), text(header.value()));
            }
            System.out.printf("%n%s%n", text(letter.record().value()));
          }
          return 0;
        });
  }

  @Command(
      name = "retry",
      description =
          "Sends them again: into their topic, to be read once more, after what stood in the way was mended.",
      mixinStandardHelpOptions = true)
  int retry(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "ID", arity = "0..*", description = "As list shows them.")
          List<String> ids,
      @Option(names = "--every", description = "All that were not sent again yet.") boolean every)
      throws InterruptedException {
    if (every == (ids != null)) {
      throw new LaunchException("Name the dead letters to send again, or say --every.");
    }
    return with(
        options,
        (topics, audit) -> {
          List<Letter> all = topics.all();
          List<Letter> chosen =
              every
                  ? all.stream().filter(it -> it.sentAgain() == null && !it.isLeftOut()).toList()
                  : named(all, ids);
          for (Letter letter : chosen) {
            if (letter.isLeftOut()) {
              throw new LaunchException(
                  "The record %s is longer than a dead letter can be, and stands in its topic only: it cannot be sent again."
                      .formatted(letter.id()));
            }
          }
          if (!chosen.isEmpty()) {
            audit.record(AccessKind.SEND_AGAIN, null, inquiries(chosen));
          }
          List<Letter> refused = topics.sendAgain(chosen);
          long records =
              chosen.stream()
                  .filter(it -> !refused.contains(it))
                  .map(Letter::id)
                  .distinct()
                  .count();
          System.out.println(
              records == 1 ? "1 record was sent again." : records + " records were sent again.");
          for (Letter letter : refused) {
            System.err.printf(
                "%s was not sent again: what it says was erased on request. Erase that inquiry once more (./barocall erase --inquiry) to be rid of the letter too.%n",
                letter.id());
          }
          return refused.isEmpty() ? 0 : 1;
        });
  }

  private static List<Letter> named(List<Letter> all, List<String> ids) {
    for (String id : ids) {
      if (all.stream().map(Letter::id).noneMatch(Predicate.isEqual(id))) {
        throw new LaunchException(
            "There is no dead letter %s; ./barocall dead-letters list --all shows all."
                .formatted(id));
      }
    }
    return all.stream().filter(it -> ids.contains(it.id())).toList();
  }

  private static int with(StackOptions options, Work work) throws InterruptedException {
    Map<String, Object> broker = RunningBroker.of(options, "exec intake-service run dead-letters");
    try (DeadLetterTopics topics = new DeadLetterTopics(broker, Clock.systemUTC())) {
      return work.on(topics, OperatorAccess.of(options, broker));
    } catch (KafkaException e) {
      throw new LaunchException(
          "The broker at %s does not answer; start Barocall, or see barocall logs broker."
              .formatted(broker.get("bootstrap.servers")),
          e);
    }
  }

  /**
   * Of which inquiries they are, as the key says or, where it can be read at all, the record:
   * whoever wrote it may have had only one of them right.
   */
  static Set<String> inquiries(List<Letter> letters) {
    return letters.stream()
        .map(Letter::record)
        .flatMap(record -> Stream.concat(byKey(record).stream(), bySaying(record).stream()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Only the keys of inquiries' events begin with an inquiry; what is no key of ours names none.
   */
  private static Optional<String> byKey(ConsumerRecord<String, byte[]> letter) {
    return origin(letter)
        .filter(it -> InquiryEvent.class.isAssignableFrom(it.record()))
        .flatMap(it -> Optional.ofNullable(letter.key()))
        .map(OF_INQUIRY::matcher)
        .filter(Matcher::matches)
        .map(key -> key.group(1));
  }

  private static Optional<String> bySaying(ConsumerRecord<String, byte[]> letter) {
    return origin(letter)
        .filter(it -> letter.value() != null)
        .flatMap(
            it -> {
              try {
                return EventCodec.parse(it.record(), letter.value()) instanceof InquiryEvent event
                    ? Optional.of(event.about())
                    : Optional.empty();
              } catch (UnreadableEventException asItWasPutAsideFor) {
                return Optional.empty();
              }
            });
  }

  private static Optional<Topic> origin(ConsumerRecord<String, byte[]> letter) {
    return DeadLetterTopics.origin(letter.topic()).flatMap(Topic::find);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "(nothing)" : new String(bytes, StandardCharsets.UTF_8);
  }
}
