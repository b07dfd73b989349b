package barocall.city;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The cities of one installation, read from a folder: a file for each, and their holidays. */
public final class Cities {
  private static final String ENDING = ".yml";
  private static final String HOLIDAYS = "holidays";

  /** What the first part of a path means beside a city, at any of the services. */
  private static final Set<String> PATHS =
      Set.of(
          "receipts",
          "login",
          "logout",
          "api",
          "v3",
          "actuator",
          "assets",
          "webjars",
          "error",
          "operations");

  private final Map<String, City> byId;
  private final Map<String, Map<String, Integer>> lines;

  private Cities(Map<String, City> byId, Map<String, Map<String, Integer>> lines) {
    this.byId = byId;
    this.lines = lines;
  }

  /**
   * Reads all cities of a folder.
   *
   * @throws InvalidCityException naming everything that is wrong in any file
   */
  public static Cities load(Path folder) {
    List<CityProblem> problems = new ArrayList<>();
    Cities cities = read(folder, problems);
    if (!problems.isEmpty()) {
      throw new InvalidCityException(inOrder(problems));
    }
    return cities;
  }

  /** Everything that keeps the folder from being loaded; empty if nothing does. */
  public static List<CityProblem> check(Path folder) {
    List<CityProblem> problems = new ArrayList<>();
    read(folder, problems);
    return inOrder(problems);
  }

  /** All cities, by id. */
  public List<City> all() {
    return List.copyOf(byId.values());
  }

  /** The city of that id. */
  public Optional<City> city(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * What is probably not meant so or will need attention, though nothing is wrong: such as a
   * calendar of holidays that ends within the next half year.
   */
  public List<CityDoubt> doubts(LocalDate today) {
    return byId.values().stream().flatMap(it -> doubts(it, today).stream()).toList();
  }

  /** As {@link #doubts(LocalDate)}, of one of these cities. */
  public List<CityDoubt> doubts(City city, LocalDate today) {
    return Doubts.of(city, city.id() + ENDING, lines.getOrDefault(city.id(), Map.of()), today);
  }

  private static Cities read(Path folder, List<CityProblem> problems) {
    Map<String, City> cities = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> lines = new LinkedHashMap<>();
    if (!Files.isDirectory(folder)) {
      problems.add(
          new CityProblem(
              folder.toString(),
              1,
              "There is no such folder of cities",
              "Name the right one by BAROCALL_CITIES, or make it and put a city's file in."));
      return new Cities(cities, lines);
    }
    Map<String, HolidayCalendar> calendars = new LinkedHashMap<>();
    for (Path file : files(folder.resolve(HOLIDAYS), HOLIDAYS + "/", problems)) {
      top(file, HOLIDAYS + "/" + file.getFileName(), problems)
          .ifPresent(it -> calendars.put(idOf(file), CalendarReader.read(it)));
    }
    List<Path> files = files(folder, "", problems);
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!CityReader.isId(idOf(file))) {
        problems.add(
            new CityProblem(
                name,
                1,
                "\"%s\" cannot be a city's id".formatted(idOf(file)),
                "Name the file with ASCII letters, digits and hyphens, e.g. gyeongju.yml."));
      }
      if (PATHS.contains(idOf(file))) {
        problems.add(
            new CityProblem(
                name,
                1,
                "\"%s\" cannot be a city's id".formatted(idOf(file)),
                "Name the file otherwise: the path /%s leads elsewhere than to a city."
                    .formatted(idOf(file))));
      }
      top(file, name, problems)
          .ifPresent(
              it -> {
                CityReader reader = new CityReader(it, calendars);
                cities.put(idOf(file), reader.read(idOf(file)));
                lines.put(idOf(file), reader.lines());
              });
    }
    if (files.isEmpty() && problems.isEmpty()) {
      problems.add(
          new CityProblem(
              folder.toString(),
              1,
              "There is no city in this folder",
              "Put a file such as gyeongju.yml in; docs/adding-a-city.md shows how."));
    }
    return new Cities(cities, lines);
  }

  private static List<Path> files(Path folder, String prefix, List<CityProblem> problems) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> files = new ArrayList<>();
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (name.endsWith(ENDING) && !name.startsWith(".") && Files.isRegularFile(entry)) {
          files.add(entry);
        } else if (name.endsWith(".yaml")) {
          problems.add(
              new CityProblem(
                  prefix + name, 1, "The file is not read", "Let its name end with .yml."));
        }
      }
      return files;
    } catch (IOException unreadable) {
      problems.add(unreadable(folder.toString()));
      return List.of();
    }
  }

  private static Optional<Section> top(Path file, String name, List<CityProblem> problems) {
    try {
      return Section.top(name, Files.readAllBytes(file), problems);
    } catch (IOException unreadable) {
      problems.add(unreadable(name));
      return Optional.empty();
    }
  }

  private static CityProblem unreadable(String name) {
    return new CityProblem(
        name, 1, "It cannot be read", "Give the user that runs Barocall the right to read it.");
  }

  private static String idOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  private static List<CityProblem> inOrder(List<CityProblem> problems) {
    return problems.stream()
        .sorted(Comparator.comparing(CityProblem::file).thenComparingInt(CityProblem::line))
        .toList();
  }
}
