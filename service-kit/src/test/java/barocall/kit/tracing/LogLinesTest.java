package barocall.kit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Log lines of reactive work name the inquiry, on whatever thread they are written. */
class LogLinesTest {
  @Test
  void nameTheInquiryAndLeaveNothingBehind() {
    Traces.nameInquiriesInLogs();
    List<Optional<String>> named = new ArrayList<>();

    Mono.delay(java.time.Duration.ofMillis(1), Schedulers.single())
        .flatMap(
            later ->
                Traces.<Long>logging(() -> named.add(Optional.ofNullable(MDC.get(Traces.INQUIRY)))))
        .then(
            Mono.<Void>fromRunnable(() -> named.add(Optional.ofNullable(MDC.get(Traces.INQUIRY)))))
        .contextWrite(Traces.about("gyeongju-1"))
        .block();

    assertThat(named).containsExactly(Optional.of("gyeongju-1"), Optional.empty());
  }
}
