package barocall.traffic;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a portal's CSV file, read as a format says. */
final class CsvRows implements PastRows {

  private final CsvFile csv;
  private final RowReader reader;

  private CsvRows(CsvFile csv, RowReader reader) {
    this.csv = csv;
    this.reader = reader;
  }

  /**
   * Opens the file.
   *
   * @throws TrafficException if it can't be read, or lacks a column that every row needs
   */
  static CsvRows open(Path file, Format format) {
    CsvFile csv = CsvFile.open(file, format.charset(), format.separator());
    try {
      return new CsvRows(csv, RowReader.of(format, csv.header(), file.toString()));
    } catch (TrafficException e) {
      csv.close();
      throw e;
    }
  }

  @Override
  public Optional<Reading> next() {
    return csv.next().map(reader::read);
  }

  @Override
  public long position() {
    return csv.position();
  }

  @Override
  public long size() {
    return csv.size();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(reader.remarks());
    if (csv.repeatedHeaders() > 0) {
      remarks.add(
          "The header stands %,d more times between the rows.".formatted(csv.repeatedHeaders()));
    }
    return remarks;
  }

  @Override
  public void close() {
    csv.close();
  }
}
