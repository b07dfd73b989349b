package barocall.kit.tracing;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot.Scope;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One trace for an inquiry, from the request that brought it to the last letter about it: the
 * header {@code traceparent} of HTTP requests and of records. What is kept to be sent later keeps
 * the trace that caused it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public final class Traces {
  /** The header, in HTTP and of records. */
  public static final String HEADER = "traceparent";

  /** What log lines name the inquiry by. */
  public static final String INQUIRY = "inquiryId";

  private static final String CAUSE = Traces.class.getName() + ".cause";

  private static final ContextSnapshotFactory SNAPSHOTS =
      ContextSnapshotFactory.builder().clearMissing(true).build();

  private final ObservationRegistry registry;

  Traces(ObservationRegistry registry) {
    this.registry = registry;
  }

  /** Traces that nobody follows. */
  public static Traces none() {
    return new Traces(ObservationRegistry.NOOP);
  }

  /** Lets log lines written in reactive work name the inquiry. */
  static void nameInquiriesInLogs() {
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor(
            INQUIRY, () -> MDC.get(INQUIRY), id -> MDC.put(INQUIRY, id), () -> MDC.remove(INQUIRY));
  }

  /** Reactive work on an inquiry: log lines name it. */
  public static Function<Context, Context> about(String inquiryId) {
    return context -> context.put(INQUIRY, inquiryId);
  }

  /**
   * Writes log lines that name the trace and the inquiry of the reactive work that they are part
   * of; always empty. Nothing else in reactive work finds them on its thread.
   */
  public static <T> Mono<T> logging(Runnable lines) {
    return Mono.deferContextual(
        work -> {
          try (Scope scope = SNAPSHOTS.setThreadLocalsFrom(work)) {
            assert scope != null;
            lines.run();
          }
          return Mono.empty();
        });
  }

  /** The {@code traceparent} of what is being done or of its cause; empty outside of any trace. */
  public static Mono<Optional<String>> current() {
    return Mono.deferContextual(
        context -> {
          String cause = context.getOrDefault(CAUSE, null);
          return Mono.just(
              Optional.ofNullable(cause == null ? traceparent(observation(context)) : cause));
        });
  }

  /** The {@code traceparent} of a record; null if it has none. */
  public static @Nullable String of(Headers headers) {
    return header(headers, HEADER);
  }

  /** Reactive work that an earlier trace caused; null is no cause. */
  public static Function<Context, Context> causedBy(@Nullable String traceparent) {
    return context -> traceparent == null ? context : context.put(CAUSE, traceparent);
  }

  /**
   * Reactive work that belongs to an earlier trace and shows nothing of the one that it is done in;
   * null is to none.
   */
  public static Function<Context, Context> only(@Nullable String traceparent) {
    return context ->
        causedBy(traceparent)
            .apply(context.delete(ObservationThreadLocalAccessor.KEY).delete(CAUSE));
  }

  /** Reactive work that is that observation, with what it observes inside of it. */
  public static Function<Context, Context> within(Observation observation) {
    return context -> context.put(ObservationThreadLocalAccessor.KEY, observation);
  }

  /** The reading of a record, in the trace that it names; null is none. */
  public Observation reading(String topic, @Nullable String traceparent) {
    return resumed("barocall.event.process", traceparent)
        .contextualName(topic + " process")
        .lowCardinalityKeyValue("topic", topic);
  }

  /**
   * The sending of a record, which gets the header: in the trace that caused it, else in that of
   * the work that it belongs to.
   */
  public Observation sending(String topic, Headers headers, ContextView work) {
    SenderContext<Headers> to =
        new SenderContext<>(
            (carrier, name, value) -> {
              if (goesOn(name)) {
                carrier.remove(name);
                carrier.add(name, value.getBytes(StandardCharsets.UTF_8));
              }
            },
            Kind.PRODUCER);
    to.setCarrier(headers);
    Observation sending =
        Observation.createNotStarted("barocall.event.send", () -> to, registry)
            .contextualName(topic + " send")
            .lowCardinalityKeyValue("topic", topic);
    Observation parent = parent(work);
    return parent == null ? sending : sending.parentObservation(parent);
  }

  /** A request to another program, which gets the header, within the work of this thread. */
  public Observation calling(String name, BiConsumer<String, String> header) {
    SenderContext<BiConsumer<String, String>> to =
        new SenderContext<>(
            (carrier, key, value) -> {
              if (goesOn(key)) {
                carrier.accept(key, value);
              }
            },
            Kind.CLIENT);
    to.setCarrier(header);
    return Observation.createNotStarted(name, () -> to, registry);
  }

  /** What a client wrote into {@code tracestate} or {@code baggage} is not for us to spread. */
  private static boolean goesOn(String header) {
    return header.equalsIgnoreCase(HEADER);
  }

  /** Work that an earlier trace caused, on this thread; null is no cause. */
  public Observation resumed(String name, @Nullable String traceparent) {
    ReceiverContext<Map<String, String>> from =
        new ReceiverContext<>((carrier, key) -> carrier.get(key), Kind.CONSUMER);
    from.setCarrier(traceparent == null ? Map.of() : Map.of(HEADER, traceparent));
    return Observation.createNotStarted(name, () -> from, registry);
  }

  private @Nullable Observation parent(ContextView work) {
    Observation present = observation(work);
    if (present == null) {
      present = registry.getCurrentObservation();
    }
    String cause = work.getOrDefault(CAUSE, null);
    if (cause == null || isOfTrace(present, cause)) {
      return present;
    }
    // It has no duration of its own: it only stands for the work that was done then.
    Observation then = resumed("barocall.event.resume", cause).start();
    then.stop();
    return then;
  }

  private static boolean isOfTrace(@Nullable Observation present, String cause) {
    String here = traceparent(present);
    return here != null && here.regionMatches(0, cause, 0, "00-".length() + 32);
  }

  private static @Nullable Observation observation(ContextView context) {
    return context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
  }

  private static @Nullable String traceparent(@Nullable ObservationView observation) {
    if (observation == null) {
      return null;
    }
    TracingContext tracing = observation.getContextView().get(TracingContext.class);
    Span span = tracing == null ? null : tracing.getSpan();
    if (span == null) {
      return null;
    }
    TraceContext context = span.context();
    return "00-"
        + context.traceId()
        + "-"
        + context.spanId()
        + (Boolean.TRUE.equals(context.sampled()) ? "-01" : "-00");
  }

  private static @Nullable String header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
