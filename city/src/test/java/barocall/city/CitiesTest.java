package barocall.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CitiesTest {
  static final Path FOLDER = Path.of("..", "cities");

  @Test
  void theCitiesOfTheRepositoryHaveNoProblem() {
    assertThat(Cities.check(FOLDER)).isEmpty();
  }
}
