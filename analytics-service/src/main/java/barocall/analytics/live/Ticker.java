package barocall.analytics.live;

import static com.mongodb.client.model.Filters.eq;

import barocall.analytics.counting.Watcher;
import barocall.contract.Event;
import barocall.kit.store.Awaiting;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The last events of each city. Every instance keeps those that it counted in a document of its
 * own, so that none waits for another; a reader puts them together.
 */
@Component
class Ticker implements Watcher {
  private static final int KEPT = 20;
  private static final Comparator<Happening> NEWEST_FIRST =
      Comparator.comparing(Happening::at).reversed().thenComparing(Happening::id);

  private final MongoCollection<Document> recent;
  private final int instance;
  private final Map<String, List<Happening>> byCity = new HashMap<>();

  Ticker(MongoDatabase database, @Value("${barocall.instance:0}") int instance) {
    this.recent = database.getCollection("recent");
    this.instance = instance;
  }

  @Override
  public void seen(List<Event> events) {
    Map<String, List<Happening>> fresh = new HashMap<>();
    for (Event event : events) {
      Happening.of(event)
          .ifPresent(
              it -> fresh.computeIfAbsent(event.cityId(), city -> new ArrayList<>()).add(it));
    }
    fresh.forEach(
        (city, happenings) -> {
          Document document = kept(city, happenings);
          Awaiting.result(
              Mono.from(
                  recent.replaceOne(
                      eq("_id", city + "/" + instance),
                      document,
                      new ReplaceOptions().upsert(true))));
        });
  }

  private synchronized Document kept(String city, List<Happening> happenings) {
    Map<String, Happening> byId = new LinkedHashMap<>();
    byCity.getOrDefault(city, List.of()).forEach(it -> byId.put(it.id(), it));
    happenings.forEach(it -> byId.put(it.id(), it));
    List<Happening> kept = byId.values().stream().sorted(NEWEST_FIRST).limit(KEPT).toList();
    byCity.put(city, kept);
    return new Document("_id", city + "/" + instance)
        .append("events", kept.stream().map(Ticker::document).toList());
  }

  /** The newest first. */
  Mono<List<Happening>> of(String city) {
    return Flux.from(
            recent.find(
                new Document("_id", new Document("$gte", city + "/").append("$lt", city + "0"))))
        .flatMapIterable(document -> document.getList("events", Document.class))
        .map(Ticker::happening)
        .collectList()
        .map(all -> all.stream().sorted(NEWEST_FIRST).limit(KEPT).toList());
  }

  private static Document document(Happening happening) {
    return new Document("id", happening.id())
        .append("at", Date.from(happening.at()))
        .append("what", happening.what())
        .append("channel", happening.channel())
        .append("category", happening.category())
        .append("department", happening.department())
        .append("agent", happening.agent())
        .append("word", happening.word());
  }

  private static Happening happening(Document document) {
    return new Happening(
        document.getString("id"),
        document.getDate("at").toInstant(),
        document.getString("what"),
        document.getString("channel"),
        document.getString("category"),
        document.getString("department"),
        document.getString("agent"),
        document.getString("word"));
  }
}
