package barocall.traffic;

/** What is strange about a row that counts all the same; the report says how often it occurred. */
enum Oddity {
  TIME_TWICE("local times that occur twice, taken as the earlier"),
  TIME_ABSENT("local times that do not exist, moved forward by the gap"),
  CELLS_MISSING("rows that end before their last cells, which are taken as empty"),
  ENDS_BEFORE_IT_BEGAN("rows that end before they begin, left out of durations"),
  WORDS_REPAIRED("texts that had been decoded wrongly, mended"),
  WORDS_UNREADABLE("texts with characters that can't be read in the file's encoding"),
  WORDS_SHORTENED("texts that were too long, shortened"),
  PLACE_UNREADABLE("coordinates that are none, left out");

  private final String label;

  Oddity(String label) {
    this.label = label;
  }

  /** As it stands in a report, after its count. */
  String label() {
    return label;
  }
}
