package barocall.notification.cases;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Decisions that are stored and that no topic tells yet, as they go from one store to another. */
public final class LeftUnsent {
  private LeftUnsent() {}

  /** Completes when the other store has them too, to be sent from there. */
  public static Mono<Void> takeOver(MongoDatabase from, MongoDatabase to) {
    Cases there = new MongoCases(from);
    Cases here = new MongoCases(to);
    return Flux.from(from.getCollection(Decisions.UNSENT).find())
        .concatMap(
            marker -> {
              String inquiryId = marker.getString("inquiryId");
              return Mono.from(to.getCollection(Decisions.UNSENT).insertOne(new Document(marker)))
                  .then(there.file(inquiryId))
                  .flatMap(
                      file -> here.change(inquiryId, known -> known.withUnsent(file.waiting())));
            })
        .then();
  }
}
