package barocall.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Two small cities to test with. */
final class Offices {
  static final Office GYEONGJU =
      new Office(
          "gyeongju",
          List.of(new Office.Seat("agent-1", "김하나"), new Office.Seat("agent-2", "이두리")),
          List.of(new Office.Seat("roads", "도로과"), new Office.Seat("water", "수도과")));
  static final Office CHEONAN =
      new Office("cheonan", List.of(), List.of(new Office.Seat("parks", "공원과")));

  static final SecureRandom RANDOM = new SecureRandom();

  private Offices() {}

  static Credentials gyeongju() {
    return Credentials.generate(List.of(GYEONGJU), RANDOM);
  }

  static Credentials both() {
    return Credentials.generate(List.of(GYEONGJU, CHEONAN), RANDOM);
  }

  /** A clock that is moved by hand. */
  static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-01-05T00:00:00Z");

    void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
