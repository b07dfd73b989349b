package barocall.intake.words;

import java.util.List;

/** Something given cannot be taken; nothing was accepted. The values themselves are not in it. */
public final class WrongInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Wrong> wrongs;

  public WrongInputException(List<Wrong> wrongs) {
    super(wrongs.stream().map(Wrong::field).distinct().toList().toString());
    this.wrongs = List.copyOf(wrongs);
  }

  /** The fields, in the order in which they were read. */
  public List<Wrong> wrongs() {
    return wrongs;
  }
}
