package barocall.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key opens.
 *
 * @param channels for which it may speak; absent: for all of its city
 */
public record KeyHolder(String city, @Nullable Set<String> channels) {

  public KeyHolder {
    channels = channels == null ? null : Set.copyOf(channels);
  }
}
