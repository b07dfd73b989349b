package barocall.traffic;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * Reads a {@link Format} from its YAML file; what is wrong with it is said with file, line and
 * remedy.
 */
final class FormatFile {

  /** The ways that an inquiry may have come, as the doors call them. */
  static final List<String> CHANNELS =
      List.of(
          "telephone",
          "web",
          "mobile",
          "sms",
          "fax",
          "email",
          "counter",
          "crew",
          "open311",
          "other");

  private static final List<String> ENDS =
      List.of("answered", "done", "connected", "cancelled", "referred", "undescribed");

  private static final List<String> KEYS =
      List.of("timeZone", "encoding", "separator", "dates", "columns", "channels", "ends");

  private static final String FRACTION = "[.S]";

  private final String file;

  private FormatFile(String file) {
    this.file = file;
  }

  /**
   * The format of that name in the folder, or the one at that path.
   *
   * @throws TrafficException if there is none, or it can't be read
   */
  static Format find(String nameOrPath, Path folder) {
    Path named = folder.resolve(nameOrPath + ".yml");
    if (!nameOrPath.contains("/") && Files.isRegularFile(named)) {
      return read(named);
    }
    Path path = Path.of(nameOrPath);
    if (Files.isRegularFile(path)) {
      return read(path);
    }
    throw new TrafficException(
        "There is no format %s: name one of %s, or give the path of a format file."
            .formatted(nameOrPath, namesIn(folder)));
  }

