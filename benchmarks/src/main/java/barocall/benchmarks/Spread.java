package barocall.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What repeats of one measurement gave: the middle one, and between which they lie. */
record Spread(double median, double least, double most) {
  /**
   * Of some values.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    List<Double> sorted = new ArrayList<>(values);
    sorted.sort(null);
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
  }

  /** Of what each repeat gave over what the same repeat gave beside it. */
  static Spread ofRatios(List<Double> ours, List<Double> beside) {
    if (ours.size() != beside.size()) {
      throw new IllegalArgumentException("not as many beside");
    }
    return of(IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / beside.get(i)).toList());
  }

  /** The value below which that share of some values lies, the nearest of them. */
  static double quantile(long[] sorted, double share) {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, at))];
  }

  String rounded(int decimals) {
    String number = "%,." + decimals + "f";
    return String.format(
        Locale.ROOT, number + " (" + number + "–" + number + ")", median, least, most);
  }
}
