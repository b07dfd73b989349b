package barocall.intake.receipts;

import barocall.access.Vault;
import barocall.intake.inquiries.Accepting;
import barocall.kit.events.Spool;
import com.github.benmanes.caffeine.cache.Ticker;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where receipts are kept, and who shows them. */
@Configuration(proxyBeanMethods = false)
class ReceiptsConfiguration {
  @Bean
  Receipts receipts(MongoDatabase database) {
    return new MongoReceipts(database);
  }

  @Bean
  KnownReceipts knownReceipts(Receipts receipts, Ticker ticker, Spool spool) {
    return new KnownReceipts(receipts, new RecentFacts(ticker, spool::isWaiting));
  }

  @Bean
  ReceiptDesk receiptDesk(
      KnownReceipts receipts, Vault vault, Accepting accepting, Clock clock, Ticker ticker) {
    return new ReceiptDesk(receipts, vault, new GuessLimit(ticker), accepting, clock);
  }
}
