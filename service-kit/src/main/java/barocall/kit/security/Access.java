package barocall.kit.security;

import barocall.kit.web.ProblemException;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import reactor.core.publisher.Mono;

/**
 * Makes the rules of {@link Doors}, and checks inside a handler what no path says. Without
 * credentials the answer is 401, for the wrong role or city 403, for a city that there is not 404.
 */
public final class Access {
  private final Predicate<String> knownCity;

  Access(Predicate<String> knownCity) {
    this.knownCity = knownCity;
  }

  /** Lets in every visitor of whom this is true, given the variables of the path. */
  public ReactiveAuthorizationManager<AuthorizationContext> when(BiPredicate<Visitor, At> rule) {
    return (authentication, context) -> {
      Visitor visitor = Visitor.of(context.getExchange()).orElse(null);
      if (visitor == null) {
        return Mono.just(new AuthorizationDecision(false));
      }
      At at = new At(context.getVariables());
      if (at.hasCity() && !knownCity.test(at.city())) {
        return Mono.error(ProblemException.notFound());
      }
      return Mono.just(new AuthorizationDecision(rule.test(visitor, at)));
    };
  }

  /** Goes on only if it is so. */
  public static void require(boolean allowed) {
    if (!allowed) {
      throw forbidden();
    }
  }

  /** As {@link #require}, for a chain of publishers. */
  public static Mono<Void> requiring(boolean allowed) {
    return allowed ? Mono.empty() : Mono.error(forbidden());
  }

  /** 404 unless there is such a city; for a door that anyone may use. */
  public void requireCity(String city) {
    if (!knownCity.test(city)) {
      throw ProblemException.notFound();
    }
  }

  static ProblemException forbidden() {
    return ProblemException.of(HttpStatus.FORBIDDEN, "kit.problem.forbidden");
  }

  /** Where somebody wants to go: the variables of the path. */
  public record At(Map<String, Object> variables) {
    /** The variable {@code {city}}, which the path must have. */
    public String city() {
      return variable("city");
    }

    /** The variable {@code {department}}, which the path must have. */
    public String department() {
      return variable("department");
    }

    public String variable(String name) {
      Object value = variables.get(name);
      if (value == null) {
        throw new IllegalStateException("a rule asks for {" + name + "}, which its path has not");
      }
      return value.toString();
    }

    boolean hasCity() {
      return variables.containsKey("city");
    }
  }
}
