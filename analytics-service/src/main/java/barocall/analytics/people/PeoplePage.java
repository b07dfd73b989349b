package barocall.analytics.people;

import barocall.access.Credentials;
import barocall.access.CredentialsException;
import barocall.access.CredentialsFile;
import barocall.access.Passwords;
import barocall.access.Person;
import barocall.access.Role;
import barocall.analytics.people.RosterRefusal.Reason;
import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.AccountKind;
import barocall.kit.audit.AccountChanges;
import barocall.kit.security.Visitor;
import barocall.kit.web.Crumb;
import barocall.kit.web.PageController;
import barocall.kit.web.ProblemException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A city's people. A password is made here, shown in the one answer and kept only as a hash, so
 * nobody finds it later, neither on a page nor in the file.
 */
@PageController
class PeoplePage {
  private static final String USER = "user";
  private static final String NAME = "name";
  private static final String POST = "post";

  private final Cities cities;
  private final CredentialsFile credentials;
  private final AccountChanges changes;
  private final MessageSource words;
  private final SecureRandom random = new SecureRandom();

  PeoplePage(
      Cities cities, CredentialsFile credentials, AccountChanges changes, MessageSource words) {
    this.cities = cities;
    this.credentials = credentials;
    this.changes = changes;
    this.words = words;
  }

  /** A person as the page lists them. */
  public record PersonRow(
      String user, String name, String role, String post, boolean off, boolean self, String href) {}

  /** A post to choose, and under which heading. */
  public record Choice(String value, String name) {}

  /** Choices of one kind. */
  public record Group(String name, List<Choice> choices) {}

  /** What stands in a form, and what is wrong in it, by field. */
  public record Form(String user, String name, String post, Map<String, String> errors) {
    static final Form EMPTY = new Form("", "", "", Map.of());
  }

  /**
   * What somebody filled in.
   *
   * @param word the post as the form names it, whether or not there is such a post
   */
  private record Asked(String user, String name, String word, @Nullable Post post) {
    static Asked of(MultiValueMap<String, String> form, City city) {
      String word = text(form, POST);
      return new Asked(
          text(form, USER), text(form, NAME), word, Post.parse(word, city).orElse(null));
    }
  }

  /** A password that is shown this once. */
  public record Secret(String user, String name, String password) {
    @Override
    public String toString() {
      return "Secret[" + user + "]";
    }
  }

  @GetMapping("/{city}/people")
  Rendering people(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String done,
      @AuthenticationPrincipal Visitor visitor,
      Locale locale) {
    City known = known(city);
    String said = done != null && done.matches("moved|off|on") ? done : "";
    return list(known, visitor, Form.EMPTY, null, said, locale).build();
  }

