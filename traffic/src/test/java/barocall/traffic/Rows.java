package barocall.traffic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole file for a test. */
record Rows(
    List<Reading.Told> told, List<Reading.Bad> bad, List<String> remarks, long repeatedHeaders) {

  static Rows of(Path path, Format format) {
    try (CsvFile file = CsvFile.open(path, format.charset(), format.separator())) {
      RowReader reader = RowReader.of(format, file.header(), "rows.csv");
      List<Reading.Told> told = new ArrayList<>();
      List<Reading.Bad> bad = new ArrayList<>();
      for (Optional<CsvFile.Row> row = file.next(); row.isPresent(); row = file.next()) {
        Reading reading = reader.read(row.get());
        if (reading instanceof Reading.Told one) {
          told.add(one);
        } else {
          bad.add((Reading.Bad) reading);
        }
      }
      return new Rows(told, bad, reader.remarks(), file.repeatedHeaders());
    }
  }

  List<HistoryLine> inquiries() {
    return told.stream().map(Reading.Told::inquiry).toList();
  }

  long count(Oddity oddity) {
    return told.stream().flatMap(row -> row.oddities().stream()).filter(oddity::equals).count();
  }
}
