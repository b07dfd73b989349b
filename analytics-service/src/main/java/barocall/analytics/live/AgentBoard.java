package barocall.analytics.live;

import barocall.analytics.counting.Watcher;
import barocall.contract.Event;
import barocall.contract.Event.AgentStateChanged;
import barocall.kit.store.Awaiting;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The state of each agent's telephone: the latest by its own time, whatever order the events came
 * in.
 */
@Component
class AgentBoard implements Watcher {
  private final MongoCollection<Document> agents;

  AgentBoard(MongoDatabase database) {
    agents = database.getCollection("agents");
  }

  /** An agent's state and since when. */
  record AgentNow(String agent, String state, Instant since) {}

  @Override
  public void seen(List<Event> events) {
    Map<String, AgentStateChanged> latest = new HashMap<>();
    for (Event event : events) {
      if (event instanceof AgentStateChanged changed) {
        latest.merge(
            changed.about(), changed, (one, other) -> one.at().isAfter(other.at()) ? one : other);
      }
    }
    latest.values().forEach(this::note);
  }

  private void note(AgentStateChanged changed) {
    Document id = new Document("_id", changed.about());
    while (true) {
      Document stored = Awaiting.result(Mono.from(agents.find(id)));
      Document now =
          new Document(id)
              .append("state", changed.state().wireName())
              .append("at", Date.from(changed.at()));
      if (stored == null) {
        try {
          Awaiting.result(Mono.from(agents.insertOne(now)));
          return;
        } catch (MongoWriteException e) {
          if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
            throw e;
          }
        }
      } else if (!stored.getDate("at").toInstant().isBefore(changed.at())) {
        return;
      } else {
        UpdateResult replaced =
            Awaiting.result(
                Mono.from(
                    agents.replaceOne(new Document(id).append("at", stored.getDate("at")), now)));
        if (replaced != null && replaced.getMatchedCount() == 1) {
          return;
        }
      }
    }
  }

  Mono<List<AgentNow>> of(String city) {
    return Flux.from(
            agents.find(
                new Document("_id", new Document("$gte", city + "/").append("$lt", city + "0"))))
        .map(
            document ->
                new AgentNow(
                    document.getString("_id").substring(city.length() + 1),
                    document.getString("state"),
                    document.getDate("at").toInstant()))
        .collectList();
  }
}
