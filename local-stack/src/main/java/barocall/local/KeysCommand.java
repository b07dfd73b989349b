package barocall.local;

import barocall.access.CredentialsFile;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code barocall keys}: the keys that seal how to reach citizens. */
@Command(
    name = "keys",
    description =
        "Keeps the keys that seal citizens' names, telephone numbers and e-mail addresses.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "rotate")
final class KeysCommand {
  /** Until then every service has seen the file: each looks at it at most a second after a use. */
  private static final Duration SEEN_BY_ALL = Duration.ofSeconds(3);

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
    var file = new CredentialsFile(options.folderOfRunning().credentials());
    file.read();
    // In two steps, so that no service meets something sealed under a key that it has not seen.
    file.change(known -> known.withNewContactKey(city));
    TimeUnit.MILLISECONDS.sleep(SEEN_BY_ALL.toMillis());
    int keys = file.change(known -> known.sealingWithNewestKey(city)).contactKeys(city);
    System.out.printf(
        "What is sealed for %s from now on is sealed under a new key; %d keys open what was sealed so far.%n",
        city, keys);
    System.out.printf("Back up %s now.%n", file.path());
    return 0;
  }
}
