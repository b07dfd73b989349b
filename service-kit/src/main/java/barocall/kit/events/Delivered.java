package barocall.kit.events;

import barocall.contract.Event;
import barocall.contract.UnreadableEventException;
import barocall.kit.tracing.Traces;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A record as it came: its event, or why it is none, and its bytes, so that a dead letter is the
 * very record.
 *
 * @param original the record's value
 * @param trace its {@code traceparent}; null if it has none
 */
public record Delivered(
    @Nullable Event event,
    @Nullable String unreadable,
    byte @Nullable [] original,
    @Nullable String trace) {
  /**
   * The event.
   *
   * @throws UnreadableEventException when the record is none of ours
   */
  public Event read() {
    if (event == null) {
      throw new UnreadableEventException(
          unreadable == null ? "the record has no event" : unreadable);
    }
    return event;
  }

  /**
   * A binding: {@code @Bean Consumer<List<Delivered>> decide(...) { return Delivered.to(cases::on,
   * traces); }}. Handlers of different inquiries run at the same time; none may block.
   *
   * @param handler completes when all that the event calls for is done
   */
  public static Consumer<List<Delivered>> to(Function<Event, Mono<Void>> handler, Traces traces) {
    return new Together(traces, handler);
  }

  /** Never the words: frameworks write their messages into logs. */
  @Override
  public String toString() {
    return "Delivered[" + (event == null ? unreadable : event.id()) + "]";
  }
}
