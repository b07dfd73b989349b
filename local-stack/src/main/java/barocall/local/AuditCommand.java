package barocall.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import barocall.access.CredentialsFile;
import barocall.contract.AccessCheck;
import barocall.contract.AccessTopic;
import barocall.contract.AccountKind;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.Event.AccountRecorded;
import barocall.contract.Event.Chained;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.contract.UnreadableEventException;
import barocall.local.CheckedAudit.Accepted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        "When all is well, or what is not was accepted, it keeps what was the newest, and the next"
            + " check looks whether it is still there: only so is it seen that the newest were"
            + " removed."
      },
      mixinStandardHelpOptions = true)
  int check(
      @Mixin StackOptions options,
      @Option(
              names = "--kept",
              paramLabel = "FILE",
              description = "Where that is kept (default: audit-checked in the data folder).")
          @Nullable Path file,
      @Option(
              names = "--accept",
              paramLabel = "REASON",
              description =
                  "Accepts what is found now, for this reason: it is kept with who, when and what,"
                      + " shown at each later check, and no failure any more. Anything else is.")
          @Nullable String reason)
      throws IOException, InterruptedException {
    if (reason != null && reason.isBlank()) {
      throw new LaunchException("Say why: --accept \"the reason\".");
    }
    Path kept = file == null ? options.folderOfRunning().path().resolve("audit-checked") : file;
    Map<String, Object> broker = RunningBroker.of(options, INSTEAD);
    return checked(
        broker,
        new CredentialsFile(options.folderOfRunning().credentials()).read().accessSeal(),
        kept,
        reason,
        Clock.systemUTC());
  }

  static int checked(
      Map<String, Object> broker,
      UnaryOperator<String> seal,
      Path kept,
      @Nullable String reason,
      Clock clock)
      throws IOException, InterruptedException {
    CheckedAudit before = CheckedAudit.read(kept);
    AccessCheck check = found(broker, seal, before);
    List<String> fresh = without(check.findings(before.newest()), before.known());
    CheckedAudit after = before;
    if (!fresh.isEmpty() && reason != null) {
      new OperatorAccess(broker, () -> seal, clock)
          .record(AccountKind.ACCEPT_FINDINGS, null, null, reason);
      after =
          before.with(
              new Accepted(
                  clock.instant().truncatedTo(ChronoUnit.SECONDS),
                  MachineUser.name(),
                  reason.strip(),
                  fresh));
      fresh = List.of();
    }
    after.accepted().forEach(AuditCommand::show);
    if (!fresh.isEmpty()) {
      fresh.forEach(System.out::println);
      System.out.println(
          fresh.size() == 1
              ? "1 thing is wrong with the record of who saw what."
              : fresh.size() + " things are wrong with the record of who saw what.");
      System.out.println(
          "Nothing was kept of this check. Once you know why: ./barocall audit check --accept \"the reason\".");
      return 1;
    }
    after.withNewest(check.newest()).write(kept);
    System.out.println(
        (after.accepted().isEmpty() ? "All is there: " : "All else is there: ")
            + (check.count() == 1 ? "1 record" : check.count() + " records")
            + ", none missing, none changed.");
    return 0;
  }

  private static void show(Accepted accepted) {
    System.out.printf(
        "Accepted on %s by %s, because: %s%n", accepted.at(), accepted.by(), accepted.reason());
    accepted.findings().forEach(it -> System.out.println("  " + it));
  }

  private static List<String> without(List<String> all, Set<String> known) {
    return all.stream().filter(it -> !known.contains(it)).toList();
  }

  private static AccessCheck found(
      Map<String, Object> broker, UnaryOperator<String> seal, CheckedAudit before) {
    AccessCheck check = new AccessCheck(seal);
    read(
        broker,
        !before.newest().isEmpty(),
        record -> {
          Chained<?> chained = chained(record);
          if (chained == null) {
            check.unreadable(record.topic() + "-" + record.partition() + "@" + record.offset());
          } else {
            check.add(chained);
          }
        });
    return check;
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
    List<Chained<?>> found = new ArrayList<>();
    read(
        RunningBroker.of(options, INSTEAD),
        false,
        record -> {
          Chained<?> it = chained(record);
          if (it != null
              && (user == null || isOf(it, user))
              && (inquiry == null
                  || (it instanceof AccessRecorded access && access.inquiryIds().contains(inquiry)))
              && (from == null || !it.at().isBefore(from))) {
            found.add(it);
          }
        });
    found.sort(Comparator.<Chained<?>, Instant>comparing(Chained::at).thenComparing(Chained::key));
    String last = "";
    for (Chained<?> one : found) {
      // One that was sent twice is one.
      if (!one.key().equals(last)) {
        System.out.println(json ? new String(EventCodec.json(one), UTF_8) : line(one));
      }
      last = one.key();
    }
    return 0;
  }

  private static boolean isOf(Chained<?> record, String user) {
    return record instanceof AccessRecorded access
        ? access.user().equals(user)
        : record instanceof AccountRecorded account
            && (account.user().equals(user) || user.equals(account.account()));
  }

  private static String line(Chained<?> record) {
    return record instanceof AccountRecorded account
        ? line(account)
        : line((AccessRecorded) record);
  }

  private static String line(AccountRecorded account) {
    return "%s %s%s%s%s%s"
        .formatted(
            who(account.at(), account.user(), account.role(), account.address()),
            account.what().wireName(),
            account.city() == null ? "" : " " + account.city(),
            account.account() == null ? "" : " " + account.account(),
            account.count() == null ? "" : ", %d times".formatted(account.count()),
            account.note() == null ? "" : ": " + account.note());
  }

  private static String line(AccessRecorded access) {
    List<String> ids = access.inquiryIds();
    String named = ids.stream().limit(NAMED).collect(Collectors.joining(" "));
    return "%s %s%s %s%s %s%s"
        .formatted(
            who(access.at(), access.user(), access.role(), access.address()),
            access.what().wireName(),
            access.contact() ? " with contact" : "",
            access.city() == null ? "-" : access.city(),
            access.department() == null ? "" : "/" + access.department(),
            named,
            ids.size() > NAMED ? " and %d more".formatted(ids.size() - NAMED) : "")
        .strip();
  }

  private static String who(Instant at, String user, String role, @Nullable String address) {
    return "%s %s (%s, %s)"
        .formatted(
            at.atZone(ZoneId.systemDefault()).toOffsetDateTime().truncatedTo(ChronoUnit.SECONDS),
            user,
            role,
            address != null
                ? address
                : role.equals(OperatorAccess.ROLE) ? "at the machine" : "address not known");
  }

  private static @Nullable Chained<?> chained(ConsumerRecord<String, byte[]> record) {
    try {
      return EventCodec.decode(record.topic(), record.headers(), record.value())
              instanceof Chained<?> chained
          ? chained
          : null;
    } catch (UnreadableEventException notOurs) {
      return null;
    }
  }

  /**
   * @param wereThere whether an earlier check had seen records: then topics that are gone are empty
   *     ones, and not those of a release that was never started
   */
  private static void read(
      Map<String, Object> broker,
      boolean wereThere,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    try (KafkaConsumer<String, byte[]> consumer = OperatorAccess.consumer(broker)) {
      readIfThere(consumer, Topic.ACCESS_RECORDED, wereThere, reader);
      // Of a release before this one there is only the other.
      readIfThere(consumer, Topic.ACCOUNT_RECORDED, true, reader);
    } catch (KafkaException e) {
      throw new LaunchException(
          "The broker at %s does not answer; start Barocall, or see barocall logs broker."
              .formatted(broker.get("bootstrap.servers")),
          e);
    }
  }

  private static void readIfThere(
      KafkaConsumer<String, byte[]> consumer,
      Topic topic,
      boolean mayBeGone,
      Consumer<ConsumerRecord<String, byte[]>> reader) {
    try {
      AccessTopic.read(consumer, topic, reader);
    } catch (UnknownTopicOrPartitionException e) {
      if (!mayBeGone) {
        throw OperatorAccess.noTopic(e);
      }
    }
  }
}
