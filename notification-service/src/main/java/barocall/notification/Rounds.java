package barocall.notification;

import barocall.kit.store.Awaiting;
import barocall.notification.cases.Decisions;
import barocall.notification.reminders.Reminding;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What is looked after at the start and every few seconds. */
@Component
class Rounds {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final Decisions decisions;
  private final Reminding reminding;
  private final AtomicBoolean waiting = new AtomicBoolean();

  Rounds(Decisions decisions, Reminding reminding) {
    this.decisions = decisions;
    this.reminding = reminding;
  }

  @Scheduled(fixedDelayString = "${barocall.decisions.poll:5s}")
  void sendDecisions() {
    run(decisions.sendUnsent());
  }

  @Scheduled(fixedDelayString = "${barocall.reminders.poll:10s}")
  void remind() {
    run(reminding.remind());
  }

  /** What fails is tried again with the next round; it is said once until it works again. */
  private void run(Mono<Long> round) {
    try {
      Awaiting.result(round);
      if (waiting.getAndSet(false)) {
        LOG.info("Decisions and reminders go out again.");
      }
    } catch (RuntimeException away) {
      if (!waiting.getAndSet(true)) {
        LOG.warn("Decisions and reminders wait: {}", away.getClass().getSimpleName());
      }
    }
  }
}
