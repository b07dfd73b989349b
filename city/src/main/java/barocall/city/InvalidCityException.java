package barocall.city;

import java.util.List;
import java.util.stream.Collectors;

/** The files of the cities cannot be used; every problem is named. */
public final class InvalidCityException extends RuntimeException {
  private final transient List<CityProblem> problems;

  InvalidCityException(List<CityProblem> problems) {
    super(problems.stream().map(CityProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of files and lines. */
  public List<CityProblem> problems() {
    return problems;
  }
}
