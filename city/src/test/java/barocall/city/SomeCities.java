package barocall.city;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Cities and moments that the tests talk about. */
final class SomeCities {
  static final Path FOLDER = Path.of("..", "cities");
  static final City GYEONGJU = named("gyeongju");

  private SomeCities() {}

  static City named(String id) {
    return Cities.load(FOLDER).city(id).orElseThrow();
  }

  /** A moment by the clocks of Korea, e.g. 2026-11-24T09:30. */
  static Instant kst(String local) {
    return at(local, GYEONGJU);
  }

  static Instant at(String local, City city) {
    return LocalDateTime.parse(local).atZone(city.timeZone()).toInstant();
  }

  static LocalDateTime local(Instant moment, City city) {
    return LocalDateTime.ofInstant(moment, city.timeZone());
  }

  static City reading(City city, Interpretation interpretation) {
    return changed(city, city.timeZone(), city.workingTime(), interpretation);
  }

  static City working(City city, WorkingTime workingTime) {
    return changed(city, city.timeZone(), workingTime, city.interpretation());
  }

  static City in(ZoneId zone, City city) {
    return changed(city, zone, city.workingTime(), city.interpretation());
  }

  private static City changed(
      City city, ZoneId zone, WorkingTime workingTime, Interpretation interpretation) {
    return new City(
        city.id(),
        city.name(),
        city.language(),
        zone,
        city.numbers(),
        city.hours(),
        city.holidays(),
        workingTime,
        interpretation,
        city.departments(),
        city.categories(),
        city.rules(),
        city.petitionKinds(),
        city.agents(),
        city.emergency(),
        city.baseline(),
        city.coordinatingDepartment(),
        city.defaultPetitionKind(),
        city.targets());
  }
}
