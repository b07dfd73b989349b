package barocall.testkit;

import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import reactor.core.publisher.Flux;

/** What is in a database, to compare it with what is in another. */
public final class StoreContent {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private StoreContent() {}

  /** All documents, by collection and id; collections without documents are left out. */
  public static Map<String, Map<String, Document>> of(String uri, String database) {
    Map<String, Map<String, Document>> content = new TreeMap<>();
    try (var client = MongoClients.create(uri)) {
      var from = client.getDatabase(database);
      for (String collection : all(Flux.from(from.listCollectionNames()))) {
        Map<String, Document> documents = new TreeMap<>();
        for (Document document : all(Flux.from(from.getCollection(collection).find()))) {
          documents.put(String.valueOf(document.get("_id")), document);
        }
        if (!documents.isEmpty()) {
          content.put(collection, documents);
        }
      }
    }
    return content;
  }

  private static <T> List<T> all(Flux<T> found) {
    List<T> all = found.collectList().block(PATIENCE);
    return all == null ? new ArrayList<>() : all;
  }
}
