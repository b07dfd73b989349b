package barocall.contract;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event.Erasable;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An event that is written again for a citizen whose data is erased. */
class ErasedEventsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** What people wrote or are reached by, wherever it may stand. */
  private static final Set<String> PERSONAL =
      Set.of("subject", "text", "place", "contact", "answer", "reason");

  static List<Erasable> erasable() {
    return Samples.all().stream()
        .filter(Erasable.class::isInstance)
        .map(Erasable.class::cast)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("erasable")
  void isTheSameFactInTheSamePlace(Erasable event) {
    Erasable erased = event.erase();

    assertThat(erased.id()).isEqualTo(event.id());
    assertThat(erased.key()).isEqualTo(event.key());
    assertThat(erased.topic()).isEqualTo(event.topic());
    assertThat(Event.isErased(erased)).isTrue();
    assertThat(Event.isErased(event)).isFalse();
    assertThat(Event.replaces(erased, event)).isTrue();
    assertThat(Event.replaces(event, erased)).isFalse();
    assertThat(Event.replaces(erased, erased)).isFalse();
    assertThat(erased.erase()).isEqualTo(erased);
  }

  @ParameterizedTest
  @MethodSource("erasable")
  void losesWhatIsPersonalAndNothingElse(Erasable event) {
    ObjectNode expected = (ObjectNode) JSON.readTree(EventCodec.json(event));
    PERSONAL.forEach(expected::remove);
    if (expected.get("why") instanceof ObjectNode why) {
      why.set("sentence", why.get("kind"));
    }
    if (expected.get("resolution") instanceof ObjectNode resolution) {
      resolution.remove("answer");
    }
    expected.put("erased", true);

    assertThat(JSON.readTree(EventCodec.json(event.erase()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("erasable")
  void isReadAsItWasWritten(Erasable event) {
    Erasable erased = event.erase();

    assertThat(EventCodec.parse(event.topic().record(), EventCodec.json(erased))).isEqualTo(erased);
  }

  @Test
  void everyEventWithSomethingPersonalCanBeErased() {
    Set<Topic> personal = EnumSet.noneOf(Topic.class);
    for (Event event : Samples.all()) {
      JsonNode json = JSON.readTree(EventCodec.json(event));
      // Whether a contact was shown is said by access-recorded, in which there is none.
      if (PERSONAL.stream().map(json::path).anyMatch(ErasedEventsTest::says) || json.has("why")) {
        personal.add(event.topic());
      }
    }
    // Why telling a department was given up is the kind of failure, without any address.
    personal.remove(Topic.DEPARTMENT_TOLD);

    assertThat(erasable()).extracting(Event::topic).containsExactlyInAnyOrderElementsOf(personal);
  }

  private static boolean says(JsonNode field) {
    return !field.isMissingNode() && !field.isBoolean();
  }

  @ParameterizedTest
  @MethodSource("erasable")
  void writtenEqualsFile(Erasable event) throws IOException {
    String file = "/golden/" + event.topic().wireName() + ".v" + Topic.VERSION + ".erased.json";
    try (InputStream in = ErasedEventsTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      assertThat(JSON.readTree(EventCodec.json(event.erase())))
          .isEqualTo(JSON.readTree(in.readAllBytes()));
    }
  }
}
