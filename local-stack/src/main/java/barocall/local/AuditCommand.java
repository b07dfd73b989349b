package barocall.local;

import barocall.access.CredentialsFile;
import barocall.contract.AccessCheck;
import barocall.contract.AccessCheck.Newest;
import barocall.contract.AccessTopic;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.EventCodec;
import barocall.contract.UnreadableEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code barocall audit}: who saw and did what, and whether the record of it is whole. */
@Command(
    name = "audit",
    description = "Shows who saw and did what, and checks that nothing of it is missing.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "check|list")
final class AuditCommand {
  private static final int NAMED = 3;

  /** Where everything runs in containers. */
  private static final String INSTEAD = "exec intake-service run audit";

  @Command(
      name = "check",
      description = {
        "Checks that no record is missing, changed or written by somebody else; says what is, and"
            + " ends with 1.",
        "When all is well it keeps what was the newest, and the next check looks whether it is"
            + " still there: only so is it seen that the newest were removed."
      },
      mixinStandardHelpOptions = true)
  int check(
      @Mixin StackOptions options,
      @Option(
              names = "--kept",
              paramLabel = "FILE",
              description = "Where that is kept (default: audit-checked in the data folder).")
          @Nullable Path file)
      throws IOException {
    Path kept = file == null ? options.folderOfRunning().path().resolve("audit-checked") : file;
    return checked(
        RunningBroker.of(options, INSTEAD),
        new CredentialsFile(options.folderOfRunning().credentials()).read().accessSeal(),
        kept);
  }

  static int checked(Map<String, Object> broker, UnaryOperator<String> seal, Path kept)
      throws IOException {
    List<Newest> before = Files.exists(kept) ? read(kept) : List.of();
    AccessCheck check = new AccessCheck(seal);
    read(
        broker,
        record -> {
          AccessRecorded access = access(record);
          if (access == null) {
            check.unreadable(record.topic() + "-" + record.partition() + "@" + record.offset());
          } else {
            check.add(access);
          }
        });
    List<String> findings = check.findings(before);
    if (!findings.isEmpty()) {
      findings.forEach(System.out::println);
      System.out.println(
          findings.size() == 1
              ? "1 thing is wrong with the record of who saw what."
              : findings.size() + " things are wrong with the record of who saw what.");
      return 1;
    }
    Files.write(kept, check.newest().stream().map(it -> it.key() + " " + it.seal()).toList());
    System.out.println(
        "All is there: "
            + (check.count() == 1 ? "1 record" : check.count() + " records")
            + ", none missing, none changed.");
    return 0;
  }

  @Command(
      name = "list",
      description = "Lists who saw and did what, the earliest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin StackOptions options,
      @Option(names = "--user", paramLabel = "USER", description = "Of this person only.")
          @Nullable String user,
      @Option(
              names = "--inquiry",
              paramLabel = "ID",
              description = "Only what was seen of or done with this inquiryId.")
          @Nullable String inquiry,
      @Option(
              names = "--since",
              paramLabel = "DATE",
              description = "From this day on, as 2026-11-01.")
          @Nullable LocalDate since,
      @Option(names = "--json", description = "An event as JSON each line.") boolean json) {
    Instant from = since == null ? null : since.atStartOfDay(ZoneId.systemDefault()).toInstant();
    List<AccessRecorded> found = new ArrayList<>();
    read(
        RunningBroker.of(options, INSTEAD),
        record -> {
          AccessRecorded access = access(record);
          if (access != null
              && (user == null || access.user().equals(user))
              && (inquiry == null || access.inquiryIds().contains(inquiry))
              && (from == null || !access.at().isBefore(from))) {
            found.add(access);
          }
        });
    found.sort(Comparator.comparing(AccessRecorded::at).thenComparing(AccessRecorded::key));
    String last = "";
    for (AccessRecorded access : found) {
      // One that was sent twice is one.
      if (!access.key().equals(last)) {
        System.out.println(
            json ? new String(EventCodec.json(access), StandardCharsets.UTF_8) : line(access));
      }
      last = access.key();
    }
    return 0;
  }

  private static String line(AccessRecorded access) {
    List<String> ids = access.inquiryIds();
    String named = ids.stream().limit(NAMED).collect(Collectors.joining(" "));
    return "%s %s (%s, %s) %s%s %s%s %s%s"
        .formatted(
            access
                .at()
                .atZone(ZoneId.systemDefault())
                .toOffsetDateTime()
                .truncatedTo(ChronoUnit.SECONDS),
            access.user(),
            access.role(),
            access.address() == null ? "at the machine" : access.address(),
            access.what().wireName(),
            access.contact() ? " with contact" : "",
            access.city() == null ? "-" : access.city(),
            access.department() == null ? "" : "/" + access.department(),
            named,
            ids.size() > NAMED ? " and %d more".formatted(ids.size() - NAMED) : "")
        .strip();
  }

  private static @Nullable AccessRecorded access(ConsumerRecord<String, byte[]> record) {
    try {
      return EventCodec.decode(record.topic(), record.headers(), record.value())
              instanceof AccessRecorded access
          ? access
          : null;
    } catch (UnreadableEventException notOurs) {
      return null;
    }
  }

  private static void read(
      Map<String, Object> broker, Consumer<ConsumerRecord<String, byte[]>> reader) {
    try (KafkaConsumer<String, byte[]> consumer = OperatorAccess.consumer(broker)) {
      AccessTopic.read(consumer, reader);
    } catch (UnknownTopicOrPartitionException e) {
      throw OperatorAccess.noTopic(e);
    } catch (KafkaException e) {
      throw new LaunchException(
          "The broker at %s does not answer; start Barocall, or see barocall logs broker."
              .formatted(broker.get("bootstrap.servers")),
          e);
    }
  }

  private static List<Newest> read(Path kept) throws IOException {
    List<Newest> newest = new ArrayList<>();
    for (String line : Files.readAllLines(kept)) {
      int blank = line.indexOf(' ');
      if (blank < 1) {
        throw new LaunchException(
            "%s is not what an audit check kept: take it from the back-up.".formatted(kept));
      }
      newest.add(new Newest(line.substring(0, blank), line.substring(blank + 1)));
    }
    return newest;
  }
}
