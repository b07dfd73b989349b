package barocall.local;

import barocall.access.Credentials;
import barocall.access.CredentialsException;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.access.Office.Seat;
import barocall.access.Person;
import barocall.access.Role;
import barocall.city.Cities;
import barocall.city.City;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes the logins of the cities and shows people where to go with them. */
final class Welcome {
  private static final String LINE = "    %-14s %-62s %s%n";

  private final Cities cities;
  private final Credentials credentials;

  private Welcome(Cities cities, Credentials credentials) {
    this.cities = cities;
    this.credentials = credentials;
  }

  /** Adds what the credentials lack for these cities; keeps all that is there. */
  static Welcome prepare(Cities cities, DataFolder folder) {
    List<Office> offices = cities.all().stream().map(Welcome::office).toList();
    var random = new SecureRandom();
    try {
      Credentials credentials =
          new CredentialsFile(folder.credentials())
              .change(known -> known.complete(offices, random));
      return new Welcome(cities, credentials);
    } catch (CredentialsException e) {
      throw new LaunchException(e.getMessage(), e);
    }
  }

  private static Office office(City city) {
    return new Office(
        city.id(),
        city.agents().stream().map(agent -> new Seat(agent.id(), agent.name())).toList(),
        city.departments().stream()
            .map(department -> new Seat(department.id(), department.name().ko()))
            .toList());
  }

  void print(PrintStream out, Plan plan, DataFolder folder, boolean demo) {
    Ports ports = plan.ports();
    out.println();
    out.println(demo ? "The demonstration of Barocall is running." : "Barocall is running.");
    for (City city : cities.all()) {
      out.printf("%n  %s · %s%n", city.name().ko(), city.name().en());
      out.printf(LINE, "citizens", page(ports.intake(), city.id()), "");
      person(city, Role.AGENT)
          .ifPresent(
              agent ->
                  out.printf(
                      LINE, "desk", page(ports.routing(), city.id() + "/desk"), login(agent)));
      person(city, Role.DEPARTMENT)
          .ifPresent(
              officer ->
                  out.printf(
                      LINE,
                      "inbox",
                      page(
                          ports.notification(),
                          city.id() + "/departments/" + officer.department() + "/inbox"),
                      login(officer)));
      person(city, Role.ADMIN)
          .ifPresent(
              admin ->
                  out.printf(
                      LINE, "administrator", page(ports.analytics(), city.id()), login(admin)));
    }
    out.println();
    first(person -> person.role() == Role.ADMIN && person.city() == null)
        .ifPresent(admin -> out.println("  all cities     " + login(admin)));
    out.println("  mails, texts   " + plan.mail());
    out.println(
        "  all logins     " + folder.credentials() + " and " + folder.command("people list"));
    out.println("  stop           " + folder.command("down"));
    out.flush();
  }

  private Optional<Person> person(City city, Role role) {
    return first(person -> person.role() == role && city.id().equals(person.city()));
  }

  private Optional<Person> first(Predicate<Person> wanted) {
    return credentials.people().stream()
        .filter(person -> !person.disabled())
        .filter(wanted)
        .findFirst();
  }

  private static String login(Person person) {
    String password = person.password();
    return person.user() + " / " + (password == null ? "(a password of their own)" : password);
  }

  private static String page(int port, String path) {
    return "http://127.0.0.1:" + port + "/" + path;
  }
}
