package barocall.notification.cases;

import barocall.contract.Event.InquiryEvent;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** A document for each inquiry, its facts as the JSON that was on the wire. */
@Repository
class MongoCases implements Cases {
  private static final int MOST_RACES = 50;

  private final MongoCollection<Document> cases;

  MongoCases(MongoDatabase database) {
    this.cases = database.getCollection("cases");
  }

  @Override
  public Mono<CaseFile> file(String inquiryId) {
    return Mono.from(cases.find(Filters.eq("_id", inquiryId)))
        .map(MongoCases::read)
        .defaultIfEmpty(CaseFile.empty(inquiryId));
  }

  @Override
  public Mono<CaseFile> change(String inquiryId, UnaryOperator<CaseFile> change) {
    return Mono.defer(
            () ->
                file(inquiryId)
                    .flatMap(
                        known -> {
                          CaseFile changed = change.apply(known);
                          return changed.version() == known.version()
                              ? Mono.just(known)
                              : write(known, changed);
                        }))
        .repeatWhenEmpty(MOST_RACES, tries -> tries)
        .switchIfEmpty(Mono.error(() -> new IllegalStateException("lost every race")));
  }

  /** The file written, or empty if another writer was faster. */
  private Mono<CaseFile> write(CaseFile known, CaseFile changed) {
    Document document = document(changed);
    if (known.version() == 0) {
      return Mono.from(cases.insertOne(document))
          .thenReturn(changed)
          .onErrorResume(MongoCases::isDuplicate, lost -> Mono.empty());
    }
    return Mono.from(
            cases.replaceOne(
                new Document("_id", known.inquiryId()).append("version", known.version()),
                document))
        .flatMap(result -> result.getMatchedCount() == 1 ? Mono.just(changed) : Mono.empty());
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof MongoWriteException refused
        && refused.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
  }

  private static Document document(CaseFile file) {
    return new Document("_id", file.inquiryId())
        .append("version", file.version())
        .append("facts", file.facts().stream().map(MongoCases::document).toList());
  }

  private static Document document(CaseFile.Fact fact) {
    Document document =
        new Document("topic", fact.event().topic().wireName())
            .append("json", new String(EventCodec.json(fact.event()), StandardCharsets.UTF_8));
    if (fact.trace() != null) {
      document.append("trace", fact.trace());
    }
    return fact.sent() ? document : document.append("unsent", true);
  }

  private static CaseFile read(Document document) {
    List<CaseFile.Fact> facts =
        document.getList("facts", Document.class).stream().map(MongoCases::fact).toList();
    return new CaseFile(document.getString("_id"), document.getLong("version"), facts);
  }

  private static CaseFile.Fact fact(Document document) {
    Topic topic =
        Topic.find(document.getString("topic"))
            .orElseThrow(() -> new IllegalStateException("a fact of an unknown topic is stored"));
    InquiryEvent event =
        (InquiryEvent)
            EventCodec.parse(
                topic.record(), document.getString("json").getBytes(StandardCharsets.UTF_8));
    return new CaseFile.Fact(
        event, !document.getBoolean("unsent", false), document.getString("trace"));
  }
}
