package barocall.city;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping in a YAML file, read key by key. What is wrong goes to a list with its line and reading
 * goes on with a stand-in, so that one run finds all problems; the stand-ins are thrown away with
 * the file.
 */
final class Section {
  private final String file;
  private final String title;
  private final int line;
  private final List<CityProblem> problems;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String file, String title, MappingNode node, List<CityProblem> problems) {
    this.file = file;
    this.title = title;
    this.problems = problems;
    line = lineOf(node);
    for (NodeTuple entry : node.getValue()) {
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (entries.containsKey(key)) {
        problem(
            lineOf(entry.getKeyNode()),
            "\"%s\" stands twice in %s".formatted(key, title),
            "Keep one of them; the first is in line %d.".formatted(lines.get(key)));
      } else {
        entries.put(key, entry.getValueNode());
        lines.put(key, lineOf(entry.getKeyNode()));
      }
    }
  }

  /** The top of a file; empty, with the problem in the list, if it is not YAML or no mapping. */
  static Optional<Section> top(String file, byte[] content, List<CityProblem> problems) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException notUtf8) {
      problems.add(
          new CityProblem(
              file, lineOfBadByte(content), "The file is not UTF-8", "Save it in UTF-8."));
      return Optional.empty();
    }
    LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
    try {
      Optional<Node> root =
          new Compose(settings).composeString(text.startsWith("\uFEFF") ? text.substring(1) : text);
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        return Optional.of(new Section(file, "the file", mapping, problems));
      }
      problems.add(
          new CityProblem(
              file,
              root.map(Section::lineOf).orElse(1),
              root.isPresent() ? "The file is not a list of keys and values" : "The file is empty",
              "Begin it with \"name:\"; docs/adding-a-city.md shows a whole file."));
    } catch (MarkedYamlEngineException broken) {
      problems.add(
          new CityProblem(
              file,
              broken.getProblemMark().map(it -> it.getLine() + 1).orElse(1),
              "This is not YAML: " + sentence(broken.getProblem()),
              "Look at indentation, quotes and colons in this line and the one before."));
    } catch (YamlEngineException broken) {
      problems.add(
          new CityProblem(
              file,
              1,
              "This is not YAML: " + sentence(broken.getMessage()),
              "Remove what an editor would not show, and split a file of more than 3 MB."));
    }
    return Optional.empty();
  }

  int line() {
    return line;
  }

  int line(String key) {
    return lines.getOrDefault(key, line);
  }

  boolean has(String key) {
    known.add(key);
    return entries.containsKey(key) && !isNothing(entries.get(key));
  }

  /** Whether something stands under the key, if it is a list, in the list. */
  boolean hasEntries(String key) {
    return has(key)
        && !(entries.get(key) instanceof SequenceNode list && list.getValue().isEmpty());
  }

  void problem(int atLine, String message, String remedy) {
    problems.add(new CityProblem(file, atLine, message, remedy));
  }

  /** Says which keys nobody asked for. Every key must have been asked for before. */
  void finish() {
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        problem(
            line(key),
            "\"%s\" is not known in %s".formatted(key, title),
            nearest(key, known)
                .map("Did you mean \"%s\"?"::formatted)
                .orElseGet(() -> "Remove it, or use one of: " + String.join(", ", known) + "."));
      }
    }
  }

  String text(String key) {
    return required(key, "a text").map(node -> scalar(key, node)).orElse("");
  }

  @Nullable String optionalText(String key) {
    return has(key) ? scalar(key, entries.get(key)) : null;
  }

  /** A text with a Korean and an English side, or one text for both. */
  Text bilingual(String key) {
    Node node = required(key, "a text in ko and en").orElse(null);
    if (node == null) {
      return new Text("", "");
    }
    if (node instanceof ScalarNode scalar) {
      return new Text(scalar.getValue(), scalar.getValue());
    }
    return section(key)
        .map(
            both -> {
              Text text = new Text(both.text("ko"), both.text("en"));
              both.finish();
              return text;
            })
        .orElse(new Text("", ""));
  }

  /** A text that something makes a value of; null, with the problem in the list, if it can't. */
  <T> @Nullable T value(
      String key, String expected, Function<String, Optional<T>> parse, String remedy) {
    if (required(key, expected).isEmpty()) {
      return null;
    }
    return parsed(key, expected, scalar(key, entries.get(key)), parse, remedy);
  }

  <T> T value(
      String key, String expected, Function<String, Optional<T>> parse, String remedy, T absent) {
    if (!has(key)) {
      return absent;
    }
    T value = parsed(key, expected, scalar(key, entries.get(key)), parse, remedy);
    return value == null ? absent : value;
  }

  private <T> @Nullable T parsed(
      String key,
      String expected,
      String written,
      Function<String, Optional<T>> parse,
      String remedy) {
    if (written.isEmpty()) {
      return null;
    }
    Optional<T> value = parse.apply(written);
    if (value.isEmpty()) {
      problem(
          line(key), "\"%s\" of %s is not %s: %s".formatted(key, title, expected, written), remedy);
    }
    return value.orElse(null);
  }

  int number(String key, int from, int absent) {
    return value(
        key,
        "a whole number from " + from,
        written -> whole(written).filter(it -> it >= from && it < 10_000).map(Long::intValue),
        "Write digits only.",
        absent);
  }

  long count(String key) {
    Long count =
        value(
            key,
            "a count",
            written -> whole(written).filter(it -> it >= 0),
            "Write digits only, without separators.");
    return count == null ? 0 : count;
  }

  private static Optional<Long> whole(String written) {
    return written.matches("[0-9]{1,15}") ? Optional.of(Long.valueOf(written)) : Optional.empty();
  }

  boolean yes(String key, boolean absent) {
    return value(
        key,
        "true or false",
        written ->
            switch (written) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            },
        "Write true or false.",
        absent);
  }

  @Nullable LocalDate date(String key) {
    return value(key, "a date", Section::dateOf, "Write it like 2026-05-25; the day must exist.");
  }

  @Nullable LocalTime time(String key) {
    return value(key, "a time of day", Section::timeOf, "Write it like \"08:30\", in quotes.");
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type, E absent) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      names.add(spelled(constant));
    }
    return value(
        key,
        "one of " + String.join(", ", names),
        written -> {
          int at = names.indexOf(written);
          return at < 0 ? Optional.empty() : Optional.of(type.getEnumConstants()[at]);
        },
        nearest(optionalOrEmpty(key), names)
            .map("Did you mean \"%s\"?"::formatted)
            .orElse("Write one of them."),
        absent);
  }

  private String optionalOrEmpty(String key) {
    return has(key) && entries.get(key) instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<LocalDate> dateOf(String written) {
    try {
      return Optional.of(LocalDate.parse(written));
    } catch (DateTimeParseException wrong) {
      return Optional.empty();
    }
  }

  static Optional<LocalTime> timeOf(String written) {
    if (written.equals("24:00")) {
      return Optional.of(LocalTime.MIDNIGHT);
    }
    try {
      return written.length() == 5 ? Optional.of(LocalTime.parse(written)) : Optional.empty();
    } catch (DateTimeParseException wrong) {
      return Optional.empty();
    }
  }

  /** A list of texts; one text alone is a list of one. Absent is empty. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Line<String> each : textLines(key)) {
      texts.add(each.value());
    }
    return texts;
  }

  /** What was read, and where it stands. */
  record Line<T>(T value, int line) {}

  List<Line<String>> textLines(String key) {
    if (!has(key)) {
      return List.of();
    }
    Node node = entries.get(key);
    List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
    List<Line<String>> texts = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Node item : items) {
      String text = scalar(key, item);
      if (!text.isEmpty() && !seen.add(text)) {
        problem(
            lineOf(item),
            "\"%s\" stands twice in \"%s\" of %s".formatted(text, key, title),
            "Keep one of them.");
      } else if (!text.isEmpty()) {
        texts.add(new Line<>(text, lineOf(item)));
      }
    }
    return texts;
  }

  Optional<Section> section(String key) {
    return required(key, "keys and values").flatMap(node -> sectionOf(key, node, title(key)));
  }

  Optional<Section> optionalSection(String key) {
    return has(key) ? section(key) : Optional.empty();
  }

  /** Reads each mapping of a list; an absent list is empty. */
  <T> List<Line<T>> list(String key, BiFunction<Section, String, @Nullable T> read) {
    if (!has(key)) {
      return List.of();
    }
    if (!(entries.get(key) instanceof SequenceNode list)) {
      problem(
          line(key),
          "\"%s\" of %s is not a list".formatted(key, title),
          "Begin each entry on a line of its own with \"- \".");
      return List.of();
    }
    List<Line<T>> values = new ArrayList<>();
    int number = 0;
    for (Node item : list.getValue()) {
      number++;
      String name = "\"%s\" no. %d".formatted(key, number);
      Optional<Section> section = sectionOf(key, item, name);
      if (section.isPresent()) {
        T value = read.apply(section.get(), name);
        section.get().finish();
        if (value != null) {
          values.add(new Line<>(value, lineOf(item)));
        }
      }
    }
    return values;
  }

  private Optional<Section> sectionOf(String key, Node node, String name) {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new Section(file, name, mapping, problems));
    }
    problem(
        lineOf(node),
        "%s has no keys and values".formatted(name),
        "Write them below \"%s:\", indented by two blanks.".formatted(key));
    return Optional.empty();
  }

  private String title(String key) {
    return title.equals("the file") ? "\"" + key + "\"" : "\"" + key + "\" of " + title;
  }

  private Optional<Node> required(String key, String expected) {
    if (has(key)) {
      return Optional.of(entries.get(key));
    }
    problem(
        line(key),
        "\"%s\" is missing in %s".formatted(key, title),
        "Add \"%s:\" with %s.".formatted(key, expected));
    return Optional.empty();
  }

  private String scalar(String key, Node node) {
    if (node instanceof ScalarNode scalar) {
      if (scalar.getValue().isBlank()) {
        problem(lineOf(node), "\"%s\" of %s is blank".formatted(key, title), "Write a text.");
      }
      return scalar.getValue().strip();
    }
    problem(
        lineOf(node),
        "\"%s\" of %s is not a single text".formatted(key, title),
        "Write one text behind the colon, in quotes if it has a colon in it.");
    return "";
  }

  private static boolean isNothing(@Nullable Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && (scalar.getValue().isEmpty()
            || scalar.getValue().equals("~")
            || scalar.getValue().equals("null"));
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(it -> it.getLine() + 1).orElse(1);
  }

  private static int lineOfBadByte(byte[] content) {
    int line = 1;
    int start = 0;
    for (int at = 0; at <= content.length; at++) {
      if (at == content.length || content[at] == '\n') {
        try {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, start, at - start));
        } catch (CharacterCodingException here) {
          return line;
        }
        line++;
        start = at + 1;
      }
    }
    return 1;
  }

  private static String sentence(@Nullable String problem) {
    return problem == null ? "it cannot be read" : problem.lines().findFirst().orElse("").strip();
  }

  /** The name that was probably meant: at most two letters off. */
  static Optional<String> nearest(String written, Iterable<String> names) {
    String best = null;
    int least = 3;
    for (String name : names) {
      int off = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (off < least && off < Math.max(written.length(), 2)) {
        best = name;
        least = off;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int distance(String left, String right) {
    int[] above = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] here = new int[right.length() + 1];
      here[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        here[column] =
            Math.min(Math.min(here[column - 1], above[column]) + 1, above[column - 1] + change);
      }
      above = here;
    }
    return above[right.length()];
  }
}
