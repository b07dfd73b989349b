package barocall.local;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EmbeddedStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 40_000;

  @TempDir Path directory;
  private EmbeddedStore store;
  private MongoClient client;
  private MongoCollection<Document> things;

  @BeforeEach
  void start() {
    store = EmbeddedStore.start(directory, 0);
    client = MongoClients.create(store.uri());
    things = client.getDatabase("test").getCollection("things");
  }

  @AfterEach
  void stop() {
    client.close();
    store.close();
  }

  @Test
  void idIsLookedUpAndTheRestTested() {
    insert(doc("a", 1), doc("b", 2));

    assertThat(find(new Document("_id", "a").append("n", 1))).containsExactly(doc("a", 1));
    assertThat(find(new Document("_id", "a").append("n", 2))).isEmpty();
    assertThat(find(and(in("_id", List.of("b", "a", "x")), eq("n", 2))))
        .containsExactly(doc("b", 2));
    assertThat(find(new Document("_id", new Document("$in", List.of("b", "a", "x", "a")))))
        .containsExactly(doc("a", 1), doc("b", 2));
  }

  @Test
  void idsThatAreNoStringsAreFoundToo() {
    insert(
        new Document("_id", 1).append("n", 1), new Document("_id", 2L).append("n", 2), doc("a", 3));

    assertThat(find(new Document("_id", 2).append("n", 2))).hasSize(1);
    assertThat(find(gte("_id", 2))).hasSize(1);
    assertThat(find(new Document("_id", new Document("$in", List.of(1, "a"))))).hasSize(2);
    assertThat(find(new Document())).hasSize(3);
    assertThat(Flux.from(things.find().sort(Sorts.ascending("_id"))).collectList().block())
        .extracting(each -> each.get("_id"))
        .containsExactly(1, 2L, "a");
  }

  @Test
  void rangeOfIdsComesInOrder() {
    insert(doc("c", 3), doc("a", 1), doc("d", 4), doc("b", 2), new Document("_id", 7));

    Bson range = new Document("_id", new Document("$gte", "b").append("$lt", "d"));
    assertThat(find(range)).containsExactly(doc("b", 2), doc("c", 3));
    assertThat(find(new Document("_id", new Document("$gt", "b"))))
        .containsExactly(doc("c", 3), doc("d", 4));
    assertThat(find(new Document("_id", new Document("$lte", "b").append("$ne", "a"))))
        .containsExactly(doc("b", 2));
    assertThat(find(new Document("_id", new Document("$gt", "x")))).isEmpty();
    assertThat(
            Flux.from(things.find(gte("_id", "a")).sort(Sorts.descending("_id")).limit(2))
                .collectList()
                .block())
        .containsExactly(doc("d", 4), doc("c", 3));
    assertThat(
            Flux.from(things.find(and(gte("_id", "b"), lt("_id", "d"))).sort(Sorts.descending("n")))
                .collectList()
                .block())
        .containsExactly(doc("c", 3), doc("b", 2));
  }

  @Test
  void everythingComesInOrderOfIds() {
    insert(doc("c", 3), doc("a", 1), doc("b", 2));

    assertThat(
            Flux.from(things.find().sort(Sorts.descending("_id")).limit(2)).collectList().block())
        .containsExactly(doc("c", 3), doc("b", 2));
  }

  @Test
  void unorderedBulkGoesOnAfterADuplicateKey() {
    insert(doc("b", 2));
    List<WriteModel<Document>> writes =
        List.of(
            new InsertOneModel<>(doc("a", 1)),
            new InsertOneModel<>(doc("b", 9)),
            new InsertOneModel<>(doc("c", 3)));

    assertThatThrownBy(() -> done(things.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
        .isInstanceOfSatisfying(
            MongoBulkWriteException.class,
            e ->
                assertThat(e.getWriteErrors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.getCode()).isEqualTo(11000))
                    .satisfies(error -> assertThat(error.getIndex()).isEqualTo(1)));
    assertThat(find(new Document())).containsExactly(doc("a", 1), doc("b", 2), doc("c", 3));
  }

  @Test
  void readersNeverSeeAnUpdateHalfDone() {
    insert(new Document("_id", "a").append("left", 0).append("right", 0));
    var torn = new AtomicInteger();

    Mono<?> updates =
        Flux.range(1, 2_000)
            .concatMap(
                n ->
                    things.updateOne(
                        eq("_id", "a"),
                        Updates.combine(Updates.inc("left", 1), Updates.inc("right", 1))))
            .then();
    Mono<?> reads =
        Flux.range(1, 2_000)
            .flatMap(n -> things.find(eq("_id", "a")), 8)
            .doOnNext(
                seen -> {
                  if (!seen.get("left").equals(seen.get("right"))) {
                    torn.incrementAndGet();
                  }
                })
            .then();
    Mono.when(updates, reads).block(PATIENCE);

    assertThat(torn).hasValue(0);
    assertThat(find(eq("left", 2_000))).hasSize(1);
  }

  @Test
  void onlyOneOfManyWinsAVersion() {
    insert(new Document("_id", "a").append("version", 0));

    Long won =
        Flux.range(1, 50)
            .flatMap(
                n ->
                    things.updateOne(
                        new Document("_id", "a").append("version", 0),
                        Updates.combine(Updates.set("version", 1), Updates.set("by", n))),
                16)
            .map(result -> result.getModifiedCount())
            .reduce(Long::sum)
            .block(PATIENCE);

    assertThat(won).isEqualTo(1);
  }

  /** Updates of many are the library's own, of one by id are ours. */
  @Test
  void oneDocumentIsUpdatedAsTheLibraryUpdatesMany() {
    Random random = new Random(11);
    List<String> names = List.of("a", "b", "a.x", "a.y", "a.x.p", "b.0", "b.x", "c.x.y");
    for (int round = 0; round < 400; round++) {
      Document start = new Document("group", round);
      for (String name : List.of("a", "b", "c")) {
        switch (random.nextInt(6)) {
          case 0 -> start.append(name, random.nextInt(3));
          case 1 -> start.append(name, new Document("x", random.nextInt(3)).append("y", 1L));
          case 2 -> start.append(name, List.of(1, 2));
          case 3 -> start.append(name, null);
          default -> {}
        }
      }
      String one = "one-" + round;
      String many = "many-" + round;
      insert(new Document(start).append("_id", one), new Document(start).append("_id", many));
      Document update = new Document();
      for (String operator : List.of("$set", "$inc")) {
        Document fields = new Document();
        for (int n = random.nextInt(3); n > 0; n--) {
          fields.append(names.get(random.nextInt(names.size())), random.nextInt(2));
        }
        if (!fields.isEmpty()) {
          update.append(operator, fields);
        }
      }
      if (!update.isEmpty()) {
        String ours = outcome(things.updateOne(new Document("_id", one), update));
        String theirs = outcome(things.updateMany(new Document("_id", many), update));

        assertThat(ours).as("%s by %s", start, update).isEqualTo(theirs.replace(many, one));
        assertThat(found(one)).as("%s by %s", start, update).isEqualTo(found(many));
      }
    }
  }

  /** What came of it in words that can be compared. */
  private static String outcome(Publisher<UpdateResult> update) {
    try {
      UpdateResult result = done(update);
      return result.getMatchedCount() + " matched, " + result.getModifiedCount() + " modified";
    } catch (MongoWriteException e) {
      return e.getError().getMessage();
    }
  }

  private String found(String id) {
    Document found = find(new Document("_id", id)).get(0);
    found.remove("_id");
    return found.toJson();
  }

  @Test
  void whatIsNotThereIsInsertedByAnUpsertOnly() {
    Document absent = new Document("_id", "a").append("o.p", new Document("$exists", false));
    Bson update = Updates.combine(Updates.set("o.p", 7L), Updates.inc("n.received", 2L));

    assertThat(done(things.updateOne(absent, update)).getMatchedCount()).isZero();
    assertThat(find(new Document())).isEmpty();
    UpdateOptions upsert = new UpdateOptions().upsert(true);
    assertThat(done(things.updateOne(absent, update, upsert)).getUpsertedId().asString().getValue())
        .isEqualTo("a");
    assertThat(find(new Document()))
        .containsExactly(
            new Document("_id", "a")
                .append("o", new Document("p", 7L))
                .append("n", new Document("received", 2L)));
    assertThatThrownBy(() -> done(things.updateOne(absent, update, upsert)))
        .isInstanceOfSatisfying(
            MongoWriteException.class, e -> assertThat(e.getError().getCode()).isEqualTo(11000));
    done(
        things.updateOne(
            new Document("_id", "b").append("kind", "x"), Updates.inc("n", 1), upsert));
    assertThat(find(eq("_id", "b")))
        .containsExactly(new Document("_id", "b").append("kind", "x").append("n", 1));
  }

  @Test
  void aDocumentIsReplacedWhereItIsTheOneThatWasRead() {
    insert(doc("a", 1));

    Document read = new Document("_id", "a").append("n", 1);
    assertThat(done(things.replaceOne(read, new Document("m", 2))).getModifiedCount()).isEqualTo(1);
    assertThat(done(things.replaceOne(read, new Document("m", 3))).getMatchedCount()).isZero();
    assertThat(find(new Document())).containsExactly(new Document("_id", "a").append("m", 2));
    assertThatThrownBy(() -> done(things.replaceOne(eq("_id", "a"), doc("b", 1))))
        .isInstanceOf(MongoWriteException.class);
  }

  @Test
  void lookUpByIdStaysQuickAmongMany() {
    long begin = System.nanoTime();
    for (int from = 0; from < MANY; from += 1_000) {
      done(
          things.insertMany(
              IntStream.range(from, from + 1_000).mapToObj(EmbeddedStoreTest::numbered).toList(),
              new InsertManyOptions().ordered(false)));
    }
    long inserted = System.nanoTime();
    for (int n = 0; n < 1_000; n++) {
      assertThat(find(new Document("_id", id(n * 37)).append("n", n * 37))).hasSize(1);
    }
    long found = System.nanoTime();
    List<UpdateOneModel<Document>> updates =
        IntStream.range(0, 1_000)
            .mapToObj(
                n ->
                    new UpdateOneModel<Document>(
                        new Document("_id", id(n * 40)).append("n", n * 40), Updates.inc("n", 1)))
            .toList();
    assertThat(done(things.bulkWrite(updates)).getModifiedCount()).isEqualTo(1_000);
    long updated = System.nanoTime();

    System.out.printf(
        "%d inserts %d ms; 1,000 finds by _id and more %d ms; 1,000 updates in bulk %d ms%n",
        MANY,
        (inserted - begin) / 1_000_000,
        (found - inserted) / 1_000_000,
        (updated - found) / 1_000_000);
    // A scan takes most of a second for each.
    assertThat(Duration.ofNanos(updated - inserted)).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void cleanRestartKeepsEverything() {
    insert(doc("a", 1));
    client.close();
    store.close();

    start();

    assertThat(find(eq("_id", "a"))).containsExactly(doc("a", 1));
  }

  private static Document doc(String id, int n) {
    return new Document("_id", id).append("n", n);
  }

  private static String id(int n) {
    return "gyeongju-h-%08d".formatted(n);
  }

  private static Document numbered(int n) {
    return doc(id(n), n).append("text", "가로등이 깜빡입니다. ".repeat(10));
  }

  private void insert(Document... documents) {
    done(things.insertMany(List.of(documents)));
  }

  private List<Document> find(Bson filter) {
    return Flux.from(things.find(filter)).collectList().block(PATIENCE);
  }

  private static <T> T done(Publisher<T> publisher) {
    return Mono.from(publisher).block(PATIENCE);
  }
}
