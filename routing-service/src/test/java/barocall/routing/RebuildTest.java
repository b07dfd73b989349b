package barocall.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.access.CredentialsFile;
import barocall.access.Office;
import barocall.contract.CallOutcome;
import barocall.contract.Event;
import barocall.contract.Event.Erasable;
import barocall.contract.EventCodec;
import barocall.contract.How;
import barocall.contract.Topic;
import barocall.kit.events.EventPublisher;
import barocall.kit.rebuild.Start;
import barocall.routing.cases.Acts;
import barocall.routing.cases.Cases;
import barocall.routing.cases.CasesRebuildConfiguration;
import barocall.testkit.RestartableBroker;
import barocall.testkit.RestartableStore;
import barocall.testkit.StoreContent;
import barocall.testkit.StoreUse;
import barocall.testkit.Topics;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Cases and desk that are made anew from the topics are those that were kept live. */
class RebuildTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String PREFIX = StoreUse.prefix("rebuilt");
  private static final String DATABASE = PREFIX + "routing";
  private static final Acts.Actor AGENT = new Acts.Actor("gyeongju-agent-1", "가상담", "agent-1");

  private static final List<String> ERASED =
      List.of("gyeongju-rule", "gyeongju-back", "gyeongju-described");

  @TempDir private Path folder;
  private ConfigurableApplicationContext service;

  @Test
  void casesAndDeskAreTheSameNothingIsSaidAndWhatWasUnsentIsSentAfterwards() {
    try (RestartableBroker broker = new RestartableBroker();
        RestartableStore store = new RestartableStore()) {
      String[] settings = settings(broker, store);
      service = SpringApplication.run(RoutingApplication.class, settings);
      traffic();
      awaitCase(store, "gyeongju-rule", "complaint-escalated/gyeongju-rule/1");
      awaitCase(store, "gyeongju-back", "inquiry-assigned/gyeongju-back/2");
      awaitCase(store, "gyeongju-again", "complaint-escalated/gyeongju-again/2");
      awaitCase(store, "gyeongju-call", "call-ended/gyeongju-call/0");
      for (String id : List.of("described", "escalated", "unsent", "waits", "settled")) {
        awaitCase(store, "gyeongju-" + id, "inquiry-assigned/gyeongju-" + id + "/1");
      }
      act("gyeongju-described", Acts.describe(AGENT, "d1", words()));
      act("gyeongju-described", Acts.resolve(AGENT, "d2", How.ANSWERED, "안내했습니다"));
      act("gyeongju-escalated", Acts.escalate(AGENT, "d3", "roads", null, null, null));

      act("gyeongju-settled", Acts.resolve(AGENT, "d5", How.ANSWERED, "안내했습니다"));
      service
          .getBean(EventPublisher.class)
          .sendAndWait(
              Calls.from(
                  Calls.written("gyeongju-came-back", "waste", "또 문의드립니다"),
                  "other",
                  Instant.now().plusSeconds(60)));
      awaitCase(store, "gyeongju-came-back", "inquiry-assigned/gyeongju-came-back/1");
      assertThat(
              Topics.at(broker.bootstrapServers())
                  .read("inquiry-repeated", SOON, records -> !records.isEmpty()))
          .extracting(it -> it.key())
          .containsExactly("gyeongju-settled/2");

      List<Event> ofTheErased = erase(store);

      var before = new AtomicReference<Map<String, Object>>();
      var ends = new AtomicReference<Map<String, Long>>();
      Start.rebuild(
          CasesRebuildConfiguration.class,
          () -> {
            ends.set(Topics.at(broker.bootstrapServers()).ends());
            // Somebody acts while the broker is away, and the service ends before it is back.
            broker.stop();
            act("gyeongju-unsent", Acts.resolve(AGENT, "d4", How.ANSWERED, "나중에 보냅니다"));
            service.close();
            before.set(shown(StoreContent.of(store.uri(), DATABASE)));
            broker.start();
            return true;
          },
          new PrintStream(OutputStream.nullOutputStream()),
          settings);

      Map<String, Object> after = shown(StoreContent.of(store.uri(), DATABASE + "_1"));
      assertThat(after.keySet()).isEqualTo(before.get().keySet());
      before.get().forEach((id, what) -> assertThat(after.get(id)).as(id).isEqualTo(what));
      assertWordsAreGone(store, DATABASE + "_1");
      assertThat(Topics.at(broker.bootstrapServers()).ends()).isEqualTo(ends.get());

      service = SpringApplication.run(RoutingApplication.class, settings);
      assertThat(service.getBean(MongoDatabase.class).getName()).isEqualTo(DATABASE + "_1");
      assertThat(
              Topics.at(broker.bootstrapServers())
                  .read(
                      "inquiry-resolved",
                      SOON,
                      records ->
                          records.stream().anyMatch(it -> it.key().equals("gyeongju-unsent/2"))))
          .extracting(ConsumerRecord::key)
          .filteredOn(it -> it.startsWith("gyeongju-unsent"))
          .containsOnly("gyeongju-unsent/2");
      service.getBean(EventPublisher.class).sendAndWait(Calls.done("gyeongju-rule", 1, "roads"));
      awaitCase(store, DATABASE + "_1", "gyeongju-rule", "inquiry-resolved/gyeongju-rule/1");
      // What they wrote comes once more, and nothing brings it back.
      service.getBean(EventPublisher.class).sendAll(ofTheErased).block(SOON);
      service
          .getBean(EventPublisher.class)
          .sendAndWait(Calls.written("gyeongju-last", "road-damage", "도로가 패였습니다"));
      awaitCase(store, DATABASE + "_1", "gyeongju-last", "complaint-escalated/gyeongju-last/1");
      assertWordsAreGone(store, DATABASE + "_1");
      service.close();
      // Only what was unsent was said since; no decision was taken again.
      assertThat(
              Topics.at(broker.bootstrapServers()).readAll(Topic.wireNames()).stream()
                  .filter(it -> it.offset() >= ends.get().getOrDefault(partition(it), 0L))
                  .map(it -> it.topic() + " " + it.key())
                  .distinct())
          .hasSize(4 + ofTheErased.size());
      assertThat(deadLetters(Topics.at(broker.bootstrapServers()).ends()))
          .isEqualTo(deadLetters(ends.get()));
    }
  }

  private static Map<String, Long> deadLetters(Map<String, Long> ends) {
    return ends.entrySet().stream()
        .filter(it -> it.getKey().contains(".dead-") && it.getValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition()).toString();
  }

  private void traffic() {
    List<Event> events =
        List.of(
            Calls.written("gyeongju-rule", "road-damage", "도로가 패였습니다"),
            Calls.written("gyeongju-back", "road-damage", "도로가 패였습니다"),
            Calls.returned("gyeongju-back", 1, "roads"),
            Calls.written("gyeongju-again", "road-damage", "도로가 패였습니다"),
            Calls.done("gyeongju-again", 1, "roads"),
            Calls.reopened("gyeongju-again", 1),
            Calls.ringing("gyeongju-call", null),
            Calls.answered("gyeongju-call", "agent-1"),
            Calls.ended("gyeongju-call", CallOutcome.ANSWERED, "agent-1", null),
            Calls.ringing("gyeongju-gone", null),
            Calls.ended("gyeongju-gone", CallOutcome.ABANDONED, null, null),
            Calls.written("gyeongju-described", null, "문의드립니다"),
            Calls.written("gyeongju-escalated", null, "문의드립니다"),
            Calls.written("gyeongju-unsent", null, "문의드립니다"),
            Calls.written("gyeongju-waits", null, "문의드립니다"),
            Calls.from(Calls.written("gyeongju-settled", "waste", "문의드립니다"), "other", Calls.NOON));
    service.getBean(EventPublisher.class).sendAll(events).block(SOON);
  }

  /**
   * Writes all that is known of some inquiries again without words, and waits until they are gone.
   *
   * @return the same with words
   */
  private List<Event> erase(RestartableStore store) {
    List<Event> told = new ArrayList<>();
    for (String id : ERASED) {
      for (Document entry :
          StoreContent.of(store.uri(), DATABASE)
              .get("cases")
              .get(id)
              .getList("entries", Document.class)) {
        Topic topic = Topic.find(entry.getString("topic")).orElseThrow();
        Event event =
            EventCodec.parse(
                topic.record(), entry.getString("event").getBytes(StandardCharsets.UTF_8));
        if (event instanceof Erasable) {
          told.add(event);
        }
      }
    }
    List<Event> erased = told.stream().map(it -> (Event) ((Erasable) it).erase()).toList();
    service.getBean(EventPublisher.class).sendAll(erased).block(SOON);
    await().atMost(SOON).untilAsserted(() -> assertWordsAreGone(store, DATABASE));
    return told;
  }

  /** Neither what the citizen, an agent or an officer wrote, nor by which telephone they came. */
  private static void assertWordsAreGone(RestartableStore store, String database) {
    Map<String, Map<String, Document>> content = StoreContent.of(store.uri(), database);
    for (String id : ERASED) {
      String known = content.get("cases").get(id).toJson();
      assertThat(known)
          .doesNotContain("도로가 패였습니다", "문의드립니다", "내용", "안내했습니다", "소관이 아닙니다")
          .doesNotContain("sealed", "hash", "\"d1\"", "\"d2\"");
      assertThat(content.get("callers").toString()).doesNotContain(id + ",");
      assertThat(content.getOrDefault("desk", Map.of()).toString()).doesNotContain("소관이 아닙니다");
      assertThat(content.get("clues").keySet())
          .noneMatch(it -> it.contains("/telephone/") && it.endsWith("/" + id));
    }
    assertThat(content.get("desk").keySet()).contains("gyeongju/gyeongju-back");
    assertThat(content.get("cases").get("gyeongju-waits").toJson()).contains("문의드립니다");
    assertThat(content.get("callers").toString()).contains("gyeongju-waits,");
  }

  private void act(String id, Acts.Act act) {
    assertThat(service.getBean(Cases.class).act("gyeongju", id, act).block(SOON).outcome())
        .isInstanceOf(Acts.Done.class);
  }

  private static Acts.Words words() {
    return new Acts.Words("road-damage", "제목", "내용", null, null);
  }

  private static void awaitCase(RestartableStore store, String id, String event) {
    awaitCase(store, DATABASE, id, event);
  }

  private static void awaitCase(RestartableStore store, String database, String id, String event) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Map<String, Document> cases =
                  StoreContent.of(store.uri(), database).getOrDefault("cases", Map.of());
              assertThat(cases).containsKey(id);
              assertThat(cases.get(id).getList("entries", Document.class))
                  .anySatisfy(
                      entry -> {
                        assertThat(entry.getString("id")).isEqualTo(event);
                        assertThat(entry.getBoolean("unsent")).isFalse();
                      });
            });
  }

  /** What people can see: the facts of each case, the desk, agents' days, callers. */
  private static Map<String, Object> shown(Map<String, Map<String, Document>> content) {
    Map<String, Object> shown = new TreeMap<>();
    content
        .get("cases")
        .forEach(
            (id, found) ->
                found
                    .getList("entries", Document.class)
                    .forEach(
                        entry ->
                            shown.put(
                                "cases/" + entry.getString("id"),
                                entry.getString("event") + entry.getBoolean("unsent"))));
    content
        .getOrDefault("desk", Map.of())
        .forEach(
            (id, found) ->
                shown.put(
                    "desk/" + id, found.getString("item").replaceFirst("\"version\":\\d+,?", "")));
    content
        .getOrDefault("days", Map.of())
        .forEach(
            (id, found) -> {
              for (String did : List.of("answered", "escalated")) {
                shown.put(
                    "days/" + id + "/" + did,
                    found.getList(did, String.class, List.of()).stream().sorted().toList());
              }
            });
    content
        .getOrDefault("callers", Map.of())
        .forEach((id, found) -> shown.put("callers/" + id, visits(found)));
    content
        .getOrDefault("clues", Map.of())
        .keySet()
        .forEach(
            id -> {
              // What was written when is told to those who follow the present store.
              if (!id.contains("/changed/")) {
                shown.put("clues/" + id, true);
              }
            });
    assertThat(shown.keySet().toString()).contains("clues/gyeongju/telephone/other/");
    return shown;
  }

  /** Whether it has been said that they came back is forgotten: saying it again is harmless. */
  private static List<Document> visits(Document caller) {
    List<Document> visits = caller.getList("inquiries", Document.class);
    visits.forEach(it -> it.remove("repeated"));
    return visits;
  }

  private String[] settings(RestartableBroker broker, RestartableStore store) {
    CredentialsFile file = new CredentialsFile(folder.resolve("credentials.json"));
    file.change(
        now ->
            now.complete(
                List.of(
                    new Office(
                        "gyeongju",
                        List.of(new Office.Seat("agent-1", "가상담")),
                        List.of(new Office.Seat("roads", "도로과"))),
                    new Office("cheonan", List.of(), List.of())),
                new SecureRandom()));
    return new String[] {
      "--server.port=0",
      "--barocall.data=" + folder,
      "--logging.level.root=warn",
      "--KAFKA_BOOTSTRAP_SERVERS=" + broker.bootstrapServers(),
      "--MONGODB_URI=" + store.uri(),
      "--barocall.store.prefix=" + PREFIX,
      "--barocall.credentials=" + file.path(),
      "--barocall.cities=../cities"
    };
  }
}
