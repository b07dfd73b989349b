package barocall.intake.receipts;

import barocall.contract.Event;
import barocall.kit.events.Delivered;
import barocall.kit.store.Awaiting;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every event about an inquiry becomes a fact of its receipt. */
@Configuration(proxyBeanMethods = false)
class ReceiptBinding {
  @Bean
  Consumer<Delivered> noteReceipts(Receipts receipts) {
    return Delivered.to(
        event -> {
          if (event instanceof Event.InquiryEvent about) {
            Awaiting.result(receipts.note(about));
          }
        });
  }
}