  private static String namesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "those in " + folder + " (which is not there)";
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yml"))
          .map(name -> name.substring(0, name.length() - ".yml".length()))
          .sorted()
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      throw new TrafficException(
          "The folder of formats %s can't be read: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * The format in that file.
   *
   * @throws TrafficException if it can't be read or says something that no format can mean
   */
  static Format read(Path path) {
    String yaml;
    try {
      yaml = Files.readString(path);
    } catch (MalformedInputException e) {
      throw new TrafficException("%s is not in UTF-8: save it as UTF-8.".formatted(path), e);
    } catch (IOException e) {
      throw new TrafficException("%s can't be read: %s.".formatted(path, e.getMessage()), e);
    }
    String name = path.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return new FormatFile(path.toString()).parse(name, yaml);
  }

  private Format parse(String name, String yaml) {
    Node root = compose(yaml);
    Map<String, Node> parts = children(root, "the format");
    parts.keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw wrong(parts.get(key), "'%s' is no part of a format; use %s", key, KEYS);
            });
    Map<Format.Field, List<String>> columns = columns(needed(root, parts, "columns"));
    for (Format.Field field : Format.Field.values()) {
      if (field.required() && !columns.containsKey(field)) {
        throw wrong(
            parts.get("columns"), "no column for '%s'; add one under columns", label(field));
      }
    }
    return new Format(
        name,
        file,
        timeZone(needed(root, parts, "timeZone")),
        charset(Optional.ofNullable(parts.get("encoding"))),
        separator(Optional.ofNullable(parts.get("separator"))),
        dates(needed(root, parts, "dates")),
        columns,
        meanings(Optional.ofNullable(parts.get("channels")), "channel", CHANNELS),
        meanings(Optional.ofNullable(parts.get("ends")), "end", ENDS));
  }

  private Node compose(String yaml) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(false).build();
    try {
      return new Compose(settings)
          .composeString(yaml)
          .orElseThrow(
              () ->
                  new TrafficException(
                      "%s is empty: see docs/adding-a-format.md.".formatted(file)));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new TrafficException(
          "%s:%d: this is not YAML (%s); mend the line."
              .formatted(file, line, e.getProblem().strip()),
          e);
    } catch (YamlEngineException e) {
      throw new TrafficException("%s: this is not YAML: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private Node needed(Node root, Map<String, Node> parts, String key) {
    Node node = parts.get(key);
    if (node == null) {
      throw wrong(
          root, "'%s' is missing; add it (docs/adding-a-format.md says what it means)", key);
    }
    return node;
  }

  private ZoneId timeZone(Node node) {
    try {
      return ZoneId.of(text(node));
    } catch (DateTimeException e) {
      throw wrong(node, "'%s' is no time zone; write one like America/New_York", text(node));
    }
  }

  private Charset charset(Optional<Node> node) {
    if (node.isEmpty()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(text(node.get()));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw wrong(node.get(), "'%s' is no encoding; write one like UTF-8", text(node.get()));
    }
  }

  private char separator(Optional<Node> node) {
    if (node.isEmpty()) {
      return ',';
    }
    String separator = text(node.get());
    if (separator.length() != 1 || separator.equals("\"")) {
      throw wrong(node.get(), "the separator must be one character, such as ';' or \"\\t\"");
    }
    return separator.charAt(0);
  }

  private List<DateTimeFormatter> dates(Node node) {
    List<DateTimeFormatter> dates = new ArrayList<>();
    for (Node pattern : items(node)) {
      try {
        dates.add(
            shape(text(pattern))
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT));
      } catch (IllegalArgumentException e) {
        throw wrong(
            pattern, "'%s' is no date pattern; write one like M/d/yyyy h:mm:ss a", text(pattern));
      }
    }
    if (dates.isEmpty()) {
      throw wrong(node, "no date pattern; write one like M/d/yyyy h:mm:ss a");
    }
    return List.copyOf(dates);
  }

  /** {@code [.S]} is a part of a second of any length, for which patterns have no letter. */
  private static DateTimeFormatterBuilder shape(String pattern) {
    DateTimeFormatterBuilder shape = new DateTimeFormatterBuilder().parseCaseInsensitive();
    String rest = pattern;
    for (int at = rest.indexOf(FRACTION); at >= 0; at = rest.indexOf(FRACTION)) {
      shape.appendPattern(rest.substring(0, at));
      shape.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true);
      rest = rest.substring(at + FRACTION.length());
    }
    return shape.appendPattern(rest);
  }

  private Map<Format.Field, List<String>> columns(Node node) {
    Map<Format.Field, List<String>> columns = new EnumMap<>(Format.Field.class);
    children(node, "columns")
        .forEach(
            (key, names) -> {
              Format.Field field =
                  Arrays.stream(Format.Field.values())
                      .filter(known -> label(known).equals(key))
                      .findFirst()
                      .orElseThrow(
                          () ->
                              wrong(
                                  names,
                                  "'%s' is no field; use %s",
                                  key,
                                  Arrays.stream(Format.Field.values())
                                      .map(FormatFile::label)
                                      .toList()));
              List<String> spellings = items(names).stream().map(this::text).toList();
              if (spellings.isEmpty() || spellings.stream().anyMatch(s -> plainIsEmpty(s))) {
                throw wrong(names, "'%s' names no column; write its name in the file", key);
              }
              columns.put(field, spellings);
            });
    return columns;
  }

  private static boolean plainIsEmpty(String spelling) {
    return ColumnName.plain(spelling).isEmpty();
  }

  private Map<String, String> meanings(Optional<Node> node, String what, List<String> known) {
    Map<String, String> meanings = new HashMap<>();
    if (node.isEmpty()) {
      return meanings;
    }
    children(node.get(), what + "s")
        .forEach(
            (meaning, values) -> {
              if (!known.contains(meaning)) {
                throw wrong(values, "'%s' is no %s; use %s", meaning, what, known);
              }
              for (Node value : items(values)) {
                String other = meanings.put(ColumnName.plain(text(value)), meaning);
                if (other != null && !other.equals(meaning)) {
                  throw wrong(
                      value,
                      "'%s' can't mean both %s and %s; take it out of one",
                      text(value),
                      other,
                      meaning);
                }
              }
            });
    return meanings;
  }

  private Map<String, Node> children(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, "%s must be lines of 'name: value'", what);
    }
    Map<String, Node> children = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode());
      if (!seen.add(key)) {
        throw wrong(tuple.getKeyNode(), "'%s' occurs twice; take one out", key);
      }
      children.put(key, tuple.getValueNode());
    }
    return children;
  }

  /** A list, or a single value in its place. */
  private List<Node> items(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  private String text(Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw wrong(node, "a plain value is expected here");
  }

  private TrafficException wrong(Node node, String sentence, Object... values) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new TrafficException("%s:%d: %s.".formatted(file, line, sentence.formatted(values)));
  }

  private static String label(Format.Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
