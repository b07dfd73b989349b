package barocall.analytics.people;

import barocall.access.Credentials;
import barocall.access.Person;
import barocall.access.Role;
import barocall.analytics.people.RosterRefusal.Reason;
import barocall.city.City;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A city's people and what one of its administrators may change about them: from one picture of the
 * credentials to the next. Every change looks anew at who asks, because between the asking and the
 * writing another may have shut them out. As nobody shuts out or demotes themselves, whoever asks
 * stays, and with them an administrator.
 *
 * @param actor the user name of who asks
 */
record Roster(City city, String actor) {
  /** What everybody can type, and what needs no quoting anywhere. */
  private static final Pattern USER = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,48}[a-z0-9])?");

  private static final int LONGEST_NAME = 60;

  /** Everyone who works for the city, administrators first. */
  List<Person> people(Credentials known) {
    return known.people().stream()
        .filter(it -> city.id().equals(it.city()))
        .sorted(
            Comparator.comparing((Person it) -> order(it.role()))
                .thenComparing(Person::disabled)
                .thenComparing(Person::user))
        .toList();
  }

  private static int order(Role role) {
    return switch (role) {
      case ADMIN -> 0;
      case AGENT -> 1;
      case DEPARTMENT -> 2;
    };
  }

  /**
   * The person of that city.
   *
   * @throws RosterRefusal if there is none, or only one of another city or of all
   */
  Person person(Credentials known, String user) {
    return known
        .person(user)
        .filter(it -> city.id().equals(it.city()))
        .orElseThrow(() -> new RosterRefusal(Reason.NOBODY));
  }

  /** With one more person, of whose password only the hash is kept. */
  Credentials invite(
      Credentials known, String user, String name, @Nullable Post post, String passwordHash) {
    checkActor(known);
    if (!USER.matcher(user).matches()) {
      throw new RosterRefusal(Reason.BAD_USER);
    }
    if (known.person(user).isPresent()) {
      throw new RosterRefusal(Reason.TAKEN_USER);
    }
    checkName(name);
    Post to = checked(known, post, user);
    return known.add(
        Person.generated(user, "", to.role(), city.id(), to.department(), to.agent(), name)
            .withPasswordHash(passwordHash));
  }

  /** With that person called and working otherwise. */
  Credentials move(Credentials known, String user, String name, @Nullable Post post) {
    checkActor(known);
    Person before = person(known, user);
    checkName(name);
    Post to = checked(known, post, user);
    if (user.equals(actor) && to.role() != before.role()) {
      throw new RosterRefusal(Reason.YOURSELF);
    }
    return known.change(user, it -> it.withPost(name, to.role(), to.department(), to.agent()));
  }

  /** With another password for that person, which ends the sessions of the old one. */
  Credentials reset(Credentials known, String user, String passwordHash) {
    return changed(known, user, it -> it.withPasswordHash(passwordHash));
  }

  /** With that person let in again or, which nobody does to themselves, kept out. */
  Credentials shut(Credentials known, String user, boolean out) {
    checkActor(known);
    if (out && user.equals(actor)) {
      throw new RosterRefusal(Reason.YOURSELF);
    }
    if (!out) {
      checked(known, Post.of(person(known, user)), user);
    }
    return changed(known, user, it -> it.withDisabled(out));
  }

  private Credentials changed(Credentials known, String user, UnaryOperator<Person> change) {
    checkActor(known);
    person(known, user);
    return known.change(user, change);
  }

  private void checkActor(Credentials known) {
    boolean may =
        known
            .person(actor)
            .filter(it -> !it.disabled() && it.role() == Role.ADMIN)
            .filter(it -> it.city() == null || it.city().equals(city.id()))
            .isPresent();
    if (!may) {
      throw new RosterRefusal(Reason.NOT_YOURS);
    }
  }

  private static void checkName(String name) {
    if (name.isBlank()
        || name.codePointCount(0, name.length()) > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new RosterRefusal(Reason.BAD_NAME);
    }
  }

  /**
   * Two who work under one agent's id could not be told apart, neither by the exchange nor later.
   */
  private Post checked(Credentials known, @Nullable Post post, String user) {
    if (post == null) {
      throw new RosterRefusal(Reason.BAD_POST);
    }
    boolean taken =
        post.role() == Role.AGENT
            && known.people().stream()
                .filter(it -> !it.disabled() && !it.user().equals(user))
                .filter(it -> city.id().equals(it.city()))
                .anyMatch(it -> Objects.equals(it.agent(), post.agent()));
    if (taken) {
      throw new RosterRefusal(Reason.TAKEN_POST);
    }
    return post;
  }
}
