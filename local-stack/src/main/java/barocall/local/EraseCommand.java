package barocall.local;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.ReceiptNumbers;
import barocall.access.RowIds;
import barocall.contract.AccessKind;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.Contact;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code barocall erase}: a citizen's data, on request, from topics and so from everywhere else.
 */
@Command(
    name = "erase",
    description = {
      "Erases what a citizen wrote and how to reach them: words, place, contact and answers of an"
          + " inquiry, or of all inquiries from a telephone number.",
      "What stays is that something was received, when, by which channel and category, which"
          + " department had it, and when and how it ended. No figure changes."
    },
    mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {
  /** A service may say once more what it had in hand while it was erased. */
  private static final int ROUNDS = 3;

  private static final Set<String> YES = Set.of("y", "yes", "예", "네");

  @Mixin private final StackOptions options = new StackOptions();

  @Option(
      names = "--city",
      required = true,
      paramLabel = "CITY",
      description = "Whose inquiry it is.")
  private String city = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Whose whose = new Whose();

  @Option(names = "--yes", description = "Does not ask first.")
  private boolean sure;

  /** Exactly one of these is given. */
  private static final class Whose {
    @Option(
        names = "--receipt",
        paramLabel = "NUMBER",
        description = "The inquiry with this receipt number.")
    private @Nullable String receipt;

    @Option(
        names = "--telephone",
        paramLabel = "NUMBER",
        description = "All inquiries from this telephone number.")
    private @Nullable String telephone;

    @Option(
        names = "--inquiry",
        paramLabel = "ID",
        description =
            "The inquiry with this inquiryId: also one of the past, which has no receipt.")
    private @Nullable String inquiry;

    @Option(
        names = "--row",
        paramLabel = "ID",
        description = "The past inquiry that was imported from the row with this id of its own.")
    private @Nullable String row;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Map<String, Object> broker = RunningBroker.of(options, "exec intake-service run erase");
    try (ErasureTopics topics = new ErasureTopics(broker)) {
      Set<String> ids = inquiries(topics);
      Erasure erasure = Erasure.of(topics.events(ids));
      if (erasure.toWrite().isEmpty()) {
        // A letter may have been put aside since, or not have gone with the rest.
        System.out.println(leftovers(broker, OperatorAccess.of(options, broker), city, ids));
        return 0;
      }
      announce(erasure);
      if (!sure && !confirmed()) {
        System.out.println("Nothing was erased.");
        return 1;
      }
      OperatorAccess.of(options, broker).record(AccessKind.ERASE, city, ids);
      int written = 0;
      for (int round = 0; round < ROUNDS && !erasure.toWrite().isEmpty(); round++) {
        topics.writeAgain(erasure.toWrite());
        written += erasure.toWrite().size();
        erasure = Erasure.of(topics.events(ids));
      }
      if (!erasure.toWrite().isEmpty()) {
        throw new LaunchException(
            "%s said again just now what was erased; erase once more."
                .formatted(counted(erasure.toWrite().size(), "event was", "events were")));
      }
      System.out.println(
          counted(written, "event was", "events were")
              + " written again without words, place, contact and answer.");
      int letters = letters(broker, ids);
      if (letters > 0) {
        System.out.println(letters(letters));
      }
      System.out.println(
          "The services drop them within seconds, the broker drops the old records by its next"
              + " compaction, a day or two from now where the topic is in use.");
      System.out.println(
          "What stays, as the record of a petition that the law asks for: that it was received,"
              + " when, by which channel and category, which department had it, when and how it"
              + " ended.");
      System.out.println(
          "Not reached: mails and text messages that were sent, and backups. See"
              + " docs/privacy.md.");
      return 0;
    } catch (KafkaException e) {
      throw new LaunchException(
          "The broker at %s does not answer; start Barocall, or see barocall logs broker. Erase again then: what was written stays written."
              .formatted(broker.get("bootstrap.servers")),
          e);
    }
  }

  /** Erases the letters alone, which is recorded like any erasure; says what was done. */
  static String leftovers(
      Map<String, Object> broker, OperatorAccess audit, String city, Set<String> ids)
      throws InterruptedException {
    try (ErasedLetters letters = new ErasedLetters(broker, Clock.systemUTC())) {
      if (letters.count(ids) == 0) {
        return "Nothing is left to erase: all of it was erased before.";
      }
      audit.record(AccessKind.ERASE, city, ids);
      return letters(letters.erase(ids));
    }
  }

  private static int letters(Map<String, Object> broker, Set<String> ids) {
    try (ErasedLetters letters = new ErasedLetters(broker, Clock.systemUTC())) {
      return letters.erase(ids);
    }
  }

  private static String letters(int count) {
    return counted(count, "dead letter was", "dead letters were")
        + " taken out of their topics; the broker deletes their files within minutes.";
  }

  private Set<String> inquiries(ErasureTopics topics) {
    if (whose.receipt != null) {
      String number =
          ReceiptNumbers.parse(whose.receipt)
              .map(it -> it.replace("-", ""))
              .orElseThrow(
                  () ->
                      new LaunchException(
                          "That is no receipt number: it has twelve digits, of which the last proves the others."));
      return known(
          topics.inquiries(
              number,
              event ->
                  event.cityId().equals(city) && number.equals(event.inquiry().receiptNumber())),
          "with that receipt number");
    }
    if (whose.inquiry != null) {
      return with(topics, whose.inquiry, "with that inquiryId");
    }
    if (whose.row != null) {
      return with(topics, RowIds.inquiryId(city, whose.row), "imported from a row with that id");
    }
    String telephone = whose.telephone == null ? "" : whose.telephone;
    if (telephone.codePoints().noneMatch(Character::isDigit)) {
      throw new LaunchException("That is no telephone number: it has no digit.");
    }
    Credentials credentials = new CredentialsFile(options.folderOfRunning().credentials()).read();
    String hash = credentials.telephoneHash(city).of(telephone);
    return known(
        topics.inquiries(
            hash, event -> event.cityId().equals(city) && hash.equals(telephoneHash(event))),
        "from that telephone number");
  }

  private Set<String> with(ErasureTopics topics, String id, String which) {
    return known(
        topics.inquiries(id, event -> event.cityId().equals(city) && event.about().equals(id)),
        which);
  }

  private Set<String> known(Set<String> ids, String which) {
    if (ids.isEmpty()) {
      throw new LaunchException("There is no inquiry of %s %s.".formatted(city, which));
    }
    return ids;
  }

  private static @Nullable String telephoneHash(InquiryEvent event) {
    Contact contact =
        event instanceof CallReceived received
            ? received.contact()
            : event instanceof InquiryDescribed described
                ? described.contact()
                : event instanceof ComplaintEscalated escalated ? escalated.contact() : null;
    return contact == null ? null : contact.telephoneHash();
  }

  private static void announce(Erasure erasure) {
    List<Erasure.About> inquiries = erasure.inquiries();
    System.out.println(counted(inquiries.size(), "inquiry:", "inquiries:"));
    for (Erasure.About inquiry : inquiries) {
      String number = inquiry.receiptNumber();
      System.out.printf(
          "  %s%s%n",
          number == null ? inquiry.inquiryId() : ReceiptNumbers.parse(number).orElse(number),
          inquiry.open() ? ", still open" : "");
    }
    if (erasure.open() > 0) {
      System.out.println(
          "Whoever still has to answer what is open will not read any more what it is about.");
    }
  }

  private static boolean confirmed() throws IOException {
    System.out.print("Erase for good what they say and whom they concern? (yes/no) ");
    System.out.flush();
    String answer =
        System.console() != null
            ? System.console().readLine()
            : new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                .readLine();
    return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
