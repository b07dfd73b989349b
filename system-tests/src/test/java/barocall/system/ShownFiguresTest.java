package barocall.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShownFiguresTest {
  @Test
  void figuresAreKnownFromFunctionsLabelsAndWords() {
    assertThat(
            ShownFigures.asked(
                """
                sum by (way, city) (rate(told_total{way=~"a|b{c}", city!="x"}[5m])) * 60
                  > on (way) max_over_time(lag{group="g"}[1h]) and time() - start_seconds > 2e3
                """))
        .isEqualTo(
            Map.of(
                "told_total", Set.of("way", "city"),
                "lag", Set.of("group"),
                "start_seconds", Set.of()));
  }

  @Test
  void aFigureOrALabelThatNobodyHasIsMissing() {
    assertThat(ShownFigures.missingIn("barocall_inquiries_open{town=\"x\"} 1\n"))
        .contains(
            "call-centre.json, Open now, 0: barocall_inquiries_open has no label city",
            "call-centre.json, Open now, 0: nothing in it has a label city",
            "call-centre.json, Overdue now, 0: no service has barocall_inquiries_overdue",
            "alert DeliveriesGivenUp: no service has barocall_deliveries_listed");
  }
}
