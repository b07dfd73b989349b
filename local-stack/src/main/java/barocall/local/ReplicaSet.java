package barocall.local;

import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.util.List;
import org.bson.Document;
import reactor.core.publisher.Mono;

/**
 * A mongod that is the only member of its replica set. Made at its first start, and told its new
 * address when it starts on another port.
 */
final class ReplicaSet implements Health {
  static final String NAME = "barocall";

  private final String host;
  private final MongoClient direct;
  private final Health writable;

  ReplicaSet(int port) {
    this.host = "127.0.0.1:" + port;
    String uri = "mongodb://" + host + "/?directConnection=true&serverSelectionTimeoutMS=2000";
    this.direct = MongoClients.create(uri);
    this.writable = Health.mongo(uri);
  }

  String uri() {
    return "mongodb://" + host + "/?replicaSet=" + NAME;
  }

  @Override
  public boolean isGood() throws InterruptedException {
    try {
      Document status = command(new Document("isMaster", 1));
      if (status.getString("setName") == null) {
        configure(status);
      }
    } catch (MongoException | IllegalStateException e) {
      return false;
    }
    return writable.isGood();
  }

  private void configure(Document status) {
    if (Boolean.TRUE.equals(status.getBoolean("isreplicaset"))) {
      try {
        command(new Document("replSetInitiate", members(1)));
      } catch (MongoException e) {
        if (e.getCode() != 23) {
          throw e;
        }
        reconfigure();
      }
    }
  }

  private void reconfigure() {
    Document known = command(new Document("replSetGetConfig", 1)).get("config", Document.class);
    int next = known.getInteger("version") + 1;
    Document moved =
        new Document(known).append("version", next).append("members", members(next).get("members"));
    command(new Document("replSetReconfig", moved).append("force", true));
  }

  private Document members(int version) {
    return new Document("_id", NAME)
        .append("version", version)
        .append("members", List.of(new Document("_id", 0).append("host", host)));
  }

  private Document command(Document command) {
    Document answer = Mono.from(direct.getDatabase("admin").runCommand(command)).block(PATIENCE);
    if (answer == null) {
      throw new IllegalStateException("mongod gave no answer");
    }
    return answer;
  }
}
