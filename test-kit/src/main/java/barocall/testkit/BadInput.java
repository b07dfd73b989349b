package barocall.testkit;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request that nobody should send.
 *
 * @param what is wrong with it
 * @param manner how it is sent
 * @param mustBeRefused false where a door may also make something of it
 */
record BadInput(String what, byte[] request, Manner manner, boolean mustBeRefused) {
  /** A telephone number that a caller might give: no problem and no log may show it. */
  static final String PLANTED_NUMBER = "010-9753-1357";

  static final String PLANTED_MAIL = "planted-9753@example.org";
  static final String PLANTED_NAME = "심은이름";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  enum Manner {
    WHOLE,
    /** Less than it said, and then the end. */
    HALF,
    /** Less than it said, and nobody waits for the answer. */
    LEFT
  }

  /** What stands in an odd place of an address, as it is written there. */
  private static final List<String> ODD =
      List.of(
          "%00",
          "..",
          "%2e%2e",
          "..%2f..%2fetc%2fpasswd",
          "%252e%252e%252f",
          "%",
          "%zz",
          "%ff%fe",
          "%ED%A0%80",
          "%F0%9F%98%80",
          "가로수",
          "%20",
          "%0d%0aSet-Cookie:a=b",
          "-1",
          "99999999999999999999",
          "1e999",
          "NaN",
          "null",
          "%7B%22%24gt%22%3A%22%22%7D",
          "${jndi:ldap://127.0.0.1/a}",
          "<script>",
          "'%20or%20'1'='1",
          ";a=b",
          "a;b",
          "[]",
          "{x}",
          "^|`\\",
          "*",
          "+999999999-12-31",
          "%2B999999999-12-31",
          "-999999999-01-01",
          "0000-00-00",
          "2026-02-30",
          "2026-13-45T25:61:61Z",
          "9999-12-31T23:59:59.999999999%2B18:00",
          "x".repeat(3_000),
          "%F0%9F%98%80".repeat(200));

