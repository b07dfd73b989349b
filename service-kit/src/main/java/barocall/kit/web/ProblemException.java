package barocall.kit.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * An answer that is not the one asked for, thrown by a service and given as problem details (RFC
 * 9457), or as a page to people. Title, detail and messages are either words for the reader or
 * codes of the message bundles, which are then filled with the arguments; personal data belongs in
 * none of them.
 */
public class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String title;
  private final String detail;
  private final transient List<FieldError> errors;
  private final transient Map<String, Object> more;
  private final transient HttpHeaders headers;
  private final transient Object[] arguments;

  /**
   * A field that is wrong, by its path in the body or its name in the query, and how to put it
   * right.
   */
  public record FieldError(String field, String message) {}

  public ProblemException(HttpStatus status, String title, String detail) {
    this(status, title, detail, List.of(), new HttpHeaders());
  }

  public ProblemException(
      HttpStatus status,
      String title,
      String detail,
      List<FieldError> errors,
      HttpHeaders headers) {
    this(status, title, detail, errors, headers, Map.of(), new Object[0], null);
  }

  private ProblemException(
      HttpStatus status,
      String title,
      String detail,
      List<FieldError> errors,
      HttpHeaders headers,
      Map<String, Object> more,
      Object[] arguments,
      @Nullable Throwable cause) {
    super(status.value() + " " + title, cause, false, cause != null);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = List.copyOf(errors);
    this.headers = HttpHeaders.readOnlyHttpHeaders(headers);
    this.more = Map.copyOf(more);
    this.arguments = arguments;
  }

  /**
   * A problem whose words are in the message bundles as {@code code.title} and {@code code.detail}.
   *
   * @param arguments fill the places {@code {0}}, {@code {1}} … of the detail
   */
  public static ProblemException of(HttpStatus status, String code, Object... arguments) {
    return new ProblemException(
        status,
        code + ".title",
        code + ".detail",
        List.of(),
        new HttpHeaders(),
        Map.of(),
        arguments,
        null);
  }

  /** A 400 about one field. */
  public static ProblemException badField(String field, String message) {
    return badFields(List.of(new FieldError(field, message)));
  }

  /** A 400 about several fields. */
  public static ProblemException badFields(List<FieldError> errors) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        "kit.problem.bad-request.title",
        "kit.problem.bad-fields.detail",
        errors,
        new HttpHeaders());
  }

  /** A 413 about fields that are only longer than allowed. */
  public static ProblemException tooLong(List<FieldError> errors) {
    return of(HttpStatus.CONTENT_TOO_LARGE, "kit.problem.content-too-large").about(errors);
  }

  /** A 404 that says no more than that there is nothing. */
  public static ProblemException notFound() {
    return of(HttpStatus.NOT_FOUND, "kit.problem.not-found");
  }

  /** A 503: something that we need is away; the client may come again after this long. */
  public static ProblemException unavailable(Duration retryAfter) {
    return of(HttpStatus.SERVICE_UNAVAILABLE, "kit.problem.service-unavailable")
        .with(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
  }

  /** The same with a header more. */
  public ProblemException with(String header, String value) {
    var all = new HttpHeaders();
    all.putAll(headers);
    all.set(header, value);
    return new ProblemException(status, title, detail, errors, all, more, arguments, getCause());
  }

  /** The same with a member more, such as who was first and what they did. */
  public ProblemException saying(String member, Object value) {
    var all = new HashMap<>(more);
    all.put(member, value);
    return new ProblemException(status, title, detail, errors, headers, all, arguments, getCause());
  }

  /** The same with the fields that are wrong. */
  public ProblemException about(List<FieldError> fields) {
    return new ProblemException(
        status, title, detail, fields, headers, more, arguments, getCause());
  }

  /** The same with what led to it, which only our log gets to see. */
  public ProblemException because(Throwable cause) {
    return new ProblemException(status, title, detail, errors, headers, more, arguments, cause);
  }

  public HttpStatus status() {
    return status;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return detail;
  }

  public List<FieldError> errors() {
    return errors;
  }

  public Map<String, Object> more() {
    return more;
  }

  public HttpHeaders headers() {
    return headers;
  }

  Object[] arguments() {
    return arguments.clone();
  }
}
