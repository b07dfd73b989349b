package barocall.testkit.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in the store at one moment. */
@FunctionalInterface
public interface Documents {
  /** The content of a document; null where there is none. */
  @Nullable Object content(String document);

  /** Of a map, for a start that is not empty. */
  static Documents of(Map<String, Object> contents) {
    return contents::get;
  }
}
