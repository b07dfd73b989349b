package barocall.traffic;

import java.util.List;
import java.util.Optional;

/** Past inquiries to be imported, one after another, none held in memory. */
interface PastRows extends AutoCloseable {

  /** The next row, or none at the end. */
  Optional<Reading> next();

  /** How much of {@link #size} has been read, in units of its own. */
  long position();

  /** How much there is, in the same units. */
  long size();

  /** What the person who imports should know, as far as it is known by now. */
  List<String> remarks();

  @Override
  void close();
}
