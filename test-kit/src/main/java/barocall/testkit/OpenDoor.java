package barocall.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A door as a service's OpenAPI document describes it.
 *
 * @param fields of its body, by their paths ({@code place.latitude}), with the schema of each
 * @param bodyType what its body is sent as; null if it takes none
 */
public record OpenDoor(
    String method,
    String path,
    List<Parameter> parameters,
    Map<String, JsonNode> fields,
    @Nullable String bodyType) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final int DEEPEST = 3;

  /**
   * @param in {@code path}, {@code query} or {@code header}
   */
  public record Parameter(String name, String in) {}

  /** All of them, in the document's order. */
  public static List<OpenDoor> of(JsonNode document) {
    List<OpenDoor> doors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          doors.add(of(document, path.getKey(), operation.getKey(), operation.getValue()));
        }
      }
    }
    return doors;
  }

  private static OpenDoor of(JsonNode document, String path, String method, JsonNode operation) {
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      parameters.add(
          new Parameter(parameter.path("name").asString(), parameter.path("in").asString()));
    }
    String type = null;
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> content :
        operation.path("requestBody").path("content").properties()) {
      type = content.getKey();
      gather(document, content.getValue().path("schema"), "", fields, 0);
    }
    return new OpenDoor(method.toUpperCase(Locale.ROOT), path, parameters, fields, type);
  }

  private static void gather(
      JsonNode document, JsonNode schema, String prefix, Map<String, JsonNode> fields, int depth) {
    JsonNode resolved = resolved(document, schema);
    for (Map.Entry<String, JsonNode> property : resolved.path("properties").properties()) {
      JsonNode inner = resolved(document, property.getValue());
      fields.put(prefix + property.getKey(), inner);
      if (depth < DEEPEST) {
        gather(document, inner, prefix + property.getKey() + ".", fields, depth + 1);
      }
    }
  }

  private static JsonNode resolved(JsonNode document, JsonNode schema) {
    JsonNode at = schema;
    while (at.has("$ref")) {
      at = document.at(at.path("$ref").asString().substring(1));
    }
    return at;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