  /** What stands in a field of a body, as JSON. */
  private static final List<String> ODD_JSON =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e999",
          "-1e999",
          "1e-999",
          "123456789012345678901234567890",
          "9223372036854775807",
          "2147483648",
          "-2147483648",
          "NaN",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"a\\udc00b\"",
          "\"\\u202e\\u200b\\ufeff\"",
          "\"😀\"",
          "\"e\u0301가\"",
          "\"" + "x".repeat(201) + "\"",
          "\"" + "가".repeat(20_001) + "\"",
          "\"" + "x".repeat(100_000) + "\"",
          "\"" + "\\ud83d\\ude00".repeat(5_000) + "\"",
          "\"pigeon\"",
          "\"../../etc/passwd\"",
          "\"${jndi:ldap://127.0.0.1/a}\"",
          "\"<script>alert(1)</script>\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"0000-01-01T00:00:00Z\"",
          "\"1899-12-31T23:59:59Z\"",
          "\"2026-02-30T25:61:61Z\"",
          "\"9999-12-31T23:59:59.999999999+18:00\"",
          "\"2026-01-05T14:05:00\"",
          "[]",
          "[1]",
          "[[[[[[[[[[]]]]]]]]]]",
          "[\"" + PLANTED_NUMBER + "\"]",
          "{}",
          "{\"$gt\":\"\"}",
          "{\"@class\":\"java.lang.Runtime\"}",
          "{\"" + PLANTED_NUMBER + "\":1}",
          "\"" + PLANTED_NUMBER + "\"",
          "\"" + PLANTED_MAIL + "\"");

  /** The table of one door, or one in so many of it, and so many random ones. */
  static List<BadInput> of(
      OpenDoor door,
      Map<String, String> fill,
      Map<String, String> example,
      String authorization,
      int oneIn,
      int randomOnes,
      Random random) {
    return new Table(door, fill, example, authorization, random).all(oneIn, randomOnes);
  }

  private static final class Table {
    private final List<BadInput> all = new ArrayList<>();
    private final OpenDoor door;
    private final Map<String, String> fill;
    private final Map<String, String> example;
    private final String authorization;
    private final Random random;
    private final String target;

    Table(
        OpenDoor door,
        Map<String, String> fill,
        Map<String, String> example,
        String authorization,
        Random random) {
      this.door = door;
      this.fill = fill;
      this.example = example;
      this.authorization = authorization;
      this.random = random;
      this.target = target(Map.of()) + query(Map.of());
    }

    List<BadInput> all(int oneIn, int randomOnes) {
      strangers();
      addresses();
      if (door.bodyType() != null) {
        bodies();
        types();
        lengths();
      } else {
        unaskedBody();
      }
      if (oneIn > 1) {
        int from = random.nextInt(oneIn);
        List<BadInput> some =
            IntStream.range(0, all.size())
                .filter(i -> i % oneIn == from)
                .mapToObj(all::get)
                .toList();
        all.clear();
        all.addAll(some);
      }
      for (int i = 0; i < randomOnes; i++) {
        chance(i);
      }
      return all;
    }

    /** Whoever shows nothing, or something that is no proof of anything. */
    private void strangers() {
      byte[] body = door.bodyType() == null ? null : bytes(good());
      for (String proof :
          new String[] {
            "Bearer",
            "Bearer ",
            "Bearer " + "x".repeat(6_000),
            "Bearer a b c",
            "Basic",
            "Basic !!!",
            "Basic " + "=".repeat(40),
            "Basic OjpA",
            "Basic AAAA",
            "Digest username=\"" + PLANTED_NAME + "\"",
            "\u00ff\u00fe",
            ","
          }) {
        stranger("who shows \"" + cut(proof) + "\"", Map.of("Authorization", proof), target, body);
      }
      stranger("nobody", Map.of(), target, body);
      for (String cookie :
          List.of("barocall_session=", "barocall_session=a.b.c", "=;=;;", "\u00ff", "a")) {
        stranger("the cookie " + cookie, Map.of("Cookie", cookie), target, body);
      }
      stranger(
          "the cookie of a long line",
          Map.of("Cookie", "barocall_session=" + "A".repeat(5_000)),
          target,
          body);
    }

    private void addresses() {
      byte[] body = door.bodyType() == null ? null : bytes(good());
      for (OpenDoor.Parameter parameter : door.parameters()) {
        for (String odd : ODD) {
          String what = parameter.in() + " " + parameter.name() + " as " + cut(odd);
          switch (parameter.in()) {
            case "path" ->
                own(what, Map.of(), target(Map.of(parameter.name(), odd)) + query(Map.of()), body);
            case "query" ->
                own(what, Map.of(), target(Map.of()) + query(Map.of(parameter.name(), odd)), body);
            default -> own(what, Map.of(parameter.name(), odd), target, body);
          }
        }
        if (parameter.in().equals("query")) {
          String twice = parameter.name() + "=a&" + parameter.name() + "=b&" + parameter.name();
          own(
              "query " + parameter.name() + " many times",
              Map.of(),
              target(Map.of()) + "?" + twice,
              body);
        }
      }
      if (door.parameters().stream().anyMatch(it -> it.name().equals("from"))) {
        for (String period :
            List.of(
                "from=2026-01-02&to=2026-01-01",
                "from=2026-01-02&to=2026-01-02",
                "from=0001-01-01&to=9999-12-31&step=minute",
                "from=-999999999-01-01&to=%2B999999999-12-31&step=month",
                "from=2026-01-01T00:00&to=2026-01-01",
                "from=&to=",
                "from=2026-01-01")) {
          own("the period " + period, Map.of(), target(Map.of()) + "?" + period, body);
        }
      }
      for (String odd :
          List.of(
              "?",
              "?&&==",
              "?[",
              "?%",
              "?%zz=%zz",
              "?a[]=1",
              "?limit=-1",
              "?limit=99999999999&page=-1",
              "?lang=%00",
              "?lang=xx-YY-zz",
              "?_csrf=a",
              "?=" + "a".repeat(2_000),
              "//",
              "/%2e%2e/",
              "/.",
              ";jsessionid=1",
              "#a")) {
        own("an address that ends in " + cut(odd), Map.of(), target(Map.of()) + odd, body);
      }
      for (String accept :
          List.of(
              "",
              "rubbish",
              "*",
              "image/png",
              "text/html;q=x",
              "application/json;q=2",
              "text/csv",
              "a/b,".repeat(200) + "a/b",
              "text/event-stream,text/html",
              "application/xml")) {
        own("who accepts " + cut(accept), Map.of("Accept", accept), target, body);
      }
      for (String[] header :
          new String[][] {
            {"Accept-Language", "xx-\u00ff;q=z"},
            {"Accept-Language", "ko,".repeat(500) + "en"},
            {"Last-Event-ID", "\u00ff-1 \t x"},
            {"Idempotency-Key", " "},
            {"Idempotency-Key", "가\u00ff\u0001"},
            {"Idempotency-Key", "k".repeat(5_000)},
            {"If-None-Match", "\"\"\""},
            {"Range", "bytes=5-1,-9,x"},
            {"traceparent", "00-zz-zz-zz"},
            {"baggage", "=".repeat(500)},
            {"X-Forwarded-For", "999.1.1.1, \u00ff"},
            {"X-Forwarded-Host", "[::::"},
            {"X-Forwarded-Port", "99999999"},
            {"X-Forwarded-Proto", "gopher"},
            {"Forwarded", "for=;proto=;host=\""},
            {"Origin", "null://["},
            {"X-HTTP-Method-Override", "TRACE"},
            {"Expect", "200-maybe"},
            {"Content-Encoding", "gzip"},
            {"Upgrade", "h2c"}
          }) {
        own(
            "the header " + header[0] + " of " + cut(header[1]),
            Map.of(header[0], header[1]),
            target,
            body);
      }
      for (String method :
          List.of("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "X")) {
        add(
            "the method " + method,
            Manner.WHOLE,
            RawHttp.request(method, target, proven(Map.of()), null));
      }
    }

    private void bodies() {
      String good = good();
      for (String body :
          List.of(
              "",
              " ",
              "true",
              "7",
              "\"" + PLANTED_NUMBER + "\"",
              "[]",
              "[" + good + "]",
              "{",
              "{\"",
              "}",
              good.substring(0, good.length() / 2),
              "{" + PLANTED_NUMBER + "}",
              "{'a':1}",
              "{\"a\":1,}",
              "{\"a\" 1}",
              "// a\n{}",
              "<form>" + PLANTED_NUMBER + "</form>",
              "text=a&contact=" + PLANTED_NUMBER,
              "[".repeat(20_000),
              "{\"a\":".repeat(20_000),
              "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}",
              "\u0000\u0001\u0002",
              good.replace("\"", "\\u0022"),
              "{\"a\":\"\\x\"}",
              "{\"a\":\"\u0001\"}")) {
        nonsense("the body " + cut(body), bytes(body));
      }
      for (String body :
          List.of(
              "null",
              "{}",
              good + good,
              good + "]",
              "\ufeff" + good,
              "{\"a\":\"\\ud800\"}",
              "{\"\\ud800\":1}",
              "{\"a\":\"" + "x".repeat(300_000) + "\"}",
              "{\"" + "x".repeat(60_000) + "\":1}",
              "{\"a\":" + "9".repeat(2_000) + "}",
              "{\"a\":1" + ",\"a\":1".repeat(5_000) + "}",
              withMembers(
                  good, "\"__proto__\":{},\"constructor\":{},\"@type\":\"java.lang.Runtime\""),
              twice(good))) {
        body("the body " + cut(body), body);
      }
      own("UTF-16", typed(door.bodyType()), target, good.getBytes(UTF_16LE));
      own(
          "UTF-16 that says so",
          typed(door.bodyType() + ";charset=UTF-16LE"),
          target,
          good.getBytes(UTF_16LE));
      own(
          "Latin-1 that says so",
          typed(door.bodyType() + ";charset=iso-8859-1"),
          target,
          bytes(good));
      own(
          "a charset that nobody knows",
          typed(door.bodyType() + ";charset=x-nothing"),
          target,
          bytes(good));
      nonsense("bytes that are not UTF-8", spoilt(good, new byte[] {(byte) 0xff, (byte) 0xfe}));
      own(
          "half a character in bytes",
          typed(door.bodyType()),
          target,
          spoilt(good, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
      own(
          "a packed body that is none",
          with(typed(door.bodyType()), "Content-Encoding", "gzip"),
          target,
          bytes(good));
    }

    private void types() {
      for (String type :
          List.of(
              "text/plain",
              "application/xml",
              "application/x-www-form-urlencoded",
              "multipart/form-data",
              "multipart/form-data; boundary=x",
              "application/octet-stream",
              "application/json; boundary=\"",
              "application/*",
              "*/*",
              "rubbish",
              "a/b;c",
              "/",
              "",
              "application/vnd.api+json",
              "application/x-ndjson")) {
        own("as \"" + type + "\"", Map.of("Content-Type", type), target, bytes(good()));
      }
      own("without a type", Map.of(), target, bytes(good()));
    }

    /** Bodies that are not as long as they say. */
    private void lengths() {
      byte[] good = bytes(good());
      Map<String, String> longer =
          with(typed(door.bodyType()), "Content-Length", String.valueOf(good.length + 500));
      add(
          "half a body and then the end",
          Manner.HALF,
          RawHttp.request(door.method(), target, proven(longer), good));
      add(
          "half a body and nobody there",
          Manner.LEFT,
          RawHttp.request(door.method(), target, proven(longer), good));
      for (String length :
          List.of("-1", "x", "99999999999999999999", "9223372036854775807", "300000", "0")) {
        add(
            "a length of " + length,
            Manner.HALF,
            RawHttp.request(
                door.method(),
                target,
                proven(with(typed(door.bodyType()), "Content-Length", length)),
                good));
      }
      add(
          "chunks that are none",
          Manner.HALF,
          RawHttp.request(
              door.method(),
              target,
              proven(with(typed(door.bodyType()), "Transfer-Encoding", "chunked")),
              bytes("zz\r\n" + good() + "\r\n")));
      add(
          "chunks without an end",
          Manner.HALF,
          RawHttp.request(
              door.method(),
              target,
              proven(with(typed(door.bodyType()), "Transfer-Encoding", "chunked")),
              bytes(Integer.toHexString(good.length) + "\r\n" + good() + "\r\n")));
    }

    private void unaskedBody() {
      own(
          "a body that nobody asked for",
          typed("application/json"),
          target,
          bytes("{\"a\":\"" + PLANTED_NUMBER + "\"}"));
      own("rubbish that nobody asked for", Map.of("Content-Type", "x"), target, bytes("\u0000"));
    }

    private void chance(int number) {
      String what = "random " + number + ": ";
      List<String> fields = List.copyOf(door.fields().keySet());
      if (door.bodyType() == null || random.nextInt(5) == 0) {
        Map<String, String> path = new LinkedHashMap<>();
        Map<String, String> query = new LinkedHashMap<>();
        Map<String, String> headers = new LinkedHashMap<>();
        for (OpenDoor.Parameter parameter : door.parameters()) {
          if (random.nextBoolean()) {
            String odd = random.nextBoolean() ? pick(ODD) : noise();
            switch (parameter.in()) {
              case "path" -> path.put(parameter.name(), odd);
              case "query" -> query.put(parameter.name(), odd);
              default -> headers.put(parameter.name(), odd);
            }
          }
        }
        byte[] body = door.bodyType() == null ? null : bytes(good());
        own(
            what + path.keySet() + query.keySet() + headers.keySet(),
            headers,
            target(path) + query(query),
            body);
      } else if (fields.isEmpty() || random.nextInt(6) == 0) {
        byte[] bytes = bytes(good());
        for (int change = 0; change <= random.nextInt(6); change++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        if (random.nextInt(4) == 0) {
          bytes = new byte[random.nextInt(400)];
          random.nextBytes(bytes);
        }
        own(what + "bytes", typed(door.bodyType()), target, bytes);
      } else {
        Map<String, String> changed = new LinkedHashMap<>();
        for (int change = 0; change <= random.nextInt(3); change++) {
          changed.put(pick(fields), pick(ODD_JSON));
        }
        StringBuilder said = new StringBuilder(what);
        changed.forEach(
            (field, odd) -> said.append(field).append(" as ").append(cut(odd)).append(", "));
        body(said.toString(), good(changed));
      }
    }

    /** A path of the door with these values as they are written, and the usual ones elsewhere. */
    private String target(Map<String, String> odd) {
      String path = door.path();
      for (OpenDoor.Parameter parameter : door.parameters()) {
        if (parameter.in().equals("path")) {
          String usual = encoded(fill.getOrDefault(parameter.name(), "x"));
          path =
              path.replace("{" + parameter.name() + "}", odd.getOrDefault(parameter.name(), usual));
        }
      }
      return path;
    }

    private String query(Map<String, String> odd) {
      StringBuilder query = new StringBuilder();
      for (OpenDoor.Parameter parameter : door.parameters()) {
        String value = odd.get(parameter.name());
        if (value == null && fill.containsKey(parameter.name())) {
          value = encoded(fill.get(parameter.name()));
        }
        if (parameter.in().equals("query") && value != null) {
          query
              .append(query.isEmpty() ? "?" : "&")
              .append(parameter.name())
              .append('=')
              .append(value);
        }
      }
      return query.toString();
    }

    private String good() {
      return good(Map.of());
    }

    /** A body that could be taken, with these fields as they are written. */
    private String good(Map<String, String> odd) {
      ObjectNode body = JSON.createObjectNode();
      Map<String, String> marks = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : door.fields().entrySet()) {
        String[] steps = field.getKey().split("\\.", -1);
        ObjectNode at = body;
        for (int i = 0; i < steps.length - 1; i++) {
          at = at.get(steps[i]) instanceof ObjectNode inner ? inner : JSON.createObjectNode();
        }
        String last = steps[steps.length - 1];
        String given = odd.get(field.getKey());
        if (given != null) {
          String mark = "odd-" + marks.size() + "-value";
          marks.put("\"" + mark + "\"", given);
          at.put(last, mark);
        } else if (field.getValue().has("properties")) {
          at.putObject(last);
        } else {
          usual(at, last, field.getValue());
        }
      }
      String json = JSON.writeValueAsString(body);
      for (Map.Entry<String, String> mark : marks.entrySet()) {
        json = json.replace(mark.getKey(), mark.getValue());
      }
      return json;
    }

    private void usual(ObjectNode at, String field, JsonNode schema) {
      String known = example.get(field);
      if (known != null) {
        at.set(field, JSON.readTree(known));
        return;
      }
      switch (schema.path("type").asString("string")) {
        case "integer", "number" -> at.put(field, 3);
        case "boolean" -> at.put(field, false);
        case "array" -> at.putArray(field);
        default -> at.put(field, "x");
      }
    }

    private String noise() {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      return random.nextBoolean()
          ? URLEncoder.encode(new String(bytes, UTF_8), UTF_8)
          : URLEncoder.encode(
                  new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1), UTF_8)
              .replace("%C2", "%C");
    }

    private String pick(List<String> of) {
      return of.get(random.nextInt(of.size()));
    }

    private void body(String what, String body) {
      own(what, typed(door.bodyType()), target, bytes(body));
    }

    /** From whoever may enter. */
    private void own(
        String what, Map<String, String> headers, String target, byte @Nullable [] body) {
      plain(what, proven(headers), target, body);
    }

    private void plain(
        String what, Map<String, String> headers, String target, byte @Nullable [] body) {
      Map<String, String> sent =
          body == null || headers.containsKey("Content-Type") || what.equals("without a type")
              ? headers
              : with(headers, "Content-Type", String.valueOf(door.bodyType()));
      add(what, Manner.WHOLE, RawHttp.request(door.method(), target, sent, body));
    }

    /** From whoever may enter, but no JSON; lines are refused one by one, in an answer of 200. */
    private void nonsense(String what, byte[] body) {
      Map<String, String> headers = proven(typed(door.bodyType()));
      boolean lines = "application/x-ndjson".equals(door.bodyType());
      all.add(
          new BadInput(
              what, RawHttp.request(door.method(), target, headers, body), Manner.WHOLE, !lines));
    }

    private void stranger(
        String what, Map<String, String> headers, String target, byte @Nullable [] body) {
      Map<String, String> sent =
          body == null ? headers : with(headers, "Content-Type", String.valueOf(door.bodyType()));
      all.add(
          new BadInput(
              what, RawHttp.request(door.method(), target, sent, body), Manner.WHOLE, true));
    }

    private void add(String what, Manner manner, byte[] request) {
      all.add(new BadInput(what, request, manner, false));
    }

    private Map<String, String> proven(Map<String, String> headers) {
      return with(headers, "Authorization", authorization);
    }

    private static Map<String, String> typed(@Nullable String type) {
      return Map.of("Content-Type", String.valueOf(type));
    }

    private static Map<String, String> with(
        Map<String, String> headers, String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return more;
    }

    private static String withMembers(String good, String members) {
      String open = good.substring(0, good.length() - 1);
      return open + (open.length() > 1 ? "," : "") + members + "}";
    }

    /** Every member a second time, with another value. */
    private static String twice(String good) {
      ObjectNode again = (ObjectNode) JSON.readTree(good);
      again.propertyNames().stream().toList().forEach(name -> again.put(name, PLANTED_NUMBER));
      return withMembers(good, JSON.writeValueAsString(again).replaceAll("^\\{|}$", ""))
          .replace(",}", "}");
    }

    private static byte[] spoilt(String good, byte[] piece) {
      byte[] front = bytes(withMembers(good, "\"text\":\""));
      byte[] all = java.util.Arrays.copyOf(front, front.length + piece.length + 1);
      System.arraycopy(piece, 0, all, front.length - 1, piece.length);
      all[all.length - 2] = '"';
      all[all.length - 1] = '}';
      return all;
    }

    private static byte[] bytes(String text) {
      return text.getBytes(UTF_8);
    }

    private static String encoded(String value) {
      return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }

    private static String cut(String text) {
      return text.length() <= 60 ? text : text.substring(0, 60) + "… (" + text.length() + ")";
    }
  }
}
