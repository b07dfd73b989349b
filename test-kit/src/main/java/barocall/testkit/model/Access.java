package barocall.testkit.model;

import org.jspecify.annotations.Nullable;

/**
 * One access to one document: what a store does as a whole or not at all, and so one step of a
 * schedule.
 */
public interface Access {
  /** Which document, e.g. {@code position/call-received-0}. */
  String document();

  /**
   * What the document then is and what the caller is told.
   *
   * @param content what it is now; null where there is none
   */
  Effect on(@Nullable Object content);

  /**
   * Must be immutable and have an {@code equals}: states are recognised by it.
   *
   * @param content what the document is afterwards; null for none
   */
  record Effect(@Nullable Object content, Object answer) {}

  /** A read: the document stays as it is. */
  static Access read(String what, String document, Answering answering) {
    return access(
        "reads " + what + " of " + document,
        document,
        content -> new Effect(content, answering.to(content)));
  }

  /** Any access, with what a printed schedule calls it. */
  static Access access(String name, String document, Effecting effecting) {
    return new Access() {
      @Override
      public String document() {
        return document;
      }

      @Override
      public Effect on(@Nullable Object content) {
        return effecting.on(content);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  /** What a reader is told. */
  @FunctionalInterface
  interface Answering {
    Object to(@Nullable Object content);
  }

  /** What an access does. */
  @FunctionalInterface
  interface Effecting {
    Effect on(@Nullable Object content);
  }
}
