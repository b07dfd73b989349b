package barocall.analytics.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import barocall.analytics.facts.Count;
import barocall.analytics.figures.AgainstTarget;
import barocall.analytics.figures.AgainstTarget.Verdict;
import barocall.analytics.figures.Counts;
import barocall.analytics.figures.Row;
import barocall.city.Cities;
import barocall.city.City;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnTimeTest {
  /** Its departments are held to 95 %, building to 90 %. */
  private static final City GYEONGJU =
      Cities.load(Path.of("..", "cities")).city("gyeongju").orElseThrow();

  @Test
  void eachDepartmentIsHeldToItsTargetAndTheWorstComesFirst() {
    List<OnTime> rows =
        OnTime.of(
            GYEONGJU,
            Map.of(
                "roads", counts(92, 6, 2),
                "building", counts(91, 9, 0),
                "water", counts(100, 0, 0),
                "parks", counts(3, 0, 1),
                "tax", counts(0, 0, 0),
                "", counts(9, 9, 9)));

    assertThat(rows)
        .extracting(OnTime::department, OnTime::rate, it -> verdict(it.target()))
        .containsExactly(
            tuple("building", 91.0, Verdict.MET),
            tuple("roads", 92.0, Verdict.MISSED),
            tuple("water", 100.0, Verdict.MET),
            tuple("parks", null, Verdict.FEW));
  }

  private static Verdict verdict(AgainstTarget target) {
    return target.verdict();
  }

  private static Counts counts(long onTime, long late, long overdue) {
    Row row = new Row(OffsetDateTime.MIN, null);
    row.add(Count.ON_TIME, onTime);
    row.add(Count.LATE, late);
    return Counts.of(List.of(row), List.of(), overdue);
  }
}
