package barocall.access;

import java.util.List;

/**
 * A key that may speak for some channels of a city only, for a program that needs no more: the
 * exchange's for calls, the fax gateway's for faxes.
 *
 * @param name what the city calls it, so that it can be listed and withdrawn
 * @param channels by the names that events give them, at least one
 */
public record ChannelKey(String name, String city, List<String> channels, String key) {

  public ChannelKey {
    channels = channels == null ? List.of() : List.copyOf(channels);
  }

  @Override
  public String toString() {
    return "ChannelKey[" + name + ", " + city + ", " + channels + "]";
  }
}
