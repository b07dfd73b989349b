package barocall.kit.events;

import barocall.contract.Event;
import barocall.contract.UnreadableEventException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came: its event, or why it is none, and its bytes, so that a dead letter is the
 * very record.
 *
 * @param original the record's value
 */
public record Delivered(
    @Nullable Event event, @Nullable String unreadable, byte @Nullable [] original) {
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
   * A binding: {@code @Bean Consumer<Delivered> decide(...) { return Delivered.to(cases::on); }}.
   */
  public static Consumer<Delivered> to(Consumer<Event> handler) {
    return delivered -> handler.accept(delivered.read());
  }

  /** Never the words: frameworks write their messages into logs. */
  @Override
  public String toString() {
    return "Delivered[" + (event == null ? unreadable : event.id()) + "]";
  }
}
