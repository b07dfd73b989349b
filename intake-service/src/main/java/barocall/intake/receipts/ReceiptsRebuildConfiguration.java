package barocall.intake.receipts;

import barocall.contract.Event.InquiryEvent;
import barocall.contract.Topic;
import barocall.kit.rebuild.Batch;
import barocall.kit.rebuild.Folding;
import barocall.kit.rebuild.Projection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/** What a rebuild of the receipts is made of. Only a process that rebuilds takes it in. */
public class ReceiptsRebuildConfiguration {
  @Bean
  Projection receiptsFromTopics(MongoDatabase database) {
    Receipts receipts = new MongoReceipts(database);
    return new Projection() {
      @Override
      public Set<Topic> topics() {
        return Fact.TOPICS;
      }

      @Override
      public void fold(Batch batch) {
        Folding.each(
            batch,
            records ->
                Flux.fromIterable(records)
                    .concatMap(record -> receipts.note((InquiryEvent) record.event()))
                    .then());
      }
    };
  }
}
