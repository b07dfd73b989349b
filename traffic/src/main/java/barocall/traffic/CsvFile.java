package barocall.traffic;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a CSV file, each with the line on which it begins, as an editor counts lines. A row
 * that can't be read costs itself only: reading goes on at the line after the one on which it
 * began.
 */
final class CsvFile implements AutoCloseable {

  /** A quotation mark that is still open after so many lines was never meant to open anything. */
  private static final int MAX_LINES_OF_A_ROW = 1_000;

  private final Path path;
  private final CsvReader.CsvReaderBuilder csv;
  private final CountedStream source;
  private final BufferedReader reader;
  private final Deque<String> pushedBack = new ArrayDeque<>();
  private final List<String> header;
  private long line;
  private long repeatedHeaders;

  /** A row as it stands in the file; {@code problem} says why it can't be read. */
  record Row(long line, List<String> fields, Optional<String> problem) {}

  /**
   * Opens the file and reads its header.
   *
   * @throws TrafficException if it is not there or has no header
   */
  static CsvFile open(Path path, Charset charset, char separator) {
    try {
      return new CsvFile(path, charset, separator);
    } catch (IOException e) {
      throw new TrafficException("%s can't be read: %s.".formatted(path, e.getMessage()), e);
    }
  }

  private CsvFile(Path path, Charset charset, char separator) throws IOException {
    this.path = path;
    this.csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .skipEmptyLines(false)
            .allowUnclosedQuote(false)
            .maxBufferSize(16 * 1024 * 1024);
    this.source = CountedStream.open(path);
    this.reader = reader(source, charset);
    Row first =
        nextFilled(0)
            .orElseThrow(
                () ->
                    new TrafficException(
                        "%s is empty: its first line must name the columns.".formatted(path)));
    this.header = first.fields().stream().map(String::strip).toList();
  }

  List<String> header() {
    return header;
  }

  /** Bytes of the file. */
  long size() {
    return source.size();
  }

  /** How many bytes of it have been read. */
  long position() {
    return source.count();
  }

  /** How often the header stood between the rows, as in files that were joined. */
  long repeatedHeaders() {
    return repeatedHeaders;
  }

  /** The next row, or none at the end. */
  Optional<Row> next() {
    try {
      Optional<Row> row = nextFilled(header.size());
      while (row.isPresent() && isHeader(row.get().fields())) {
        repeatedHeaders++;
        row = nextFilled(header.size());
      }
      return row;
    } catch (IOException e) {
      throw new TrafficException("%s can't be read: %s.".formatted(path, e.getMessage()), e);
    }
  }

  /** The next row that is not blank; {@code width} 0 takes one of any width. */
  private Optional<Row> nextFilled(int width) throws IOException {
    while (true) {
      Optional<String> first = nextLine();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      if (!first.get().isBlank()) {
        Row row = row(first.get(), width);
        if (row.problem().isPresent() || !row.fields().stream().allMatch(String::isBlank)) {
          return Optional.of(row);
        }
      }
    }
  }

  private Row row(String first, int width) throws IOException {
    long start = line;
    List<String> lines = new ArrayList<>(List.of(first));
    boolean open = oddQuotes(first);
    while (open && lines.size() < MAX_LINES_OF_A_ROW) {
      Optional<String> more = nextLine();
      if (more.isEmpty()) {
        break;
      }
      lines.add(more.get());
      open ^= oddQuotes(more.get());
    }
    Row whole = parsed(start, String.join("\n", lines), width);
    if (whole.problem().isEmpty() || lines.size() == 1) {
      return whole;
    }
    // The first line alone may be a row with a quotation mark that opens nothing, or a broken row;
    // either way the lines after it are rows of their own.
    for (int i = lines.size() - 1; i > 0; i--) {
      pushedBack.push(lines.get(i));
    }
    line = start;
    Row alone = parsed(start, first, width);
    return alone.problem().isEmpty()
        ? alone
        : new Row(start, List.of(), Optional.of("a quotation mark is not closed"));
  }

  private Row parsed(long start, String text, int width) {
    List<String> fields;
    try {
      // Not ofSingleCsvRecord, which passes over whatever follows the first record.
      List<CsvRecord> records = csv.ofCsvRecord(text).stream().toList();
      if (records.size() != 1) {
        return new Row(start, List.of(), Optional.of("quotation marks in the wrong place"));
      }
      fields = records.get(0).getFields();
    } catch (CsvParseException e) {
      return new Row(start, List.of(), Optional.of("quotation marks in the wrong place"));
    }
    int size = fields.size();
    while (width > 0 && size > width && fields.get(size - 1).isBlank()) {
      size--; // A comma at the end of the line means nothing.
    }
    if (width > 0 && size != width) {
      return new Row(
          start,
          fields,
          Optional.of("%d fields where the header has %d".formatted(fields.size(), width)));
    }
    return new Row(start, fields.subList(0, size), Optional.empty());
  }

  private Optional<String> nextLine() throws IOException {
    String next = pushedBack.isEmpty() ? reader.readLine() : pushedBack.pop();
    if (next == null) {
      return Optional.empty();
    }
    line++;
    return Optional.of(next);
  }

  private static boolean oddQuotes(String text) {
    return text.chars().filter(c -> c == '"').count() % 2 == 1;
  }

  private boolean isHeader(List<String> fields) {
    if (fields.size() != header.size()) {
      return false;
    }
    for (int i = 0; i < header.size(); i++) {
      if (!ColumnName.plain(fields.get(i)).equals(ColumnName.plain(header.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static BufferedReader reader(InputStream source, Charset charset) throws IOException {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    BufferedReader reader = new BufferedReader(new InputStreamReader(source, decoder), 1 << 16);
    reader.mark(1);
    if (reader.read() != '\ufeff') { // the byte order mark
      reader.reset();
    }
    return reader;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
