package barocall.local;

import barocall.access.Credentials;
import barocall.access.CredentialsException;
import barocall.access.CredentialsFile;
import barocall.access.Passwords;
import barocall.access.Person;
import barocall.access.Role;
import barocall.city.Cities;
import barocall.city.City;
import barocall.city.InvalidCityException;
import barocall.contract.AccountKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code barocall people}: who may log in. Running services see a change within a second. */
@Command(
    name = "people",
    description = "Keeps the people who may log in.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "add|list|disable|enable|password")
final class PeopleCommand {
  private static final int SHORTEST_PASSWORD = 8;

  @Command(name = "list", description = "Shows everyone.", mixinStandardHelpOptions = true)
  int list(
      @Mixin StackOptions options,
      @Option(names = "--city", paramLabel = "CITY", description = "Only of that city.")
          String city) {
    for (Person person : file(options).read().people()) {
      if (city == null || city.equals(person.city())) {
        System.out.printf(
            "%-34s %-11s %-12s %-24s %s%s%n",
            person.user(),
            person.role().name().toLowerCase(Locale.ROOT),
            person.city() == null ? "(all cities)" : person.city(),
            person.department() != null
                ? person.department()
                : person.agent() == null ? "" : person.agent(),
            person.name(),
            person.disabled() ? " (disabled)" : "");
      }
    }
    return 0;
  }

  @Command(
      name = "add",
      description = "Adds a person and prints the password made for them.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "USER", description = "The name to log in with.") String user,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "agent, department or admin.")
          Role role,
      @Option(
              names = "--city",
              paramLabel = "CITY",
              description = "Their city; without it all cities, for an admin.")
          String city,
      @Option(
              names = "--department",
              paramLabel = "ID",
              description = "Their department's id in the city file.")
          String department,
      @Option(
              names = "--agent",
              paramLabel = "ID",
              description = "The agent's id in the city file (default: USER).")
          String agent,
      @Option(names = "--name", paramLabel = "NAME", description = "As others see it.") String name)
      throws InterruptedException {
    String agentId = role != Role.AGENT ? null : agent == null ? user : agent;
    check(options.home(), role, city, department, agentId);
    String password = Passwords.readable(new SecureRandom());
    Person person =
        Person.generated(
            user,
            password,
            role,
            city,
            role == Role.DEPARTMENT ? department : null,
            agentId,
            name == null ? user : name);
    file(options).change(known -> known.add(person));
    System.out.printf("%s may log in with the password %s%n", user, password);
    OperatorAccess.recordIfPossible(options, AccountKind.ADD_PERSON, city, user);
    return 0;
  }

  @Command(name = "disable", description = "Keeps a person out.", mixinStandardHelpOptions = true)
  int disable(@Mixin StackOptions options, @Parameters(paramLabel = "USER") String user)
      throws InterruptedException {
    Credentials now = file(options).change(known -> known.disable(user, true));
    OperatorAccess.recordIfPossible(options, AccountKind.DISABLE_PERSON, cityOf(now, user), user);
    System.out.println(user + " is kept out.");
    return 0;
  }

  @Command(
      name = "enable",
      description = "Lets a person in again.",
      mixinStandardHelpOptions = true)
  int enable(@Mixin StackOptions options, @Parameters(paramLabel = "USER") String user)
      throws InterruptedException {
    Credentials now = file(options).change(known -> known.disable(user, false));
    OperatorAccess.recordIfPossible(options, AccountKind.ENABLE_PERSON, cityOf(now, user), user);
    System.out.println(user + " may log in.");
    return 0;
  }

  @Command(
      name = "password",
      description = "Gives a person another password: asked for, or read as a line from the input.",
      mixinStandardHelpOptions = true)
  int password(
      @Mixin StackOptions options,
      @Parameters(paramLabel = "USER") String user,
      @Option(names = "--generate", description = "Makes one and prints it.") boolean generate)
      throws IOException, InterruptedException {
    CredentialsFile file = file(options);
    if (file.read().person(user).isEmpty()) {
      throw new LaunchException(
          "There is nobody called %s; ./barocall people list shows everyone.".formatted(user));
    }
    var random = new SecureRandom();
    if (generate) {
      String password = Passwords.readable(random);
      Credentials now =
          file.change(
              known -> known.change(user, person -> person.withGeneratedPassword(password)));
      OperatorAccess.recordIfPossible(
          options, AccountKind.CHANGE_PASSWORD, cityOf(now, user), user);
      System.out.printf("%s may log in with the password %s%n", user, password);
      return 0;
    }
    String password = askedFor(user);
    Credentials now = file.change(known -> known.password(user, password, random));
    OperatorAccess.recordIfPossible(options, AccountKind.CHANGE_PASSWORD, cityOf(now, user), user);
    System.out.println(user + " has another password.");
    return 0;
  }

  private static @Nullable String cityOf(Credentials known, String user) {
    return known.person(user).map(Person::city).orElse(null);
  }

  private static String askedFor(String user) throws IOException {
    String password;
    if (System.console() != null) {
      password = line(System.console().readPassword("New password of %s: ", user));
      if (!password.equals(line(System.console().readPassword("Once more: ")))) {
        throw new LaunchException("The two differ; nothing was changed.");
      }
    } else {
      password =
          Optional.ofNullable(
                  new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
                      .readLine())
              .orElse("");
    }
    if (password.codePointCount(0, password.length()) < SHORTEST_PASSWORD) {
      throw new LaunchException(
          "A password has at least %d characters; nothing was changed."
              .formatted(SHORTEST_PASSWORD));
    }
    return password;
  }

  private static String line(char @Nullable [] typed) {
    return typed == null ? "" : new String(typed);
  }

  /** Refuses whoever belongs nowhere: the city file knows its departments and agents. */
  static void check(
      Home home,
      Role role,
      @Nullable String city,
      @Nullable String department,
      @Nullable String agent) {
    if (city == null) {
      if (role != Role.ADMIN) {
        throw new LaunchException("An agent or a department belongs to a city; name it by --city.");
      }
      return;
    }
    City known;
    try {
      known =
          Cities.load(home.cities())
              .city(city)
              .orElseThrow(
                  () ->
                      new LaunchException(
                          "There is no city %s in %s.".formatted(city, home.cities())));
    } catch (InvalidCityException e) {
      throw new LaunchException(e.getMessage(), e);
    }
    if (role == Role.DEPARTMENT && (department == null || known.department(department).isEmpty())) {
      throw new LaunchException(
          "Name a department of %s by --department: %s."
              .formatted(
                  city, String.join(", ", known.departments().stream().map(d -> d.id()).toList())));
    }
    if (agent != null && !known.agents().isEmpty() && known.agent(agent).isEmpty()) {
      throw new LaunchException(
          "Name an agent of %s by --agent: %s. Somebody new is written into %s first."
              .formatted(
                  city,
                  String.join(", ", known.agents().stream().map(a -> a.id()).toList()),
                  home.cities().resolve(city + ".yml")));
    }
  }

  private static CredentialsFile file(StackOptions options) {
    var file = new CredentialsFile(options.folderOfRunning().credentials());
    try {
      Credentials read = file.read();
      assert read != null;
      return file;
    } catch (CredentialsException e) {
      throw new LaunchException(e.getMessage(), e);
    }
  }
}
