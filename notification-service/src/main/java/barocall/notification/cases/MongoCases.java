package barocall.notification.cases;

import barocall.contract.Event.InquiryEvent;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import barocall.kit.store.SharedTrips;
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

  private final SharedTrips cases;

  MongoCases(MongoDatabase database) {
    this.cases = new SharedTrips(database.getCollection("cases"));
  }

  @Override
  public Mono<CaseFile> file(String inquiryId) {
    return cases.find(inquiryId).map(MongoCases::read).defaultIfEmpty(CaseFile.empty(inquiryId));
  }

  @Override
  public Mono<CaseFile> change(String inquiryId, UnaryOperator<CaseFile> change) {
    return changeOnce(inquiryId, change)
        .repeatWhenEmpty(MOST_RACES, tries -> tries)
        .switchIfEmpty(Mono.error(() -> new IllegalStateException("lost every race")));
  }

  @Override
  public Mono<CaseFile> changeOnce(String inquiryId, UnaryOperator<CaseFile> change) {
    return Mono.defer(() -> file(inquiryId))
        .flatMap(
            known -> {
              CaseFile changed = change.apply(known);
              return changed.version() == known.version()
                  ? Mono.just(known)
                  : write(known, changed);
            });
  }

  /** The file written, or empty if another writer was faster. */
  private Mono<CaseFile> write(CaseFile known, CaseFile changed) {
    Document document = document(changed);
    Mono<Boolean> won =
        known.version() == 0
            ? cases.insert(document)
            : cases.replace(
                new Document("_id", known.inquiryId()).append("version", known.version()),
                document);
    return won.filter(it -> it).map(it -> changed);
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
