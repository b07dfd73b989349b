package barocall.routing.cases;

/**
 * By what a case is found exactly, and never in part: its receipt number as it is kept, without
 * hyphens, or the keyed hash of a telephone or of a name.
 */
public record Clue(Kind kind, String value) {
  /** What it is. */
  public enum Kind {
    NUMBER("number"),
    TELEPHONE("telephone"),
    NAME("name");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Whether it goes when the citizen is erased; the number belongs to the case. */
  boolean isPersonal() {
    return kind != Kind.NUMBER;
  }

  @Override
  public String toString() {
    return "Clue[" + kind + "]";
  }
}
