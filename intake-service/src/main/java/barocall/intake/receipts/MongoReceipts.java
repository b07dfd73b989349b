package barocall.intake.receipts;

import static com.mongodb.client.model.Filters.eq;

import barocall.contract.Event;
import barocall.kit.store.SharedTrips;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/**
 * Receipts in MongoDB: a document for each number with {@code inquiries.<inquiryId>.<fact>}. Names
 * are percent-encoded where MongoDB gives a character a meaning.
 */
final class MongoReceipts implements Receipts {
  private static final String INQUIRIES = "inquiries";

  private final MongoCollection<Document> receipts;
  private final SharedTrips trips;

  MongoReceipts(MongoDatabase database) {
    this.receipts = database.getCollection("receipts");
    this.trips = new SharedTrips(receipts);
  }

  @Override
  public Mono<Void> note(Event.InquiryEvent event) {
    String number = event.inquiry().receiptNumber();
    if (number == null) {
      return Mono.empty();
    }
    String path = INQUIRIES + "." + encoded(event.about()) + "." + encoded(Fact.name(event));
    // Flat, for not every store finds an id within $and without looking at all documents. What was
    // written again without words takes the place of what is known; nothing takes its.
    Bson unknown =
        Event.isErased(event)
            ? new Document("_id", number)
            : new Document("_id", number).append(path, new Document("$exists", false));
    Bson tell = Updates.set(path, Fact.written(event));
    return trips
        .write(new UpdateOneModel<>(unknown, tell, new UpdateOptions().upsert(true)))
        // The number is there already, with this fact or without it.
        .filter(told -> !told)
        .flatMap(there -> trips.write(new UpdateOneModel<>(unknown, tell)))
        .then();
  }

  @Override
  public Mono<Map<String, List<Event.InquiryEvent>>> find(String receiptNumber) {
    return Mono.from(receipts.find(eq("_id", receiptNumber)).first())
        .map(MongoReceipts::read)
        .defaultIfEmpty(Map.of());
  }

  private static Map<String, List<Event.InquiryEvent>> read(Document stored) {
    Map<String, List<Event.InquiryEvent>> read = new LinkedHashMap<>();
    for (var inquiry : stored.get(INQUIRIES, new Document()).entrySet()) {
      List<Event.InquiryEvent> facts = new ArrayList<>();
      for (var fact : ((Document) inquiry.getValue()).entrySet()) {
        facts.add(Fact.read(decoded(fact.getKey()), (String) fact.getValue()));
      }
      read.put(decoded(inquiry.getKey()), facts);
    }
    return read;
  }

  private static String encoded(String name) {
    return name.replace("%", "%25").replace(".", "%2E").replace("$", "%24");
  }

  private static String decoded(String name) {
    return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
