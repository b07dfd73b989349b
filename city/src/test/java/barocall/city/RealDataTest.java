package barocall.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The city files against what cities really have; skipped where the data is absent. */
class RealDataTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");

  @ParameterizedTest
  @CsvSource({
    "losangeles, la311-2017-12/MyLA311_2017-12-27_to_31.csv, Owner, RequestType",
    "losangeles, la311-2018-01/MyLA311_2018-01.csv, Owner, RequestType",
    "newyork, nyc311-2023-02-28/nyc311_2023-02-28.csv, Agency, Complaint Type",
    "newyork, nyc311-nypd-2015-12/nyc311_nypd_2015-12-11_to_31.csv, agency, complaint_type",
  })
  void everyDepartmentAndCategoryOfTheFilesIsKnown(
      String id, String file, String department, String category) throws IOException {
    City city = SomeCities.named(id);
    Set<String> unknown = new TreeSet<>();
    try (CsvReader<NamedCsvRecord> rows = rows(file)) {
      for (NamedCsvRecord row : rows) {
        if (city.department(row.getField(department)).isEmpty()) {
          unknown.add(row.getField(department));
        }
        if (city.category(row.getField(category)).isEmpty()) {
          unknown.add(row.getField(category));
        }
      }
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void whatCitizensProposeIsRarelyTakenForAnEmergency() throws IOException {
    Emergency emergency = SomeCities.GYEONGJU.emergency();
    int all = 0;
    int found = 0;
    try (CsvReader<NamedCsvRecord> rows = rows("seoul-proposals/free_proposals.csv")) {
      for (NamedCsvRecord row : rows) {
        all++;
        if (!emergency.found(row.getField("title") + "\n" + row.getField("body")).isEmpty()) {
          found++;
        }
      }
    }

    // Proposals about fire safety or violence hold such words too, so none at all can't be asked.
    assertThat(100.0 * found / all).isLessThan(5.0);
  }

  private static CsvReader<NamedCsvRecord> rows(String file) throws IOException {
    Path path = DATA.resolve(file);
    assumeTrue(Files.exists(path), () -> "no " + file + " beside the repository");
    return CsvReader.builder().ofNamedCsvRecord(path);
  }
}
