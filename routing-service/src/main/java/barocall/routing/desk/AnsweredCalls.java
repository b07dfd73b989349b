package barocall.routing.desk;

import barocall.contract.Event.CallAnswered;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.InquiryEvent;
import barocall.routing.cases.Case;
import barocall.routing.cases.DeskItem;
import barocall.routing.cases.Watching;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Calls as they ring at an agent or are answered, for the desks that are open at this instance: a
 * desk need not wait for its next look at the list. Where the call is handled by another instance,
 * or a desk is just coming back, the list tells it within a second.
 */
final class AnsweredCalls implements Watching {
  private static final Logger LOG = LoggerFactory.getLogger(AnsweredCalls.class);
  private static final Duration OTHERS_AT_IT = Duration.ofMillis(100);

  private final Sinks.Many<Call> calls = Sinks.many().multicast().directBestEffort();

  /**
   * A call of an agent; nothing of the citizen's.
   *
   * @param call {@code ringing} or {@code talking}
   */
  record Call(String city, String inquiryId, String agent, String call) {}

  @Override
  public void handled(InquiryEvent fact, Case known) {
    if (fact instanceof CallAnswered || fact instanceof CallReceived) {
      DeskItem.of(known).ifPresent(this::tell);
    }
  }

  private void tell(DeskItem item) {
    String agent = item.agent();
    String call = item.call();
    if (agent != null && call != null && (call.equals("ringing") || call.equals("talking"))) {
      try {
        calls.emitNext(
            new Call(item.city(), item.inquiryId(), agent, call),
            Sinks.EmitFailureHandler.busyLooping(OTHERS_AT_IT));
      } catch (Sinks.EmissionException tooMuchAtOnce) {
        LOG.debug("A call is told to its desk by the list alone");
      }
    }
  }

  /** From now on; who is slow misses some. */
  Flux<Call> of(String city) {
    return calls.asFlux().filter(it -> it.city().equals(city)).onBackpressureDrop();
  }
}
