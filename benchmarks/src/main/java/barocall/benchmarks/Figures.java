package barocall.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The table of one run: each figure as it was, what stood beside it, and the ratio of both. */
final class Figures {
  private final List<String> rows = new ArrayList<>();

  /** A rate beside another of the same unit; each repeat measured both, one after the other. */
  void rate(String name, String unit, List<Double> ours, String besideName, List<Double> beside) {
    row(
        name + ", " + unit,
        Spread.of(ours).rounded(0),
        besideName,
        Spread.of(beside).rounded(0),
        Spread.ofRatios(ours, beside).rounded(2));
  }

  /** A figure with nothing beside it. */
  void alone(String name, List<Double> values, int decimals) {
    row(name, Spread.of(values).rounded(decimals), "", "", "");
  }

  private void row(String... cells) {
    String row = "| " + String.join(" | ", cells) + " |";
    rows.add(row);
    System.err.println(row);
  }

  /** As Markdown. */
  String table() {
    return String.join(
        System.lineSeparator(),
        "| figure | median (least–most) | beside | median (least–most) | ratio |",
        "|---|---|---|---|---|",
        String.join(System.lineSeparator(), rows));
  }
}
