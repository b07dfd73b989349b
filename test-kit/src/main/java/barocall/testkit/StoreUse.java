package barocall.testkit;

import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the services under test ask of the store: the concerns of each command as the driver sent
 * it, and on a real MongoDB the plan of each query as the server's profiler noted it.
 */
public final class StoreUse {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PROFILE_BYTES = 128L << 20;

  /** So few documents too many are no matter. */
  private static final long READ_BY_THE_WAY = 20;

  private static final Set<String> READS = Set.of("find", "aggregate", "count", "distinct");
  private static final Set<String> WRITES =
      Set.of(
          "insert",
          "update",
          "delete",
          "findAndModify",
          "createIndexes",
          "bulkWrite",
          "drop",
          "dropDatabase");

  /** Neither reads nor writes what is kept, or goes on with what a find began. */
  private static final Set<String> OTHERS =
      Set.of(
          "getMore",
          "killCursors",
          "ping",
          "hello",
          "isMaster",
          "endSessions",
          "buildInfo",
          "listCollections");

  private static final BsonDocument MAJORITY_IN_JOURNAL =
      BsonDocument.parse("{w: 'majority', j: true}");
  private static final BsonDocument MAJORITY = BsonDocument.parse("{level: 'majority'}");

  private static final Map<String, Long> COMMANDS = new ConcurrentHashMap<>();
  private static final Map<String, Long> FINDS = new ConcurrentHashMap<>();
  private static final Set<String> WRONG_CONCERNS = ConcurrentHashMap.newKeySet();
  private static final Set<String> PROFILED = new CopyOnWriteArraySet<>();

  private StoreUse() {}

  /** To be a bean of every service under test. */
  public static CommandListener listener() {
    return new CommandListener() {
      @Override
      public void commandStarted(CommandStartedEvent event) {
        noted(event.getCommandName(), event.getCommand());
      }
    };
  }

  /**
   * What the names of a service's databases begin with, so that nobody else writes there; a real
   * MongoDB notes from now on how it finds what that service asks for.
   *
   * @param service without {@code -service}
   */
  public static String prefix(String service) {
    String prefix = Backends.unique("stack") + "_";
    Backends.realStore().ifPresent(uri -> profile(uri, prefix + service));
    return prefix;
  }

  private static void noted(String name, BsonDocument command) {
    COMMANDS.merge(name, 1L, Long::sum);
    if (name.equals("find") && command.get(name).isString()) {
      FINDS.merge(command.getString(name).getValue(), 1L, Long::sum);
    }
    String wrong = null;
    if (READS.contains(name)) {
      if (!MAJORITY.equals(command.get("readConcern"))) {
        wrong = "read concern " + command.get("readConcern");
      } else if (!isPrimary(command.get("$readPreference"))) {
        wrong = "read preference " + command.get("$readPreference");
      }
    } else if (WRITES.contains(name)) {
      if (!MAJORITY_IN_JOURNAL.equals(command.get("writeConcern"))) {
        wrong = "write concern " + command.get("writeConcern");
      }
    } else if (!OTHERS.contains(name)) {
      wrong = "a command that nobody has thought about";
    }
    if (wrong != null) {
      BsonValue of = command.get(name);
      WRONG_CONCERNS.add(
          name + " of " + (of.isString() ? of.asString().getValue() : of) + " with " + wrong);
    }
  }

  /** On a server that is addressed alone, the driver says that it would take what there is. */
  private static boolean isPrimary(BsonValue preference) {
    return preference == null
        || Set.of(new BsonString("primary"), new BsonString("primaryPreferred"))
            .contains(preference.asDocument().get("mode"));
  }

  private static void profile(String uri, String name) {
    try (MongoClient client = MongoClients.create(uri)) {
      MongoDatabase database = client.getDatabase(name);
      Mono.from(
              database.createCollection(
                  "system.profile",
                  new CreateCollectionOptions().capped(true).sizeInBytes(PROFILE_BYTES)))
          .then(
              Mono.from(database.runCommand(new Document("profile", 2).append("sampleRate", 1.0))))
          .block(PATIENCE);
      PROFILED.add(name);
    }
  }

  /** How often that collection was asked for something. */
  public static long finds(String collection) {
    return FINDS.getOrDefault(collection, 0L);
  }

  /** How often each command was sent. */
  static Map<String, Long> commands() {
    return Map.copyOf(COMMANDS);
  }

  static Set<String> wrongConcerns() {
    return Set.copyOf(WRONG_CONCERNS);
  }

  static boolean isProfiled() {
    return !PROFILED.isEmpty();
  }

  /**
   * Queries that read a whole collection.
   *
   * @param readWhole small collections that may be read as a whole, but never searched so
   */
  static List<String> scans(Set<String> readWhole) {
    return PROFILED.stream().flatMap(name -> scans(name, readWhole).stream()).distinct().toList();
  }

  private static List<String> scans(String name, Set<String> readWhole) {
    try (MongoClient client = MongoClients.create(Backends.realStore().orElseThrow())) {
      return Flux.from(
              client
                  .getDatabase(name)
                  .getCollection("system.profile")
                  .find(new Document("planSummary", new Document("$regex", "COLLSCAN"))))
          .filter(entry -> !isAllowed(entry, readWhole))
          .map(StoreUse::told)
          .collectList()
          .block(PATIENCE);
    }
  }

  /** Queries that an index led to far more documents than they were for. */
  static List<String> detours() {
    return PROFILED.stream().flatMap(name -> detours(name).stream()).distinct().toList();
  }

  private static List<String> detours(String name) {
    try (MongoClient client = MongoClients.create(Backends.realStore().orElseThrow())) {
      return Flux.from(
              client
                  .getDatabase(name)
                  .getCollection("system.profile")
                  .find(new Document("docsExamined", new Document("$gt", READ_BY_THE_WAY))))
          .filter(entry -> !collection(entry).startsWith("system."))
          .filter(entry -> number(entry, "docsExamined") > READ_BY_THE_WAY + 2 * wanted(entry))
          .map(
              entry ->
                  "%s, which read %d documents for %d"
                      .formatted(told(entry), number(entry, "docsExamined"), wanted(entry)))
          .collectList()
          .block(PATIENCE);
    }
  }

  private static long wanted(Document entry) {
    return number(entry, "nreturned") + number(entry, "nMatched") + number(entry, "ndeleted");
  }

  private static long number(Document entry, String name) {
    return entry.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static boolean isAllowed(Document entry, Set<String> readWhole) {
    String collection = collection(entry);
    return collection.startsWith("system.")
        || filter(entry).isEmpty() && (readWhole.contains(collection) || isFirstAlone(entry));
  }

  /** Whoever asks whether a collection has anything at all reads one document of it. */
  private static boolean isFirstAlone(Document entry) {
    return number(entry.get("command", new Document()), "limit") == 1;
  }

  private static String told(Document entry) {
    return "%s of %s by %s"
        .formatted(entry.getString("op"), collection(entry), filter(entry).keySet());
  }

  private static String collection(Document entry) {
    String namespace = entry.getString("ns");
    return namespace.substring(namespace.indexOf('.') + 1);
  }

  private static Document filter(Document entry) {
    Document command = entry.get("command", new Document());
    for (String place : List.of("filter", "q", "query")) {
      if (command.get(place) instanceof Document filter) {
        return filter;
      }
    }
    return command.get("pipeline") == null
        ? new Document()
        : new Document("pipeline", command.get("pipeline"));
  }
}
