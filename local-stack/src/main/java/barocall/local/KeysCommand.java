package barocall.local;

import barocall.access.ChannelKey;
import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.contract.AccountKind;
import barocall.contract.Channel;
import barocall.contract.WireName;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code barocall keys}: the keys of programs that speak for some of a city's channels, and those
 * that seal how to reach citizens.
 */
@Command(
    name = "keys",
    description = {
      "Keeps the keys of programs that may speak for some of a city's channels only, and the keys"
          + " that seal citizens' names, telephone numbers and e-mail addresses."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "add|list|remove|rotate")
final class KeysCommand {
  /** Until then every service has seen the file: each looks at it at most a second after a use. */
  private static final Duration SEEN_BY_ALL = Duration.ofSeconds(3);

  @Command(
      name = "add",
      description = {
        "Makes a key for a program and prints it. It opens the doors of these channels only, and no"
            + " past inquiries. Running services know it within a second."
      },
      mixinStandardHelpOptions = true)
  int add(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "NAME", description = "What the program is called, e.g. exchange.")
          String name,
      @Option(
              names = "--city",
              required = true,
              paramLabel = "CITY",
              description = "Whose channels.")
          String city,
      @Option(
              names = "--channels",
              required = true,
              split = ",",
              paramLabel = "CHANNEL",
              description = "Which: telephone, web, mobile, sms, fax, email, counter, crew, other.")
          List<String> channels)
      throws InterruptedException {
    CredentialsFile file = file(options);
    if (!file.read().keys().containsKey(city)) {
      throw new LaunchException("There is no city %s in %s.".formatted(city, file.path()));
    }
    for (String channel : channels) {
      if (WireName.find(Channel.class, channel).isEmpty()) {
        throw new LaunchException("There is no channel %s.".formatted(channel));
      }
    }
    List<String> once = channels.stream().distinct().toList();
    String key =
        file.change(known -> known.withChannelKey(name, city, once, new SecureRandom()))
            .channelKey(name, city)
            .map(ChannelKey::key)
            .orElseThrow();
    OperatorAccess.recordIfPossible(options, AccountKind.ADD_KEY, city, name);
    System.out.printf(
        "%s may speak for %s of %s with the key %s%n", name, String.join(", ", once), city, key);
    return 0;
  }

  @Command(
      name = "list",
      description = "Shows who has a key, and for which channels; not the keys.",
      mixinStandardHelpOptions = true)
  int list(@Mixin StackOptions options) {
    Credentials known = file(options).read();
    known.keys().keySet().forEach(holder -> System.out.printf("%-24s (all channels)%n", holder));
    for (ChannelKey key : known.channelKeys()) {
      System.out.printf(
          "%-24s %-24s %s%n", key.city(), key.name(), String.join(", ", key.channels()));
    }
    return 0;
  }

  @Command(
      name = "remove",
      description = "Withdraws a program's key. Running services refuse it within a second.",
      mixinStandardHelpOptions = true)
  int remove(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--city", required = true, paramLabel = "CITY") String city)
      throws InterruptedException {
    file(options).change(known -> known.withoutChannelKey(name, city));
    OperatorAccess.recordIfPossible(options, AccountKind.REMOVE_KEY, city, name);
    System.out.printf("The key of %s for %s opens nothing any more.%n", name, city);
    return 0;
  }

  private static CredentialsFile file(StackOptions options) {
    return new CredentialsFile(options.folderOfRunning().credentials());
  }

  @Command(
      name = "rotate",
      description = {
        "Gives a city a new key, which seals from now on. The old ones stay and open what they"
            + " sealed. Running services see it without a restart.",
        "Back up the credentials afterwards: an older copy does not open what the new key seals."
      },
      mixinStandardHelpOptions = true)
  int rotate(
      @Mixin StackOptions options,
      @Option(
              names = "--city",
              required = true,
              paramLabel = "CITY",
              description = "Whose citizens.")
          String city)
      throws InterruptedException {
    CredentialsFile file = file(options);
    file.read();
    // In two steps, so that no service meets something sealed under a key that it has not seen.
    file.change(known -> known.withNewContactKey(city));
    TimeUnit.MILLISECONDS.sleep(SEEN_BY_ALL.toMillis());
    int keys = file.change(known -> known.sealingWithNewestKey(city)).contactKeys(city);
    OperatorAccess.recordIfPossible(options, AccountKind.ROTATE_KEY, city, null);
    System.out.printf(
        "What is sealed for %s from now on is sealed under a new key; %d keys open what was sealed so far.%n",
        city, keys);
    System.out.printf("Back up %s now.%n", file.path());
    return 0;
  }
}
