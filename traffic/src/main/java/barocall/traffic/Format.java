package barocall.traffic;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * How the files of one 311 portal read: which columns hold what, and what their values mean here.
 * It comes from a YAML file; see {@link FormatFile}.
 *
 * @param name what the file is called, without its ending
 * @param origin the file, for messages
 * @param dates tried in order
 * @param columns the names under which a field may stand in a file, the preferred one first
 * @param channels by the plain spelling of the file's value; any other is {@code other}
 * @param ends how a row with an end ended, by the plain spelling of its status; any other is {@code
 *     done}
 */
record Format(
    String name,
    String origin,
    ZoneId timeZone,
    Charset charset,
    char separator,
    List<DateTimeFormatter> dates,
    Map<Field, List<String>> columns,
    Map<String, String> channels,
    Map<String, String> ends) {

  /** What a column may hold; only the first two must be there. */
  enum Field {
    ID,
    RECEIVED,
    ENDED,
    CHANNEL,
    STATUS,
    CATEGORY,
    SUBJECT,
    TEXT,
    ANSWER,
    DEPARTMENT,
    ADDRESS,
    LATITUDE,
    LONGITUDE;

    boolean required() {
      return this == ID || this == RECEIVED;
    }
  }

  String channelOf(String value) {
    return channels.getOrDefault(ColumnName.plain(value), "other");
  }

  String endOf(String status) {
    return ends.getOrDefault(ColumnName.plain(status), "done");
  }
}
