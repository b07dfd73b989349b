package barocall.traffic;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a demonstration is made of: topics and words, and how much of it a city gets and when. */
record DemoScript(
    List<Topic> topics,
    List<Words> emergencies,
    List<String> names,
    List<String> days,
    List<String> returns,
    Map<String, Load> cities,
    List<Stretch> hours,
    List<Double> months) {

  /** Something to say; {@code {place}} and {@code {day}} are filled in. */
  record Words(String subject, String text) {}

  /**
   * Something that citizens call about.
   *
   * @param categories the ids that cities may have for it, one of them at most in each
   * @param weight how often it comes up against the others
   * @param answer what it is answered with
   */
  record Topic(List<String> categories, int weight, String answer, List<Words> words) {}

  /**
   * How much a city gets.
   *
   * @param calls a day, by the day of the week in small letters; none when absent
   * @param answered share of the calls
   * @param connected share of the answered calls that are put through live
   * @param escalated share of the answered calls that a department gets in writing
   * @param written inquiries a day that come in writing
   * @param years whose totals are known; none when absent
   */
  record Load(
      Map<String, Integer> calls,
      double answered,
      double connected,
      double escalated,
      int written,
      double latitude,
      double longitude,
      List<String> places,
      List<Year> years) {

    Load {
      years = years == null ? List.of() : List.copyOf(years);
    }

    int callsOn(DayOfWeek day) {
      return calls.getOrDefault(day.name().toLowerCase(Locale.ROOT), 0);
    }
  }

  /** A year of a call centre, and how many calls it had. */
  record Year(@JsonProperty("from") String first, int calls) {

    LocalDate begins() {
      return LocalDate.parse(first);
    }

    /** The day after its last. */
    LocalDate ends() {
      return begins().plusYears(1);
    }
  }

  /** The load of a month against the mean of all. */
  double load(Month month) {
    return months.get(month.getValue() - 1);
  }

  /** A part of the day, and its load against the busiest hour's. */
  record Stretch(
      @JsonProperty("from") String opens, @JsonProperty("to") String closes, double load) {

    LocalTime from() {
      return LocalTime.parse(opens);
    }

    LocalTime to() {
      return LocalTime.parse(closes);
    }

    /** What it gets of a day, in hours at the busiest hour's load. */
    double weight() {
      return load * Duration.between(from(), to()).toMinutes() / 60.0;
    }
  }

  /** The script that comes with Barocall. */
  static DemoScript load() {
    try (InputStream yaml = DemoScript.class.getResourceAsStream("demo.yml")) {
      return new YAMLMapper().readValue(yaml, DemoScript.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
