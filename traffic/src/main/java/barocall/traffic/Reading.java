package barocall.traffic;

import java.util.List;

/** What a row of a file came to: an inquiry, or the reason why it is none. */
sealed interface Reading {

  /** The line of the file on which the row begins. */
  long line();

  /** A row that counts, with what is strange about it; the same oddity may occur twice. */
  record Told(long line, HistoryLine inquiry, List<Oddity> oddities) implements Reading {}

  /** A row that doesn't count. */
  record Bad(long line, String reason) implements Reading {}
}
