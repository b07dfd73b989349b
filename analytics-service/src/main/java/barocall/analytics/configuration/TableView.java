package barocall.analytics.configuration;

import java.util.List;

/**
 * A table of the page; the first cell of a row names it.
 *
 * @param id its anchor
 * @param lead a sentence above it, or empty
 */
public record TableView(
    String id, String title, String lead, List<String> header, List<List<String>> rows) {

  public TableView {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
