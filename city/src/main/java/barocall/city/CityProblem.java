package barocall.city;

/**
 * Something wrong in a city's file.
 *
 * @param file the file relative to the folder of cities
 * @param line counted from 1
 * @param message one sentence that says what is wrong
 * @param remedy one sentence that says what to do
 */
public record CityProblem(String file, int line, String message, String remedy) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + message + " — " + remedy;
  }
}
