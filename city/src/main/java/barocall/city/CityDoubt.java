package barocall.city;

/**
 * Something in a city's file that can be used as it is, and is probably not meant so or will need
 * attention.
 *
 * @param file the file relative to the folder of cities
 * @param line counted from 1
 * @param message one sentence that says what is doubtful
 * @param remedy one sentence that says what to do, if it is not meant so
 */
public record CityDoubt(String file, int line, Text message, Text remedy) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + message.en() + " — " + remedy.en();
  }
}
