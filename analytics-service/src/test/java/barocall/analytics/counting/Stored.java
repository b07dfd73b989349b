package barocall.analytics.counting;

import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import reactor.core.publisher.Flux;

/** What lies in the collections of a counting store. */
final class Stored {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Set<String> NO_COUNTS = Set.of("_id", "o");

  private Stored() {}

  /** What was added up, by rollup and path. */
  static Map<String, Map<String, Long>> amounts(MongoDatabase database) {
    Map<String, Map<String, Long>> amounts = new HashMap<>();
    for (Document rollup : all(database, "rollups")) {
      Map<String, Long> paths = new HashMap<>();
      rollup.forEach(
          (name, value) -> {
            if (!NO_COUNTS.contains(name)) {
              collect(name, (Document) value, paths);
            }
          });
      amounts.put(rollup.getString("_id"), paths);
    }
    return amounts;
  }

  private static void collect(String path, Document part, Map<String, Long> into) {
    part.forEach(
        (name, value) -> {
          String below = path + "." + name;
          if (value instanceof Document document) {
            collect(below, document, into);
          } else {
            into.put(below, ((Number) value).longValue());
          }
        });
  }

  /** The ids of what stands as open. */
  static List<String> open(MongoDatabase database) {
    return all(database, "open").stream().map(document -> document.getString("_id")).toList();
  }

  /** How many records all positions have passed. */
  static long passed(MongoDatabase database) {
    return all(database, "positions").stream()
        .mapToLong(position -> ((Number) position.get("next")).longValue())
        .sum();
  }

  private static List<Document> all(MongoDatabase database, String collection) {
    List<Document> documents =
        Flux.from(database.getCollection(collection).find()).collectList().block(SOON);
    return documents == null ? List.of() : documents;
  }
}
