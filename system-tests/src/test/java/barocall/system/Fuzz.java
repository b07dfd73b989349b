package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import barocall.testkit.OpenDoor;
import barocall.testkit.RawHttp;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes requests out of what a service says of its doors: some right, most wrong in one way or in
 * several at once. The same seed, number and door make the same request.
 */
final class Fuzz {
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "LOCK", "pOsT");

  private static final List<String> TYPES =
      List.of(
          "application/json;charset=UTF-16",
          "application/json; charset=\"",
          "application/merge-patch+json",
          "application/x-ndjson",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=----b",
          "multipart/form-data",
          "text/plain",
          "text/html",
          "application/cbor",
          "application/octet-stream",
          "image/svg+xml",
          "*/*",
          "json",
          ";;",
          "a/" + "b".repeat(500));

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "1.0",
          "0.1e-400",
          "1e400",
          "-1e9999",
          "1e-99999999",
          "9223372036854775808",
          "-9223372036854775809",
          "4294967296",
          "0x10",
          "007",
          "+1",
          ".5",
          "1.",
          "Infinity",
          "9".repeat(500),
          "1." + "3".repeat(2_000));

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "\u0007\u0008\u001b[31m",
          "\r\nSet-Cookie: a=b",
          "\u007f\u0085\u2028\u2029",
          "\ud800",
          "\udfff\ud83d",
          "a\udc00",
          "\ufffe\uffff",
          "\u202e\u2066가\u2069",
          "e\u0301\u0323",
          "𝒳👩‍👩‍👧‍👦",
          "％ｓ",
          "%s%n%x%d",
          "%%%",
          "{{7*7}}${7*7}#{7*7}",
          "{0}{1",
          "'\"`;--",
          "<img src=x onerror=alert(1)>",
          "../../../etc/passwd",
          "file:///etc/passwd",
          "true",
          "null",
          "NaN",
          "1",
          "2026-02-30",
          "2026-11-27T25:00:00Z",
          "+999999999-12-31T23:59:59.999999999+18:00",
          "-999999999-01-01T00:00:00-18:00",
          "2026-11-27T00:00:00+99:99",
          "gyeongju~none",
          "x".repeat(201),
          "가".repeat(20_001),
          "👍".repeat(3_000));

  private static final List<String> PIECES =
      List.of(
          "%00",
          "%2e%2e",
          "..",
          ".",
          "%2f",
          "%5c..%5c",
          "%252e%252e%252f",
          ";x=y",
          "a;b=c;d",
          "%",
          "%u0041",
          "%c0%ae",
          "%ff",
          "%ED%B0%80",
          "%F4%90%80%80",
          "%0a",
          "%09",
          "%E2%80%AE",
          "~",
          "*",
          "{city}",
          "()",
          "[0]",
          "|",
          "\\",
          "^",
          "가",
          "%EA%B0%80".repeat(400),
          "-9223372036854775809",
          "0",
          "..;",
          "gyeongju%00",
          "GYEONGJU",
          "gyeongju.",
          "actuator");

  private final long seed;
  private final Map<String, String> usual;
  private final Map<String, List<Visitor>> visitors;

  /**
   * One request.
   *
   * @param what is said of it when it is answered wrongly
   * @param framed false where it does not end where it says: then the connection may just end
   * @param headOnly whether an answer has no body
   */
  record Shot(String what, byte[] request, boolean framed, boolean headOnly) {}

  /**
   * @param usual what a parameter or field of that name is usually filled with
   * @param visitors by "own" and "other": who may enter most doors, and who may not
   */
  Fuzz(long seed, Map<String, String> usual, Map<String, List<Visitor>> visitors) {
    this.seed = seed;
    this.usual = usual;
    this.visitors = visitors;
  }

  Shot shot(OpenDoor door, int number) {
    // Seeds beside one another begin alike unless they are mixed.
    long mixed = new SplittableRandom(seed * 1_000_003 + number).nextLong();
    return new Making(door, new Random(mixed)).shot(number);
  }

  private final class Making {
    private final OpenDoor door;
    private final Random random;
    private final List<String> told = new ArrayList<>();

    Making(OpenDoor door, Random random) {
      this.door = door;
      this.random = random;
    }

    Shot shot(int number) {
      String method = oneIn(8) ? told("method", pick(METHODS)) : door.method();
      Map<String, String> headers = new LinkedHashMap<>();
      authorize(headers);
      headers(headers);
      String target = target();
      byte[] body = door.bodyType() == null ? unasked() : body();
      if (body != null && !headers.containsKey("Content-Type")) {
        headers.put("Content-Type", type());
      }
      boolean framed = !oneIn(60);
      if (!framed) {
        headers.put("Transfer-Encoding", told("transfer", pick(List.of("chunked", "gzip", "x"))));
        headers.put("Content-Length", "3");
      }
      return new Shot(
          "number %d, %s: %s".formatted(number, door, told),
          RawHttp.request(method, target, headers, body),
          framed,
          method.equals("HEAD"));
    }

    private void authorize(Map<String, String> headers) {
      int chance = random.nextInt(10);
      if (chance < 7) {
        headers.put("Authorization", pick(visitors.getOrDefault("own", List.of())).authorization());
      } else if (chance == 7) {
        Visitor other = pick(visitors.getOrDefault("other", List.of()));
        told.add("by " + other);
        headers.put("Authorization", other.authorization());
      } else if (chance == 8) {
        told.add("by nobody");
      } else {
        headers.put(
            "Authorization",
            told(
                "authorization",
                pick(
                    List.of(
                        "Bearer " + random.nextLong(),
                        "Bearer \u00e9",
                        "Basic " + "A".repeat(random.nextInt(300)),
                        "Basic Og==",
                        "Basic bm9ib2R5Og==",
                        "Negotiate x",
                        "",
                        "null"))));
      }
    }

    private void headers(Map<String, String> headers) {
      for (OpenDoor.Parameter parameter : door.parameters()) {
        if (parameter.in().equals("header") && random.nextBoolean()) {
          headers.put(parameter.name(), told(parameter.name(), visible(pick(TEXTS))));
        }
      }
      if (oneIn(6)) {
        String name =
            pick(
                List.of(
                    "Accept",
                    "Accept-Language",
                    "Accept-Encoding",
                    "Idempotency-Key",
                    "If-Match",
                    "If-Modified-Since",
                    "Range",
                    "Cookie",
                    "Origin",
                    "Referer",
                    "Host",
                    "traceparent",
                    "X-Forwarded-For",
                    "X-Forwarded-Prefix",
                    "X-Original-URL",
                    "X-HTTP-Method-Override",
                    "Content-Encoding",
                    "Last-Event-ID"));
        headers.put(name, told(name, visible(pick(random.nextBoolean() ? TEXTS : PIECES))));
      }
    }

    private String target() {
      String path = door.path();
      StringBuilder query = new StringBuilder();
      for (OpenDoor.Parameter parameter : door.parameters()) {
        String name = parameter.name();
        String good = usual.get(name);
        switch (parameter.in()) {
          case "path" ->
              path =
                  path.replace(
                      "{" + name + "}",
                      oneIn(5) ? piece(name) : encoded(good == null ? "x" : good));
          case "query" -> {
            if (oneIn(3)) {
              query.append('&').append(name).append('=').append(piece(name));
            } else if (good != null && !oneIn(6)) {
              query.append('&').append(name).append('=').append(encoded(good));
            }
          }
          default -> {}
        }
      }
      if (oneIn(10)) {
        query.append('&').append(told("more", pick(PIECES))).append('=').append(pick(PIECES));
      }
      if (oneIn(25)) {
        path = told("path", trick(path));
      }
      return query.isEmpty() ? path : path + "?" + query.substring(1);
    }

    private String trick(String path) {
      int slash = path.indexOf('/', 1 + random.nextInt(Math.max(1, path.length() - 2)));
      int at = Math.max(0, slash);
      return switch (random.nextInt(8)) {
        case 0 -> path.substring(0, at) + "//" + path.substring(at);
        case 1 -> path.substring(0, at) + "/." + path.substring(at);
        case 2 -> path + "/";
        case 3 -> path + ";a=b/../x";
        case 4 -> "http://elsewhere.example" + path;
        case 5 -> path.toUpperCase(java.util.Locale.ROOT);
        case 6 -> path.substring(0, at) + "/%2e%2e" + path.substring(at);
        default -> path.replace("/api/", "/api/../api/") + ".json";
      };
    }

    private String piece(String name) {
      String odd =
          switch (random.nextInt(3)) {
            case 0 -> encoded(pick(TEXTS));
            case 1 -> pick(NUMBERS);
            default -> pick(PIECES);
          };
      return told(name, odd.length() > 3_000 ? odd.substring(0, 3_000) : odd);
    }

    private byte @Nullable [] unasked() {
      return oneIn(8) ? told("a body", pick(TEXTS)).getBytes(UTF_8) : null;
    }

    private String type() {
      return oneIn(8) ? told("type", pick(TYPES)) : String.valueOf(door.bodyType());
    }

    private byte[] body() {
      String json = json();
      boolean lines = "application/x-ndjson".equals(door.bodyType());
      if (lines) {
        json = json + "\n" + json() + (random.nextBoolean() ? "\n" : "");
      }
      byte[] bytes = json.getBytes(UTF_8);
      if (oneIn(6) && bytes.length > 0) {
        switch (random.nextInt(4)) {
          case 0 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
          case 1 -> {
            for (int i = 0; i <= random.nextInt(5); i++) {
              bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
          }
          case 2 -> bytes = (json + pick(List.of(json, "]", "\u0000", "{}"))).getBytes(UTF_8);
          default -> random.nextBytes(bytes);
        }
        told.add("its bytes spoilt");
      }
      return bytes;
    }

    private String json() {
      if (oneIn(12)) {
        int deep = 1 + random.nextInt(5_000);
        return told(
            "all of it",
            pick(
                List.of(
                    "",
                    "null",
                    "[]",
                    "\"x\"",
                    "[[{}]]",
                    "[".repeat(deep),
                    "{\"a\":".repeat(deep) + "1" + "}".repeat(deep),
                    "{\"a\":[" + "1,".repeat(deep) + "1]}",
                    "{" + "\"a\":1,".repeat(deep) + "\"a\":1}")));
      }
      int wrong = random.nextInt(4);
      List<String> names = new ArrayList<>(door.fields().keySet());
      Map<String, String> odd = new LinkedHashMap<>();
      for (int i = 0; i < wrong && !names.isEmpty(); i++) {
        String name = pick(names);
        odd.put(name, told(name, value()));
      }
      String missing = oneIn(5) && !names.isEmpty() ? told("missing", pick(names)) : "";
      String object = object("", odd, missing);
      if (oneIn(6)) {
        String more = quoted(pick(TEXTS)) + ":" + told("more", value());
        object = object.equals("{}") ? "{" + more + "}" : "{" + more + "," + object.substring(1);
      }
      return object;
    }

    /** What stands in the body below that prefix. */
    private String object(String prefix, Map<String, String> odd, String missing) {
      List<String> members = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : door.fields().entrySet()) {
        String path = field.getKey();
        if (!path.startsWith(prefix) || path.indexOf('.', prefix.length()) >= 0) {
          continue;
        }
        String name = path.substring(prefix.length());
        if (!path.equals(missing)) {
          String value = odd.get(path);
          members.add(
              quoted(name)
                  + ":"
                  + (value == null ? right(path, name, field.getValue(), odd, missing) : value));
        }
      }
      return "{" + String.join(",", members) + "}";
    }

    private String right(
        String path, String name, JsonNode schema, Map<String, String> odd, String missing) {
      if (schema.has("properties")) {
        return object(path + ".", odd, missing);
      }
      String known = usual.get(name);
      if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
        JsonNode choices = schema.path("enum");
        return quoted(choices.get(random.nextInt(choices.size())).asString());
      }
      return switch (schema.path("type").asString("string")) {
        case "integer" -> Integer.toString(random.nextInt(6));
        case "number" -> "35.85";
        case "boolean" -> Boolean.toString(random.nextBoolean());
        case "array" -> "[]";
        case "object" -> "{}";
        default -> known == null ? "null" : quoted(known);
      };
    }

    private String value() {
      return switch (random.nextInt(6)) {
        case 0 -> pick(NUMBERS);
        case 1 -> pick(List.of("null", "true", "false", "[]", "{}", "[null]", "[[]]", "{\"\":1}"));
        case 2 -> "[" + quoted(pick(TEXTS)) + "," + pick(NUMBERS) + "]";
        case 3 -> "{" + quoted(pick(TEXTS)) + ":" + quoted(pick(TEXTS)) + "}";
        default -> quoted(pick(TEXTS));
      };
    }

    private String told(String name, String odd) {
      told.add(name + " " + shown(odd));
      return odd;
    }

    private boolean oneIn(int many) {
      return random.nextInt(many) == 0;
    }

    private <T> T pick(List<T> of) {
      return of.get(random.nextInt(of.size()));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  /** No line ends in a header: that would be another request. */
  private static String visible(String text) {
    String one = text.replaceAll("[\\r\\n]", " ");
    return one.length() > 2_000 ? one.substring(0, 2_000) : one;
  }

  /**
   * With halves of characters spelt as JSON can and bytes cannot, and control characters so too.
   */
  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String shown(String text) {
    String quoted = quoted(text);
    return quoted.length() <= 70
        ? quoted
        : quoted.substring(0, 70) + "… (" + text.length() + " long)";
  }
}