  @PostMapping("/{city}/people")
  Mono<Rendering> invite(
      @PathVariable String city,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange,
      Locale locale) {
    City known = known(city);
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              Asked asked = Asked.of(form, known);
              Roster roster = new Roster(known, visitor.user());
              return withPassword(
                      (now, hash) ->
                          roster.invite(now, asked.user(), asked.name(), asked.post(), hash))
                  .flatMap(
                      password ->
                          changes
                              .changed(
                                  exchange,
                                  List.of(AccountKind.ADD_PERSON),
                                  known.id(),
                                  asked.user(),
                                  asked.post() == null ? null : asked.post().word())
                              .thenReturn(new Secret(asked.user(), asked.name(), password)))
                  .map(secret -> list(known, visitor, Form.EMPTY, secret, "", locale).build())
                  .onErrorResume(
                      RosterRefusal.class,
                      refusal ->
                          Mono.fromSupplier(
                              () ->
                                  list(
                                          known,
                                          visitor,
                                          refused(refusal, asked, locale),
                                          null,
                                          "",
                                          locale)
                                      .status(HttpStatus.BAD_REQUEST)
                                      .build()));
            });
  }

  @GetMapping("/{city}/people/person")
  Rendering person(
      @PathVariable String city,
      @RequestParam(required = false) @Nullable String user,
      @AuthenticationPrincipal Visitor visitor,
      Locale locale) {
    City known = known(city);
    Person person = found(known, visitor, user == null ? "" : user);
    return one(known, visitor, person, form(person), null, locale).build();
  }

  /** Another name or post. */
  @PostMapping("/{city}/people/person")
  Mono<Rendering> move(
      @PathVariable String city,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange,
      Locale locale) {
    City known = known(city);
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              Asked asked = Asked.of(form, known);
              Person before = found(known, visitor, asked.user());
              Roster roster = new Roster(known, visitor.user());
              return written(now -> roster.move(now, asked.user(), asked.name(), asked.post()))
                  .then(
                      Mono.defer(
                          () ->
                              changes.changed(
                                  exchange,
                                  List.of(AccountKind.ADD_PERSON),
                                  known.id(),
                                  asked.user(),
                                  Post.of(before).word()
                                      + " -> "
                                      + (asked.post() == null ? "" : asked.post().word()))))
                  .then(Mono.fromSupplier(() -> back(known, "moved")))
                  .onErrorResume(
                      RosterRefusal.class,
                      refusal ->
                          Mono.fromSupplier(
                              () ->
                                  one(
                                          known,
                                          visitor,
                                          before,
                                          refused(refusal, asked, locale),
                                          null,
                                          locale)
                                      .status(HttpStatus.BAD_REQUEST)
                                      .build()));
            });
  }

  /**
   * Where somebody comes who changes the language, or logs in anew, after one of the acts below.
   */
  @GetMapping({
    "/{city}/people/person/password",
    "/{city}/people/person/off",
    "/{city}/people/person/on"
  })
  Rendering list(@PathVariable String city) {
    return Rendering.redirectTo("/" + known(city).id() + "/people").build();
  }

  /** Another password, made here. */
  @PostMapping("/{city}/people/person/password")
  Mono<Rendering> reset(
      @PathVariable String city,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange,
      Locale locale) {
    City known = known(city);
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              Person person = found(known, visitor, text(form, USER));
              Roster roster = new Roster(known, visitor.user());
              return withPassword((now, hash) -> roster.reset(now, person.user(), hash))
                  .onErrorMap(RosterRefusal.class, PeoplePage::problem)
                  .flatMap(
                      password ->
                          changes
                              .changed(
                                  exchange,
                                  List.of(AccountKind.CHANGE_PASSWORD),
                                  known.id(),
                                  person.user(),
                                  null)
                              .thenReturn(
                                  one(
                                          known,
                                          visitor,
                                          person,
                                          form(person),
                                          new Secret(person.user(), person.name(), password),
                                          locale)
                                      .build()));
            });
  }

  /** Kept out, or let in again. */
  @PostMapping("/{city}/people/person/off")
  Mono<Rendering> off(
      @PathVariable String city,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    return shut(city, visitor, exchange, true);
  }

  @PostMapping("/{city}/people/person/on")
  Mono<Rendering> on(
      @PathVariable String city,
      @AuthenticationPrincipal Visitor visitor,
      ServerWebExchange exchange) {
    return shut(city, visitor, exchange, false);
  }

  private Mono<Rendering> shut(
      String city, Visitor visitor, ServerWebExchange exchange, boolean out) {
    City known = known(city);
    Roster roster = new Roster(known, visitor.user());
    return exchange
        .getFormData()
        .flatMap(
            form -> {
              String user = text(form, USER);
              return written(now -> roster.shut(now, user, out))
                  .onErrorMap(RosterRefusal.class, PeoplePage::problem)
                  .then(
                      Mono.defer(
                          () ->
                              changes.changed(
                                  exchange,
                                  List.of(
                                      out ? AccountKind.DISABLE_PERSON : AccountKind.ENABLE_PERSON),
                                  known.id(),
                                  user,
                                  null)))
                  .then(Mono.fromSupplier(() -> back(known, out ? "off" : "on")));
            });
  }

  /** A change that needs the hash of a new password. */
  @FunctionalInterface
  private interface WithHash {
    Credentials apply(Credentials now, String hash);
  }

  /** Makes a password and the change with it; gives the password. Hashing takes its time. */
  private Mono<String> withPassword(WithHash change) {
    return Mono.fromCallable(
            () -> {
              String password = Passwords.readable(random);
              String hash = Passwords.hash(password, random);
              credentials.change(now -> change.apply(now, hash));
              return password;
            })
        .subscribeOn(Schedulers.boundedElastic())
        .onErrorMap(CredentialsException.class, PeoplePage::notWritten);
  }

  private Mono<Void> written(UnaryOperator<Credentials> change) {
    return Mono.fromRunnable(() -> credentials.change(change))
        .subscribeOn(Schedulers.boundedElastic())
        .onErrorMap(CredentialsException.class, PeoplePage::notWritten)
        .then();
  }

  private static ProblemException notWritten(Throwable failure) {
    return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, "people.problem.not-written")
        .because(failure);
  }

  /** Of a refusal that no field of a form is to blame for. */
  private static ProblemException problem(RosterRefusal refusal) {
    return switch (refusal.reason()) {
      case NOT_YOURS -> ProblemException.of(HttpStatus.FORBIDDEN, "kit.problem.forbidden");
      case NOBODY -> ProblemException.notFound();
      case TAKEN_POST -> ProblemException.of(HttpStatus.CONFLICT, "people.problem.taken-post");
      default -> ProblemException.of(HttpStatus.CONFLICT, "people.problem.refused");
    };
  }

  private Form refused(RosterRefusal refusal, Asked asked, Locale locale) {
    Reason reason = refusal.reason();
    String field =
        switch (reason) {
          case NOT_YOURS, NOBODY -> throw problem(refusal);
          case BAD_USER, TAKEN_USER -> USER;
          case BAD_NAME -> NAME;
          case YOURSELF, BAD_POST, TAKEN_POST -> POST;
        };
    String code = "people.refused." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Form(asked.user(), asked.name(), asked.word(), Map.of(field, said(code, locale)));
  }

  private Person found(City city, Visitor visitor, String user) {
    try {
      return new Roster(city, visitor.user()).person(credentials.current(), user);
    } catch (RosterRefusal refusal) {
      throw problem(refusal);
    }
  }

  private static Form form(Person person) {
    return new Form(person.user(), person.name(), Post.of(person).word(), Map.of());
  }

  private Rendering.Builder<?> list(
      City city, Visitor visitor, Form form, @Nullable Secret secret, String done, Locale locale) {
    String title = said("people.title", locale, city.name().in(locale));
    Map<String, Object> model = new HashMap<>();
    model.put("title", title);
    model.put("crumbs", List.of(wall(city, locale), Crumb.here(title)));
    model.put(
        "people",
        new Roster(city, visitor.user())
            .people(credentials.current()).stream()
                .map(it -> row(city, visitor, it, locale))
                .toList());
    model.put("form", form);
    model.put("groups", groups(city, locale));
    model.put("secret", secret);
    model.put("done", done);
    model.put("action", "/" + city.id() + "/people");
    return Rendering.view("people").model(model);
  }

  private Rendering.Builder<?> one(
      City city,
      Visitor visitor,
      Person person,
      Form form,
      @Nullable Secret secret,
      Locale locale) {
    String list = said("people.title", locale, city.name().in(locale));
    Map<String, Object> model = new HashMap<>();
    model.put("title", person.name());
    model.put(
        "crumbs",
        List.of(
            wall(city, locale),
            new Crumb(list, "/" + city.id() + "/people"),
            Crumb.here(person.name())));
    model.put("person", row(city, visitor, person, locale));
    model.put("form", form);
    model.put("groups", groups(city, locale));
    model.put("secret", secret);
    model.put("action", "/" + city.id() + "/people/person");
    return Rendering.view("person").model(model);
  }

  private PersonRow row(City city, Visitor visitor, Person person, Locale locale) {
    return new PersonRow(
        person.user(),
        person.name(),
        said("kit.role." + person.role().name().toLowerCase(Locale.ROOT), locale),
        post(city, person, locale),
        person.disabled(),
        person.user().equals(visitor.user()),
        UriComponentsBuilder.fromPath("/" + city.id() + "/people/person")
            .queryParam(USER, "{user}")
            .encode()
            .buildAndExpand(person.user())
            .toUriString());
  }

  private static String post(City city, Person person, Locale locale) {
    String department = person.department();
    String agent = person.agent();
    if (department != null) {
      return city.department(department).map(it -> it.name().in(locale)).orElse(department);
    }
    return agent == null ? "" : agent;
  }

  private List<Group> groups(City city, Locale locale) {
    List<Group> groups = new ArrayList<>();
    groups.add(
        new Group(
            said("kit.role.admin", locale),
            List.of(choice(new Post(Role.ADMIN, null, null), said("kit.role.admin", locale)))));
    groups.add(
        new Group(
            said("kit.role.agent", locale),
            city.agents().stream()
                .map(
                    it ->
                        choice(
                            new Post(Role.AGENT, null, it.id()), it.id() + " (" + it.name() + ")"))
                .toList()));
    groups.add(
        new Group(
            said("kit.role.department", locale),
            city.departments().stream()
                .map(it -> choice(new Post(Role.DEPARTMENT, it.id(), null), it.name().in(locale)))
                .toList()));
    return groups;
  }

  private static Choice choice(Post post, String name) {
    return new Choice(post.word(), name);
  }

  private Crumb wall(City city, Locale locale) {
    return new Crumb(said("journal.wall", locale), "/" + city.id());
  }

  private static Rendering back(City city, String done) {
    return Rendering.redirectTo("/" + city.id() + "/people?done=" + done).build();
  }

  private City known(String city) {
    return cities.city(city).orElseThrow(ProblemException::notFound);
  }

  private static String text(MultiValueMap<String, String> form, String field) {
    String value = form.getFirst(field);
    return value == null ? "" : value.strip();
  }

  private String said(String code, Locale locale, Object... arguments) {
    return words.getMessage(code, arguments.length == 0 ? null : arguments, locale);
  }
}
