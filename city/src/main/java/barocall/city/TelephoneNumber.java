package barocall.city;

/**
 * A number that rings in the call centre.
 *
 * @param number as the city prints it, in groups
 * @param former true for a number of the past that still rings here and is no longer printed
 */
public record TelephoneNumber(String number, boolean former) {

  /**
   * Whether a caller who dialled this reached the number, whatever its hyphens and country code.
   */
  public boolean isReachedBy(String dialled) {
    String ours = digits(number);
    String theirs = digits(dialled);
    if (theirs.equals(ours)) {
      return true;
    }
    String national = ours.startsWith("0") ? ours.substring(1) : ours;
    return dialled.strip().startsWith("+")
        && theirs.endsWith(national)
        && theirs.length() - national.length() <= 3;
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }
}
