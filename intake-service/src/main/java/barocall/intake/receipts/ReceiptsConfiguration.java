package barocall.intake.receipts;

import com.github.benmanes.caffeine.cache.Ticker;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where receipts are kept. */
@Configuration(proxyBeanMethods = false)
class ReceiptsConfiguration {
  @Bean
  Receipts receipts(MongoDatabase database) {
    return new MongoReceipts(database);
  }

  @Bean
  KnownReceipts knownReceipts(Receipts receipts, Ticker ticker) {
    return new KnownReceipts(receipts, new RecentFacts(ticker));
  }
}
