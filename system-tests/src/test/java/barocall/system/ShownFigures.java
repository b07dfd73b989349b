package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the dashboards and the alerts ask Prometheus for. */
final class ShownFigures {
  private static final Path DEPLOY = Suite.home().resolve("deploy");

  /** Prometheus makes these itself. */
  private static final Set<String> PROMETHEUS = Set.of("up", "ALERTS");

  /** Prometheus puts these to whatever it scrapes. */
  private static final Set<String> WHENCE = Set.of("job", "instance", "service");

  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*), *(\\w+)\\)");
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern GROUPS =
      Pattern.compile("\\b(?:by|without|on|ignoring) *\\(([^)]*)\\)");
  private static final Pattern SELECTED =
      Pattern.compile("(?<![\\w:])([a-zA-Z_:][\\w:]*+)(?:\\{([^}]*)})?+(?! *\\()");
  private static final Pattern SCRAPED =
      Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(?:=~|!~|!=|=)\"");

  private ShownFigures() {}

  /** Every expression, by where it stands; variables of a dashboard stand for all that there is. */
  static Map<String, String> expressions() {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> boards = Files.list(DEPLOY.resolve("grafana/dashboards"))) {
      for (Path board : boards.toList()) {
        JsonNode json = JsonMapper.builder().build().readTree(Files.readString(board, UTF_8));
        for (JsonNode panel : json.path("panels")) {
          int number = 0;
          for (JsonNode target : panel.path("targets")) {
            all.put(
                "%s, %s, %d"
                    .formatted(board.getFileName(), panel.path("title").asString(), number++),
                target.path("expr").asString().replaceAll("\\$\\w+", ".*"));
          }
        }
        for (JsonNode variable : json.path("templating").path("list")) {
          all.put(
              "%s, variable %s".formatted(board.getFileName(), variable.path("name").asString()),
              VARIABLE
                  .matcher(variable.path("definition").asString())
                  .replaceAll("count by ($2) ($1)"));
        }
      }
      all.putAll(alerts());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Map<String, String> alerts() throws IOException {
    Map<String, String> all = new TreeMap<>();
    Object file =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(DEPLOY.resolve("prometheus/alerts.yml"), UTF_8));
    for (Object group : (List<?>) ((Map<?, ?>) file).get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        Map<?, ?> one = (Map<?, ?>) rule;
        all.put("alert " + one.get("alert"), String.valueOf(one.get("expr")));
      }
    }
    return all;
  }

  /**
   * What is asked for and is not there: a figure of no service, or a label that it does not have.
   *
   * @param scrapes what the services said, one after the other
   */
  static List<String> missingIn(String scrapes) {
    Map<String, Set<String>> there = new HashMap<>();
    Matcher scraped = SCRAPED.matcher(scrapes);
    while (scraped.find()) {
      there
          .computeIfAbsent(scraped.group(1), first -> new TreeSet<>(WHENCE))
          .addAll(labels(scraped.group(2)));
    }
    List<String> missing = new ArrayList<>();
    expressions()
        .forEach(
            (where, expression) -> {
              Set<String> shared = new TreeSet<>(WHENCE);
              for (Map.Entry<String, Set<String>> asked : asked(expression).entrySet()) {
                Set<String> labels = there.get(asked.getKey());
                if (PROMETHEUS.contains(asked.getKey())) {
                  continue;
                }
                if (labels == null) {
                  missing.add(where + ": no service has " + asked.getKey());
                  continue;
                }
                shared.addAll(labels);
                for (String label : asked.getValue()) {
                  if (!labels.contains(label)) {
                    missing.add(where + ": " + asked.getKey() + " has no label " + label);
                  }
                }
              }
              for (String group : groups(expression)) {
                if (!shared.contains(group)) {
                  missing.add(where + ": nothing in it has a label " + group);
                }
              }
            });
    return missing;
  }

  /** The names of the figures in an expression, each with the labels that it is chosen by. */
  static Map<String, Set<String>> asked(String expression) {
    String bare = GROUPS.matcher(expression.replaceAll("\\[[^\\]]*]", "")).replaceAll("");
    Map<String, Set<String>> all = new TreeMap<>();
    Matcher selected = SELECTED.matcher(TEXT.matcher(bare).replaceAll("\"\""));
    while (selected.find()) {
      if (!WORDS.contains(selected.group(1))) {
        all.computeIfAbsent(selected.group(1), first -> new TreeSet<>())
            .addAll(labels(selected.group(2)));
      }
    }
    return all;
  }

  private static Set<String> groups(String expression) {
    Set<String> all = new TreeSet<>();
    Matcher groups = GROUPS.matcher(expression);
    while (groups.find()) {
      for (String label : groups.group(1).split(",")) {
        if (!label.isBlank()) {
          all.add(label.strip());
        }
      }
    }
    return all;
  }

  private static Set<String> labels(@Nullable String inBraces) {
    Set<String> all = new TreeSet<>();
    if (inBraces != null) {
      Matcher label = LABEL.matcher(inBraces);
      while (label.find()) {
        all.add(label.group(1));
      }
    }
    return all;
  }
}
