package barocall.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import barocall.contract.Event;
import barocall.contract.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that no service should have written.
 *
 * @param what is wrong with it
 * @param mustBeRefused false where a reader may also make something of it
 */
record BadRecord(
    String what,
    byte[] key,
    byte @Nullable [] value,
    Map<String, byte @Nullable []> headers,
    boolean mustBeRefused) {

  /** Stands where a citizen's words would: no log and no reason may quote it. */
  static final String PLANTED = "심은말010-9753-1357";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int RANDOM_ONES = 12;

  /** As brokers have it, of a batch with one record; and what that has around key and value. */
  private static final int LARGEST_MESSAGE = 1_048_588;

  private static final int BATCH_BYTES = 61 + 24;
  private static final int HEADER_BYTES = 4;

  /** The table, for one topic. */
  static List<BadRecord> of(Event good, Event foreign, Random random) {
    return new Table(good, foreign, random).all();
  }

  /** So much of the table as every topic is worth once one has had it all: one in so many. */
  static List<BadRecord> some(List<BadRecord> table, int oneIn, Random random) {
    int from = random.nextInt(oneIn);
    return IntStream.range(0, table.size())
        .filter(i -> i == 0 || i % oneIn == from)
        .mapToObj(table::get)
        .toList();
  }

  private static final class Table {
    private final List<BadRecord> all = new ArrayList<>();
    private final Event good;
    private final byte[] key;
    private final byte[] value;
    private final Map<String, byte @Nullable []> headers = new LinkedHashMap<>();
    private final Event foreign;
    private final Random random;

    Table(Event good, Event foreign, Random random) {
      this.good = good;
      this.foreign = foreign;
      this.random = random;
      var record = EventCodec.encode(good, "bad-input", 1);
      key = record.key().getBytes(UTF_8);
      value = record.value();
      for (Header header : record.headers()) {
        headers.put(header.key(), header.value());
      }
    }

    List<BadRecord> all() {
      values();
      fields();
      headers();
      keys();
      sizes();
      chance();
      return all;
    }

    private void values() {
      refused("no value", (byte[]) null);
      refused("nothing", "");
      refused("cut off", text().substring(0, text().length() / 2));
      refused("no JSON", PLANTED);
      refused("null", "null");
      refused("a number", "7");
      refused("a text", "\"" + PLANTED + "\"");
      refused("a list", "[]");
      refused("a list of it", "[" + text() + "]");
      refused("an empty object", "{}");
      refused("zeros", new byte[64]);
      refused("deep lists", "[".repeat(100_000));
      refused(
          "deep in a field that nobody knows",
          with("\"unknown\":" + "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000)));
      refused("another event's value", EventCodec.json(foreign));
      refused("not UTF-8", broken(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0}));
      refused(
          "half a character in bytes", broken(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
      either("UTF-16", bytes(text(), StandardCharsets.UTF_16LE));
      either("UTF-32", bytes(text(), java.nio.charset.Charset.forName("UTF-32BE")));
      either("a byte order mark", bytes("\ufeff" + text(), UTF_8));
      either("two values", bytes(text() + text(), UTF_8));
      either("a field that nobody knows", bytes(with("\"unknown\":{\"a\":[1]}"), UTF_8));
      either("a field twice", bytes(with("\"at\":\"2020-01-01T00:00:00Z\""), UTF_8));
    }

    /** Every field as something that it cannot be, and some as something that no calendar holds. */
    private void fields() {
      ObjectNode whole = (ObjectNode) JSON.readTree(value);
      for (Map.Entry<String, JsonNode> field : whole.properties()) {
        String name = field.getKey();
        if (name.equals("erased")) {
          continue;
        }
        changed(
            name + " as a list of lists",
            it -> it.set(name, JSON.readTree("[[\"" + PLANTED + "\"]]")));
        if (field.getValue().isString()) {
          changed(name + " with half a character", it -> it.put(name, "a\ud800b"));
        }
      }
      if (whole.has("step")) {
        changed("no inquiry", it -> it.remove("inquiry"));
        changed("no step", it -> it.remove("step"));
        for (String step :
            List.of("-1", "2147483647", "2147483648", "1e999", "1.5", "null", "true")) {
          ObjectNode copy = whole.deepCopy();
          copy.set("step", JSON.readTree(step.equals("1e999") ? "0" : step));
          String json = JSON.writeValueAsString(copy);
          refused(
              "step " + step,
              step.equals("1e999") ? json.replace("\"step\":0", "\"step\":1e999") : json);
        }
        ObjectNode inquiry = (ObjectNode) whole.get("inquiry");
        for (Map.Entry<String, String> wrong :
            new TreeMap<>(
                    Map.of(
                        "inquiryId", "\"\"",
                        "city", "null",
                        "channel", "\"" + PLANTED + "\"",
                        "receivedAt", "\"+999999999-12-31T23:59:59Z\""))
                .entrySet()) {
          changed(
              "inquiry." + wrong.getKey() + " as " + wrong.getValue(),
              it ->
                  it.set(
                      "inquiry",
                      inquiry.deepCopy().set(wrong.getKey(), JSON.readTree(wrong.getValue()))));
        }
        changed(
            "half a character in the inquiry's category",
            it -> it.set("inquiry", inquiry.deepCopy().put("category", "\udc00")));
        either(
            "a city that nobody knows",
            bytes(text().replace("\"gyeongju\"", "\"" + PLANTED + "\""), UTF_8));
      }
      for (String at :
          List.of(
              "+999999999-12-31T23:59:59Z",
              "-999999999-01-01T00:00:00Z",
              "10000-01-01T00:00:00Z",
              "0000-01-01T00:00:00Z",
              "2026-02-30T25:61:61Z",
              "어제",
              "")) {
        changed("at " + at, it -> it.put("at", at));
      }
      changed("at as a number", it -> it.put("at", Long.MAX_VALUE));
      changed("no time", it -> it.remove("at"));
    }

    private void headers() {
      add("no headers", key, value, Map.of(), true);
      for (String name : List.of("ce_id", "ce_type", "ce_source", "ce_specversion")) {
        header("no " + name, name, it -> it.remove(name), true);
        header(name + " without a value", name, it -> it.put(name, null), true);
        header(name + " of bytes", name, it -> it.put(name, new byte[] {(byte) 0xff, 0, 1}), true);
      }
      header("another ce_id", "ce_id", it -> it.put("ce_id", bytes(PLANTED, UTF_8)), true);
      header(
          "a later version",
          "ce_type",
          it -> it.put("ce_type", bytes(good.topic().type().replace(".v1", ".v2"), UTF_8)),
          true);
      header(
          "another topic's type",
          "ce_type",
          it -> it.put("ce_type", bytes(foreign.topic().type(), UTF_8)),
          true);
      header(
          "version 9", "ce_specversion", it -> it.put("ce_specversion", bytes("9.0", UTF_8)), true);
      header(
          "ce_source no address",
          "ce_source",
          it -> it.put("ce_source", bytes(" %zz ", UTF_8)),
          true);
      header("ce_time no time", "ce_time", it -> it.put("ce_time", bytes(PLANTED, UTF_8)), false);
      header(
          "a whole cloud event by its content type",
          "content-type",
          it -> it.put("content-type", bytes("application/cloudevents+json", UTF_8)),
          false);
      for (String name :
          List.of(
              "content-type",
              "contentType",
              "traceparent",
              "tracestate",
              "spring_json_header_types",
              "spring.cloud.function.definition",
              "spring.cloud.stream.sendto.destination",
              "kafka_offset",
              "scst_nativeHeadersPresent",
              "deliveryAttempt",
              "id",
              "timestamp",
              "barocall_reason",
              "barocall_origin",
              "barocall_sent_again")) {
        header("a strange " + name, name, it -> it.put(name, bytes("{\"" + PLANTED, UTF_8)), false);
        header("an empty " + name, name, it -> it.put(name, null), false);
      }
      Map<String, byte @Nullable []> marked = new LinkedHashMap<>(headers);
      marked.put("barocall_sent_again", bytes("2026-01-01T00:00:00Z", UTF_8));
      marked.put("barocall_origin", bytes("call-received-0@0", UTF_8));
      add("garbage that calls itself sent again", key, bytes("{", UTF_8), marked, true);
    }

    /** Records without a key are refused by the broker itself: the topics are compacted. */
    private void keys() {
      add("an empty key", new byte[0], bytes("{", UTF_8), headers, true);
      add(
          "a key of bytes",
          new byte[] {(byte) 0xff, 0, (byte) 0xfe},
          bytes("{", UTF_8),
          headers,
          true);
      add("another's key", bytes("gyeongju-nobody/0", UTF_8), value, headers, false);
    }

    private void sizes() {
      refused("a field of 700 kB", with("\"unknown\":\"" + "x".repeat(700_000) + "\""));
      refused("as large as a topic takes", "x".repeat(largest()));
      refused("a bomb of 8 MB", "[" + " ".repeat(8 << 20));
    }

    /** So long a value that there is no room for one more header. */
    private int largest() {
      int around = BATCH_BYTES + key.length;
      for (Map.Entry<String, byte @Nullable []> header : headers.entrySet()) {
        byte[] said = header.getValue();
        around += header.getKey().length() + (said == null ? 0 : said.length) + HEADER_BYTES;
      }
      return LARGEST_MESSAGE - around;
    }

    private void chance() {
      for (int i = 0; i < RANDOM_ONES; i++) {
        byte[] bytes = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(bytes);
        refused("random bytes " + i, bytes);
      }
      for (int i = 0; i < RANDOM_ONES; i++) {
        byte[] bytes = value.clone();
        for (int change = 0; change <= random.nextInt(4); change++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        add("changed bytes " + i, key, bytes, headers, false);
      }
    }

    private String text() {
      return new String(value, UTF_8);
    }

    /** The good value with members more. */
    private String with(String members) {
      return text().substring(0, text().length() - 1) + "," + members + "}";
    }

    private byte[] broken(byte[] piece) {
      byte[] front = bytes(text().substring(0, text().length() - 1) + ",\"unknown\":\"", UTF_8);
      byte[] whole = java.util.Arrays.copyOf(front, front.length + piece.length + 2);
      System.arraycopy(piece, 0, whole, front.length, piece.length);
      whole[whole.length - 2] = '"';
      whole[whole.length - 1] = '}';
      return whole;
    }

    private void changed(String what, Consumer<ObjectNode> change) {
      ObjectNode copy = (ObjectNode) JSON.readTree(value);
      change.accept(copy);
      refused(what, escaped(JSON.valueToTree(copy).toString()));
    }

    /** Halves of characters as JSON can spell them; bytes cannot. */
    private static String escaped(String json) {
      StringBuilder escaped = new StringBuilder();
      for (int i = 0; i < json.length(); i++) {
        char c = json.charAt(i);
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < json.length()
                && Character.isLowSurrogate(json.charAt(i + 1));
        if (pair) {
          escaped.append(c).append(json.charAt(++i));
        } else if (Character.isSurrogate(c)) {
          escaped.append("\\u%04x".formatted((int) c));
        } else {
          escaped.append(c);
        }
      }
      return escaped.toString();
    }

    private void header(
        String what,
        String name,
        Consumer<Map<String, byte @Nullable []>> change,
        boolean refused) {
      Map<String, byte @Nullable []> changed = new LinkedHashMap<>(headers);
      change.accept(changed);
      add("header " + name + ": " + what, key, value, changed, refused);
    }

    private void refused(String what, String bad) {
      refused(what, bytes(bad, UTF_8));
    }

    private void refused(String what, byte @Nullable [] bad) {
      add(what, key, bad, headers, true);
    }

    private void either(String what, byte[] bad) {
      add(what, key, bad, headers, false);
    }

    private void add(
        String what,
        byte[] key,
        byte @Nullable [] value,
        Map<String, byte @Nullable []> headers,
        boolean refused) {
      all.add(new BadRecord(what, key, value, headers, refused));
    }

    private static byte[] bytes(String text, java.nio.charset.Charset charset) {
      return text.getBytes(charset);
    }
  }
}
