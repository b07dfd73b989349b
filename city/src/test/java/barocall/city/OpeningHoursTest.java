package barocall.city;

import static barocall.city.SomeCities.GYEONGJU;
import static barocall.city.SomeCities.kst;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T08:29:59, false, 2026-11-23T08:30",
    "2026-11-23T08:30, true, 2026-11-23T08:30",
    "2026-11-23T12:30, true, 2026-11-23T12:30",
    "2026-11-23T18:29:59, true, 2026-11-23T18:29:59",
    "2026-11-23T18:30, false, 2026-11-24T08:30",
    "2026-11-27T19:00, false, 2026-11-30T08:30",
    "2027-02-05T19:00, false, 2027-02-10T08:30",
  })
  void gyeongjuIsOpenOnWeekdays(String at, boolean open, String next) {
    assertThat(GYEONGJU.isOpen(kst(at))).isEqualTo(open);
    assertThat(GYEONGJU.nextOpening(kst(at))).isEqualTo(kst(next));
  }

  @Test
  void cheonanIsOpenOnEveryDayOfTheYear() {
    City cheonan = SomeCities.named("cheonan");

    assertThat(cheonan.isOpen(kst("2026-09-25T10:00"))).isTrue();
    assertThat(cheonan.isOpen(kst("2026-11-22T18:29"))).isTrue();
    assertThat(cheonan.nextOpening(kst("2026-11-22T18:30"))).isEqualTo(kst("2026-11-23T08:30"));
  }

  @Test
  void newYorkNeverCloses() {
    City newYork = SomeCities.named("newyork");

    assertThat(newYork.hours().neverCloses()).isTrue();
    assertThat(GYEONGJU.hours().neverCloses()).isFalse();
    assertThat(newYork.isOpen(Instant.parse("2026-12-25T23:59:59Z"))).isTrue();
  }

  @Test
  void daysAreTheCitysOwn() {
    assertThat(GYEONGJU.localDate(Instant.parse("2026-11-22T15:00:00Z")))
        .isEqualTo(LocalDate.parse("2026-11-23"));
    assertThat(SomeCities.named("losangeles").localDate(Instant.parse("2026-11-22T07:59:00Z")))
        .isEqualTo(LocalDate.parse("2026-11-21"));
  }

  @ParameterizedTest
  @CsvSource({
    "054-779-8585, true",
    "0547798585, true",
    "+82 54 779 8585, true",
    "054-779-6114, true",
    "054-779-0000, false",
    "7798585, false",
    "'', false",
  })
  void aDialledNumberIsKnownWhateverItsHyphens(String dialled, boolean ours) {
    assertThat(GYEONGJU.number(dialled).isPresent()).isEqualTo(ours);
  }

  @Test
  void americanTargetsCountWorkingDaysAfterTheReceipt() {
    City losAngeles = SomeCities.named("losangeles");
    PetitionKind standard = losAngeles.petitionKind("standard").orElseThrow();

    Due due = LegalClock.due(standard, SomeCities.at("2026-11-20T20:00", losAngeles), losAngeles);

    // Thanksgiving and the day after it are holidays there.
    assertThat(SomeCities.local(due.dueAt(), losAngeles)).isEqualTo("2026-12-01T23:59:59");
    assertThat(due.clause()).isEqualTo("service target: 5 working days");
    assertThat(due.trace())
        .extracting(Stretch::clause)
        .containsOnly("service target: 5 working days");
  }
}
