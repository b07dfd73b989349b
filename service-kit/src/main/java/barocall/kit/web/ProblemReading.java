package barocall.kit.web;

import barocall.kit.events.BrokerAwayException;
import barocall.kit.store.StoreAwayException;
import barocall.kit.web.ProblemException.FieldError;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import jakarta.validation.ConstraintViolationException;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.IgnoredPropertyException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Reads any error as a problem: which field, and how to put it right, but never the value that was
 * sent.
 */
final class ProblemReading {
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);
  private static final int LISTED = 40;

  ProblemException of(Throwable error) {
    ProblemException own = inChain(error, ProblemException.class);
    if (own != null) {
      return own;
    }
    if (inChain(error, DataBufferLimitException.class) != null) {
      return coded(HttpStatus.CONTENT_TOO_LARGE);
    }
    if (error instanceof InvalidMediaTypeException) {
      return coded(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    }
    // Of Accept, when it names more than Spring cares to sort.
    if (error instanceof InvalidMimeTypeException) {
      return coded(HttpStatus.NOT_ACCEPTABLE);
    }
    if (error instanceof DecodingException || isBadlyEncoded(error)) {
      return ProblemException.of(HttpStatus.BAD_REQUEST, "kit.problem.bad-body");
    }
    if (error instanceof WebExchangeBindException invalid) {
      return ProblemException.badFields(
          invalid.getFieldErrors().stream()
              .map(
                  wrong ->
                      wrong.isBindingFailure()
                          ? new FieldError(wrong.getField(), "kit.field.type")
                          : new FieldError(wrong.getField(), text(wrong)))
              .toList());
    }
    if (error instanceof HandlerMethodValidationException invalid) {
      return ofArguments(invalid);
    }
    if (error instanceof ConstraintViolationException invalid) {
      return ProblemException.badFields(
          invalid.getConstraintViolations().stream()
              .map(wrong -> new FieldError(wrong.getPropertyPath().toString(), wrong.getMessage()))
              .toList());
    }
    JacksonException unreadable = inChain(error, JacksonException.class);
    if (unreadable != null && (error instanceof ServerWebInputException || error == unreadable)) {
      return ofJson(unreadable);
    }
    if (error instanceof MissingRequestValueException missing) {
      return ProblemException.badField(missing.getName(), "kit.field.missing");
    }
    if (error instanceof ServerWebInputException input) {
      return ofInput(input);
    }
    BrokerAwayException unkept = inChain(error, BrokerAwayException.class);
    if (unkept != null) {
      return ProblemException.of(HttpStatus.SERVICE_UNAVAILABLE, "kit.problem.not-accepted")
          .with(
              HttpHeaders.RETRY_AFTER,
              String.valueOf(unkept.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)))
          .because(error);
    }
    if (error instanceof ErrorResponse answer) {
      return ofStatus(answer);
    }
    if (isAway(error)) {
      return ProblemException.unavailable(COME_AGAIN).because(error);
    }
    return coded(HttpStatus.INTERNAL_SERVER_ERROR).because(error);
  }

  /** Spring decodes forms by the JDK, whose error nothing but its place tells from others. */
  private static boolean isBadlyEncoded(Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    return error instanceof IllegalArgumentException
        && trace.length > 0
        && trace[0].getClassName().equals(URLDecoder.class.getName());
  }

  private static ProblemException ofArguments(HandlerMethodValidationException invalid) {
    var fields = new ArrayList<FieldError>();
    for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
      String name = result.getMethodParameter().getParameterName();
      for (MessageSourceResolvable wrong : result.getResolvableErrors()) {
        fields.add(
            new FieldError(
                wrong instanceof org.springframework.validation.FieldError field
                    ? field.getField()
                    : String.valueOf(name),
                text(wrong)));
      }
    }
    return ProblemException.badFields(fields);
  }

  private static ProblemException ofInput(ServerWebInputException input) {
    String name =
        input.getMethodParameter() == null ? null : input.getMethodParameter().getParameterName();
    boolean body =
        input.getMethodParameter() != null
            && input.getMethodParameter().hasParameterAnnotation(RequestBody.class);
    if (name == null || body) {
      return ProblemException.of(HttpStatus.BAD_REQUEST, "kit.problem.bad-body");
    }
    return ProblemException.badField(name, "kit.field.type");
  }

  private static ProblemException ofJson(JacksonException unreadable) {
    if (unreadable instanceof StreamReadException) {
      TokenStreamLocation at = unreadable.getLocation();
      return at == null
          ? ProblemException.of(HttpStatus.BAD_REQUEST, "kit.problem.bad-body")
          : ProblemException.of(
              HttpStatus.BAD_REQUEST, "kit.problem.bad-json", at.getLineNr(), at.getColumnNr());
    }
    String field = path(unreadable);
    if (field.isEmpty()) {
      return ProblemException.of(HttpStatus.BAD_REQUEST, "kit.problem.bad-body");
    }
    return ProblemException.badField(field, message(unreadable));
  }

  private static String message(JacksonException unreadable) {
    if (unreadable instanceof UnrecognizedPropertyException
        || unreadable instanceof IgnoredPropertyException) {
      return "kit.field.unknown";
    }
    if (unreadable instanceof InvalidFormatException wrong
        && wrong.getTargetType() != null
        && wrong.getTargetType().isEnum()) {
      return "kit.field.one-of|" + constants(wrong.getTargetType());
    }
    if (unreadable instanceof InvalidFormatException wrong
        && wrong.getTargetType() != null
        && Temporal.class.isAssignableFrom(wrong.getTargetType())) {
      return "kit.field.time";
    }
    if (unreadable instanceof ValueInstantiationException) {
      return "kit.field.invalid";
    }
    if (unreadable instanceof MismatchedInputException wrong
        && wrong.getMessage() != null
        && (wrong.getMessage().startsWith("Missing required creator property")
            || wrong.getMessage().startsWith("Null value for creator property"))) {
      return "kit.field.missing";
    }
    return "kit.field.type";
  }

  /**
   * As they are written in JSON: our enumerations say so by their {@code toString}, or by Jackson's
   * annotation.
   */
  private static String constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .limit(LISTED)
        .map(ProblemReading::written)
        .collect(Collectors.joining(", "));
  }

  private static String written(Object constant) {
    try {
      var named =
          constant
              .getClass()
              .getField(((Enum<?>) constant).name())
              .getAnnotation(JsonProperty.class);
      return named == null ? constant.toString() : named.value();
    } catch (NoSuchFieldException e) {
      return constant.toString();
    }
  }

  /** Where in the body: {@code contact.email}, {@code items[2].id}. */
  private static String path(JacksonException unreadable) {
    var path = new StringBuilder();
    for (JacksonException.Reference step : unreadable.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static ProblemException ofStatus(ErrorResponse answer) {
    HttpStatus status = HttpStatus.resolve(answer.getStatusCode().value());
    var headers = new HttpHeaders();
    headers.putAll(answer.getHeaders());
    headers.remove(HttpHeaders.CONTENT_TYPE);
    ProblemException problem = coded(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status);
    for (String name : headers.headerNames()) {
      problem = problem.with(name, String.join(", ", headers.getValuesAsList(name)));
    }
    return answer instanceof Throwable cause && problem.status().is5xxServerError()
        ? problem.because(cause)
        : problem;
  }

  static ProblemException coded(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> ProblemException.notFound();
      case BAD_REQUEST -> ProblemException.of(status, "kit.problem.bad-request");
      case UNAUTHORIZED -> ProblemException.of(status, "kit.problem.unauthorized");
      case FORBIDDEN -> ProblemException.of(status, "kit.problem.forbidden");
      case METHOD_NOT_ALLOWED -> ProblemException.of(status, "kit.problem.method-not-allowed");
      case NOT_ACCEPTABLE -> ProblemException.of(status, "kit.problem.not-acceptable");
      case CONFLICT -> ProblemException.of(status, "kit.problem.conflict");
      case CONTENT_TOO_LARGE -> ProblemException.of(status, "kit.problem.content-too-large");
      case UNSUPPORTED_MEDIA_TYPE ->
          ProblemException.of(status, "kit.problem.unsupported-media-type");
      case TOO_MANY_REQUESTS -> ProblemException.of(status, "kit.problem.too-many-requests");
      case SERVICE_UNAVAILABLE -> ProblemException.unavailable(COME_AGAIN);
      case INTERNAL_SERVER_ERROR -> ProblemException.of(status, "kit.problem.internal");
      default -> new ProblemException(status, status.getReasonPhrase(), "kit.problem.other.detail");
    };
  }

  private static boolean isAway(Throwable error) {
    return inChain(error, TimeoutException.class) != null
        || inChain(error, StoreAwayException.class) != null
        || inChain(error, RetriableException.class) != null
        || inChain(error, MongoTimeoutException.class) != null
        || inChain(error, MongoSocketException.class) != null;
  }

  private static String text(MessageSourceResolvable wrong) {
    String message = wrong.getDefaultMessage();
    return message == null ? "kit.field.invalid" : message;
  }

  private static <E extends Throwable> @Nullable E inChain(Throwable error, Class<E> type) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < 12; depth++, at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }
}
