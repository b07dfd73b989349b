package barocall.intake.receipts;

import barocall.contract.Event;
import barocall.kit.events.Delivered;
import barocall.kit.tracing.Traces;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Every event about an inquiry becomes a fact of its receipt. */
@Configuration(proxyBeanMethods = false)
class ReceiptBinding {
  @Bean
  Consumer<List<Delivered>> noteReceipts(Receipts receipts, Traces traces) {
    return Delivered.to(
        event -> event instanceof Event.InquiryEvent about ? receipts.note(about) : Mono.empty(),
        traces);
  }
}
