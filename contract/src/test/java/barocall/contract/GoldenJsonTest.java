package barocall.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is on the wire is pinned by files: they change only by adding optional fields. */
class GoldenJsonTest {
  private static final JsonMapper JSON = new JsonMapper();

  static List<Event> events() {
    return Samples.all();
  }

  /** Each required field of each event, by the path of its parent and its name. */
  static Stream<Arguments> requiredFields() {
    List<String> ofInquiries =
        List.of("inquiry", "at", "step", "inquiry.inquiryId", "inquiry.city", "inquiry.channel");
    return Samples.all().stream()
        .flatMap(
            event -> {
              List<String> own =
                  switch (event.topic()) {
                    case CALL_RECEIVED -> List.of("door", "inquiry.receivedAt");
                    case CALL_ANSWERED -> List.of("agent", "waitSeconds");
                    case CALL_ENDED -> List.of("outcome", "agent");
                    case AGENT_STATE_CHANGED -> List.of("city", "agent", "at", "state");
                    case ACCESS_RECORDED, ACCOUNT_RECORDED ->
                        List.of(
                            "service",
                            "instance",
                            "run",
                            "number",
                            "at",
                            "user",
                            "role",
                            "what",
                            "seal");
                    case INQUIRY_DESCRIBED -> List.of("agent", "revision");
                    case INQUIRY_ASSIGNED -> List.of("why", "why.kind", "why.sentence");
                    case INQUIRY_RESOLVED -> List.of("how", "by", "atFirstContact");
                    case ANSWER_CORRECTED -> List.of("revision", "agent");
                    case COMPLAINT_ESCALATED ->
                        List.of("department", "priority", "why", "transfers");
                    case COMPLAINT_ACKNOWLEDGED, COMPLAINT_RETURNED -> List.of("department");
                    case RECALL_REQUESTED -> List.of("agent");
                    case COMPLAINT_RECALLED -> List.of("department", "agent");
                    case COMPLAINT_REMINDED -> List.of("department", "reminder", "number");
                    case DEPARTMENT_TOLD ->
                        List.of("department", "way", "sending", "outcome", "attempts");
                    case INQUIRY_REOPENED, INQUIRY_REPEATED -> List.of();
                    case SATISFACTION_RATED -> List.of("score");
                    case HISTORY_RECORDED ->
                        List.of(
                            "revision",
                            "inquiry.receivedAt",
                            "escalation.at",
                            "escalation.department",
                            "resolution.at",
                            "resolution.how",
                            "resolution.by");
                  };
              Stream<String> common =
                  event instanceof Event.InquiryEvent ? ofInquiries.stream() : Stream.of();
              return Stream.concat(common, own.stream()).map(field -> Arguments.of(event, field));
            });
  }

  @ParameterizedTest
  @MethodSource("events")
  void writtenEqualsFile(Event event) throws IOException {
    assertThat(JSON.readTree(EventCodec.json(event))).isEqualTo(golden(event));
  }

  @ParameterizedTest
  @MethodSource("events")
  void fileReadEqualsRecord(Event event) throws IOException {
    assertThat(read(event, golden(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void unknownFieldIsIgnored(Event event) throws IOException {
    ObjectNode json = golden(event).put("addedLater", "something");
    if (json.get("inquiry") instanceof ObjectNode inquiry) {
      inquiry.putObject("addedLater").put("deep", 1);
    }
    assertThat(read(event, json)).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("requiredFields")
  void missingRequiredFieldIsRefused(Event event, String field) throws IOException {
    ObjectNode json = golden(event);
    List<String> path = Arrays.asList(field.split("\\."));
    ObjectNode parent = json;
    for (String name : path.subList(0, path.size() - 1)) {
      parent = (ObjectNode) parent.get(name);
    }
    assertThat(parent.remove(path.get(path.size() - 1))).as("the file has " + field).isNotNull();
    assertThatThrownBy(() -> read(event, json)).isInstanceOf(UnreadableEventException.class);
  }

  @Test
  void everyTopicHasASample() {
    assertThat(Samples.all()).extracting(Event::topic).containsExactlyInAnyOrder(Topic.values());
  }

  @Test
  void refusalsDoNotQuoteTheRecord() {
    String json = "{\"inquiry\":{\"channel\":\"010-0000-1234\"}}";
    assertThatThrownBy(() -> EventCodec.parse(Event.CallReceived.class, json.getBytes()))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessageNotContaining("010-0000-1234");
  }

  private static Event read(Event event, ObjectNode json) {
    return EventCodec.parse(event.topic().record(), JSON.writeValueAsBytes(json));
  }

  private static ObjectNode golden(Event event) throws IOException {
    String file = "/golden/" + event.topic().wireName() + ".v" + Topic.VERSION + ".json";
    try (InputStream in = GoldenJsonTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return (ObjectNode) JSON.readTree(in.readAllBytes());
    }
  }
}
