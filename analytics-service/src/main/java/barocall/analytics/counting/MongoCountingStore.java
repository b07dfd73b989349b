package barocall.analytics.counting;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Standing;
import barocall.kit.store.Awaiting;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.UpdateResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The counting protocol's store in MongoDB: four collections, every look-up by {@code _id}. */
public final class MongoCountingStore implements CountingStore {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoCollection<Document> inquiries;
  private final MongoCollection<Document> open;
  private final MongoCollection<Document> rollups;
  private final MongoCollection<Document> positions;

  public MongoCountingStore(MongoDatabase database) {
    inquiries = database.getCollection("inquiries");
    open = database.getCollection("open");
    rollups = database.getCollection("rollups");
    positions = database.getCollection("positions");
  }

  @Override
  public Map<String, InquiryFacts> inquiries(Collection<String> ids) {
    Map<String, InquiryFacts> found = new HashMap<>();
    for (Document document : all(inquiries.find(in("_id", ids)))) {
      found.put(document.getString("_id"), FactDocuments.read(document));
    }
    return found;
  }

  @Override
  public boolean write(List<InquiryFacts> fresh, List<InquiryFacts> grown) {
    boolean won = true;
    if (!fresh.isEmpty()) {
      won = insert(fresh.stream().map(FactDocuments::write).toList());
    }
    if (!grown.isEmpty()) {
      List<WriteModel<Document>> replacements = new ArrayList<>(grown.size());
      for (InquiryFacts inquiry : grown) {
        replacements.add(
            new ReplaceOneModel<>(
                filter(inquiry.inquiryId(), "v", inquiry.version() - 1),
                FactDocuments.write(inquiry)));
      }
      BulkWriteResult result = result(inquiries.bulkWrite(replacements, UNORDERED));
      won &= result != null && result.getMatchedCount() == grown.size();
    }
    return won;
  }

  private boolean insert(List<Document> documents) {
    try {
      result(inquiries.insertMany(documents, new InsertManyOptions().ordered(false)));
      return true;
    } catch (MongoBulkWriteException e) {
      return lost(e);
    }
  }

  /** False where only duplicate keys stood in the way; anything else is thrown on. */
  private static boolean lost(MongoBulkWriteException e) {
    if (e.getWriteConcernError() != null
        || e.getWriteErrors().stream()
            .anyMatch(error -> error.getCategory() != ErrorCategory.DUPLICATE_KEY)) {
      throw e;
    }
    return false;
  }

  @Override
  public Map<String, Long> versions(Collection<String> ids) {
    Map<String, Long> found = new HashMap<>();
    for (Document document : all(inquiries.find(in("_id", ids)).projection(include("v")))) {
      found.put(document.getString("_id"), FactDocuments.number(document, "v"));
    }
    return found;
  }

  @Override
  public void rewriteOpen(Map<InquiryFacts, Standing> standings) {
    List<WriteModel<Document>> writes = new ArrayList<>(standings.size());
    standings.forEach(
        (inquiry, standing) -> {
          if (standing.open()) {
            writes.add(
                new ReplaceOneModel<>(
                    version(inquiry, "$lt"),
                    open(inquiry, standing),
                    new ReplaceOptions().upsert(true)));
          } else {
            writes.add(new DeleteOneModel<>(version(inquiry, "$lte")));
          }
        });
    if (!writes.isEmpty()) {
      try {
        result(open.bulkWrite(writes, UNORDERED));
      } catch (MongoBulkWriteException e) {
        // The entry is of this version or a later one.
        lost(e);
      }
    }
  }

  private static Document version(InquiryFacts inquiry, String comparison) {
    return new Document("_id", inquiry.inquiryId())
        .append("v", new Document(comparison, inquiry.version()));
  }

  @Override
  public Map<String, Long> openVersions() {
    Map<String, Long> found = new HashMap<>();
    for (Document document : all(open.find().projection(include("v")))) {
      found.put(document.getString("_id"), FactDocuments.number(document, "v"));
    }
    return found;
  }

  private static Document open(InquiryFacts inquiry, Standing standing) {
    Document document =
        new Document("_id", inquiry.inquiryId())
            .append("v", inquiry.version())
            .append("city", inquiry.city())
            .append("state", standing.state())
            .append(
                "channel",
                inquiry.facts().get(0).channel() == null
                    ? null
                    : inquiry.facts().get(0).channel().wireName());
    if (standing.queued()) {
      document.append("queued", true);
    }
    if (standing.department() != null) {
      document.append("department", standing.department());
    }
    if (standing.dueAt() != null) {
      document.append("dueAt", Date.from(standing.dueAt()));
    }
    if (standing.receivedAt() != null) {
      document.append("receivedAt", Date.from(standing.receivedAt()));
    }
    return document;
  }

  @Override
  public Map<String, Long> lastCounted(Collection<String> rollupIds, String partition) {
    Map<String, Long> last = new HashMap<>();
    for (Document document :
        all(rollups.find(in("_id", rollupIds)).projection(include("o." + partition)))) {
      Document offsets = document.get("o", Document.class);
      if (offsets != null && offsets.containsKey(partition)) {
        last.put(document.getString("_id"), FactDocuments.number(offsets, partition));
      }
    }
    return last;
  }

  @Override
  public boolean add(List<Addition> additions, String partition) {
    List<WriteModel<Document>> updates = new ArrayList<>(additions.size());
    String counted = "o." + partition;
    for (Addition addition : additions) {
      Document amounts = new Document();
      addition.amounts().forEach(amounts::append);
      Document update = new Document("$set", new Document(counted, addition.last()));
      if (!amounts.isEmpty()) {
        update.append("$inc", amounts);
      }
      updates.add(
          addition.lastRead() < 0
              ? new UpdateOneModel<>(
                  new Document("_id", addition.rollupId())
                      .append(counted, new Document("$exists", false)),
                  update,
                  new UpdateOptions().upsert(true))
              : new UpdateOneModel<>(
                  filter(addition.rollupId(), counted, addition.lastRead()), update));
    }
    try {
      BulkWriteResult result = result(rollups.bulkWrite(updates, UNORDERED));
      return result != null
          && result.getMatchedCount() + result.getUpserts().size() == additions.size();
    } catch (MongoBulkWriteException e) {
      return lost(e);
    }
  }

  @Override
  public OptionalLong position(String partition) {
    Document document = result(positions.find(eq("_id", partition)));
    return document == null
        ? OptionalLong.empty()
        : OptionalLong.of(FactDocuments.number(document, "next"));
  }

  @Override
  public void begin(String partition, String topicId, long position) {
    try {
      result(
          positions.insertOne(
              new Document("_id", partition).append("next", position).append("topicId", topicId)));
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
        throw e;
      }
    }
  }

  @Override
  public boolean move(String partition, long from, long to) {
    UpdateResult result =
        result(
            positions.updateOne(
                filter(partition, "next", from), new Document("$set", new Document("next", to))));
    return result != null && result.getMatchedCount() == 1 || position(partition).orElse(-1) == to;
  }

  @Override
  public String topicId(String partition) {
    Document document = result(positions.find(eq("_id", partition)));
    return document == null ? "" : document.get("topicId", "");
  }

  /** Both in one flat document: the form that every store looks up by {@code _id}. */
  private static Document filter(String id, String field, long value) {
    return new Document("_id", id).append(field, value);
  }

  private static <T> @Nullable T result(Publisher<T> work) {
    return Awaiting.result(Mono.from(work));
  }

  private static List<Document> all(Publisher<Document> found) {
    List<Document> documents = Awaiting.result(Flux.from(found).collectList());
    return documents == null ? List.of() : documents;
  }
}
