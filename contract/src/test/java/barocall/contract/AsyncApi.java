package barocall.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes down the contract: an AsyncAPI 3.0 document for programs and a page for people, from the
 * records themselves.
 */
final class AsyncApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Pattern DOCUMENTED =
      Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*record (\\w+)\\(", Pattern.DOTALL);
  private static final Map<Topic, String> PRODUCERS = producers();

  private final Map<String, Doc> docs;

  /** A record's comment: what it is, and what its components are. */
  private record Doc(String what, Map<String, String> components) {}

  private AsyncApi(Map<String, Doc> docs) {
    this.docs = docs;
  }

  static AsyncApi of(Path source) throws IOException {
    Map<String, Doc> docs = new LinkedHashMap<>();
    Matcher matcher = DOCUMENTED.matcher(Files.readString(source));
    while (matcher.find()) {
      docs.put(matcher.group(2), doc(matcher.group(1)));
    }
    return new AsyncApi(docs);
  }

  private static Doc doc(String comment) {
    String text = comment.replaceAll("(?m)^\\s*\\* ?", "").strip();
    String[] parts = text.split("\\s*@param ");
    Map<String, String> components = new LinkedHashMap<>();
    for (String part : List.of(parts).subList(1, parts.length)) {
      String[] words = part.strip().split("\\s+", 2);
      components.put(words[0], oneLine(words.length > 1 ? words[1] : ""));
    }
    return new Doc(oneLine(parts[0]), components);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ")
        .replaceAll("\\{@link #?(\\w+)(\\(\\))?}", "$1")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .strip();
  }

  /** The AsyncAPI document, as JSON. */
  String document() {
    ObjectNode root = JSON.objectNode();
    root.put("asyncapi", "3.0.0");
    root.putObject("info")
        .put("title", "Barocall events")
        .put("version", "1.0.0")
        .put(
            "description",
            "CloudEvents 1.0 in Kafka's binary mode, JSON values. The record's key is inquiryId/step(/counter),"
                + " in call-received, inquiry-reopened and satisfaction-rated with a mark of what was said behind it; the partition is chosen by the inquiryId alone. access-recorded and account-recorded are about their writer, an instance of a service, and their key is writer/run/number. Topics are compacted and kept for ever.");
    root.put("defaultContentType", "application/json");
    ObjectNode channels = root.putObject("channels");
    ObjectNode operations = root.putObject("operations");
    ObjectNode components = root.putObject("components");
    ObjectNode messages = components.putObject("messages");
    ObjectNode schemas = components.putObject("schemas");
    schemas.set("cloudEventHeaders", headers());
    for (Topic topic : Topic.values()) {
      String name = topic.record().getSimpleName();
      ObjectNode channel = channels.putObject(topic.wireName());
      channel.put("address", topic.wireName());
      channel.putObject("messages").putObject(name).put("$ref", "#/components/messages/" + name);
      ObjectNode operation = operations.putObject("say-" + topic.wireName());
      operation.put("action", "send");
      operation.put("summary", "Said by " + PRODUCERS.get(topic));
      operation.putObject("channel").put("$ref", "#/channels/" + topic.wireName());
      ObjectNode message = messages.putObject(name);
      message.put("name", topic.type());
      message.put("summary", what(name));
      message.putObject("headers").put("$ref", "#/components/schemas/cloudEventHeaders");
      message.putObject("payload").put("$ref", "#/components/schemas/" + name);
      schema(topic.record(), schemas);
    }
    return MAPPER.writeValueAsString(root) + "\n";
  }

  private static ObjectNode headers() {
    ObjectNode headers = JSON.objectNode();
    headers.put("type", "object");
    ObjectNode properties = headers.putObject("properties");
    for (String name :
        List.of(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_subject",
            "ce_time",
            "content-type")) {
      properties.putObject(name).put("type", "string");
    }
    headers.putArray("required").add("ce_specversion").add("ce_id").add("ce_source").add("ce_type");
    return headers;
  }

  private void schema(Class<?> record, ObjectNode schemas) {
    String name = record.getSimpleName();
    if (schemas.has(name)) {
      return;
    }
    ObjectNode schema = schemas.putObject(name);
    schema.put("type", "object");
    schema.put("description", what(name));
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (RecordComponent component : record.getRecordComponents()) {
      ObjectNode property = type(component, schemas);
      String says =
          docs.getOrDefault(name, new Doc("", Map.of())).components().get(component.getName());
      if (says != null) {
        property.put("description", says);
      }
      properties.set(component.getName(), property);
      if (isRequired(component)) {
        required.add(component.getName());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  private ObjectNode type(RecordComponent component, ObjectNode schemas) {
    Class<?> type = component.getType();
    ObjectNode node = JSON.objectNode();
    if (type == String.class) {
      return node.put("type", "string");
    } else if (type == Instant.class) {
      return node.put("type", "string").put("format", "date-time");
    } else if (type == int.class || type == Integer.class) {
      return node.put("type", "integer");
    } else if (type == Double.class) {
      return node.put("type", "number");
    } else if (type == boolean.class || type == Boolean.class) {
      return node.put("type", "boolean");
    } else if (type == List.class) {
      var element =
          ((AnnotatedParameterizedType) component.getAnnotatedType())
              .getAnnotatedActualTypeArguments()[0];
      if (element.getType() != String.class) {
        throw new IllegalStateException("a list of " + element.getType());
      }
      node.put("type", "array").putObject("items").put("type", "string");
      return node;
    } else if (type.isEnum()) {
      node.put("type", "string");
      ArrayNode values = node.putArray("enum");
      for (Object constant : type.getEnumConstants()) {
        values.add(((WireName) constant).wireName());
      }
      return node;
    } else if (type.isRecord()) {
      schema(type, schemas);
      return node.put("$ref", "#/components/schemas/" + type.getSimpleName());
    }
    throw new IllegalStateException("no schema for " + type);
  }

  private static boolean isRequired(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    boolean primitive = component.getType().isPrimitive();
    return primitive
        ? property != null && property.required()
        : !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
            && component.getType() != List.class;
  }

  /** The page, in Markdown. */
  String page() {
    StringBuilder page = new StringBuilder();
    page.append("# The events\n\n")
        .append(
            "Made from the records of module `contract`; a test fails when they differ. The same for programs: ")
        .append("[asyncapi.json](asyncapi.json) (AsyncAPI 3.0).\n\n")
        .append(
            "JSON values, CloudEvents 1.0 in Kafka's binary mode (`ce_` headers). Every event of an inquiry begins ")
        .append(
            "with `inquiry` and has `at` and `step`. `ce_id` = topic/inquiryId/step(/counter): the same fact always ")
        .append(
            "has the same id. The record's key is inquiryId/step(/counter), in `call-received`, `inquiry-reopened` and `satisfaction-rated` with a mark behind it that ")
        .append(
            "keeps two sayings of one fact apart, of which the first stands. The partition is chosen by the inquiryId ")
        .append(
            "alone; `access-recorded` and `account-recorded` are about their writer, an instance of a service, and their key is writer/run/number. Topics are compacted and kept for ever. Within a version only optional fields are added.\n\n")
        .append(
            "To erase a citizen's data, an event is written again under its own key without words, place, contact and answer, ")
        .append(
            "with `erased`: that version wins, whatever order they come in ([privacy.md](privacy.md)).\n\n")
        .append("| topic | said by | says |\n|---|---|---|\n");
    for (Topic topic : Topic.values()) {
      page.append(
          "| [`%s`](#%s) | %s | %s |\n"
              .formatted(
                  topic.wireName(),
                  topic.wireName(),
                  PRODUCERS.get(topic),
                  what(topic.record().getSimpleName())));
    }
    page.append(
        "| `<topic>.<service>.dead` | all | Records that a service could not read, or refused for what they say, with the headers `barocall_reason`, `barocall_origin` and `barocall_at`. |\n");
    for (Topic topic : Topic.values()) {
      page.append("\n## ")
          .append(topic.wireName())
          .append("\n\n`")
          .append(topic.type())
          .append("`: ")
          .append(what(topic.record().getSimpleName()))
          .append("\n\n");
      fields(page, topic.record());
    }
    page.append("\n# Parts\n");
    for (Class<?> part :
        List.of(
            Event.Inquiry.class,
            Event.Place.class,
            Event.Contact.class,
            Event.Why.class,
            Event.PastEscalation.class,
            Event.PastResolution.class)) {
      page.append("\n## ")
          .append(part.getSimpleName())
          .append("\n\n")
          .append(what(part.getSimpleName()))
          .append("\n\n");
      fields(page, part);
    }
    return page.toString();
  }

  private void fields(StringBuilder page, Class<?> record) {
    page.append("| field | type | |\n|---|---|---|\n");
    Map<String, String> says =
        docs.getOrDefault(record.getSimpleName(), new Doc("", Map.of())).components();
    for (RecordComponent component : record.getRecordComponents()) {
      ObjectNode type = type(component, JSON.objectNode());
      String shown =
          type.has("$ref")
              ? component.getType().getSimpleName()
              : type.has("enum")
                  ? String.join(
                      " \\| ",
                      type.get("enum").valueStream().map(it -> "`" + it.asString() + "`").toList())
                  : type.has("format") ? "time" : type.get("type").asString();
      page.append(
          "| `%s`%s | %s | %s |\n"
              .formatted(
                  component.getName(),
                  isRequired(component) ? " *" : "",
                  shown,
                  says.getOrDefault(component.getName(), "")));
    }
    page.append("\n\\* required\n");
  }

  private String what(String record) {
    return docs.getOrDefault(record, new Doc("", Map.of())).what();
  }

  private static Map<Topic, String> producers() {
    Map<Topic, String> producers = new LinkedHashMap<>();
    for (Topic topic : Topic.values()) {
      producers.put(
          topic,
          switch (topic) {
            case CALL_RECEIVED -> "intake; routing for inquiries opened by hand";
            case CALL_ANSWERED, CALL_ENDED, AGENT_STATE_CHANGED, HISTORY_RECORDED -> "intake";
            case INQUIRY_REOPENED, SATISFACTION_RATED ->
                "intake; routing where an agent says it for a caller";
            case INQUIRY_DESCRIBED,
                INQUIRY_ASSIGNED,
                COMPLAINT_ESCALATED,
                RECALL_REQUESTED,
                ANSWER_CORRECTED,
                INQUIRY_REPEATED ->
                "routing";
            case INQUIRY_RESOLVED -> "routing, and notification for departments";
            case ACCESS_RECORDED -> "routing, notification and intake; the command line";
            case ACCOUNT_RECORDED -> "every service; the command line";
            case COMPLAINT_ACKNOWLEDGED,
                COMPLAINT_RETURNED,
                COMPLAINT_RECALLED,
                COMPLAINT_REMINDED,
                DEPARTMENT_TOLD ->
                "notification";
          });
    }
    return producers;
  }
}
