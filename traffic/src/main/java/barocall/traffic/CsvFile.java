package barocall.traffic;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a CSV file, each with the line on which it begins, as an editor counts lines. A row
 * that can't be read costs itself only: reading goes on at the line after the one on which it
 * began. Spreadsheets leave out empty cells at the end of a row; such a row is filled up.
 */
final class CsvFile implements AutoCloseable {

  /** A quotation mark that is still open after so many lines was never meant to open anything. */
  private static final int MAX_LINES_OF_A_ROW = 1_000;

  private final Path path;
  private final CsvReader.CsvReaderBuilder csv;
  private final CountedStream source;
  private final LastCharacter characters;
  private final BufferedReader reader;
  private final Deque<String> pushedBack = new ArrayDeque<>();
  private final List<String> header;

  /** Columns at the end that have no name: what stands in them is nobody's. */
  private final int unnamed;

  private long line;
  private long repeatedHeaders;

  /**
   * A row as it stands in the file.
   *
   * @param missing how many of the fields, the last ones, do not stand in the file and are empty
   * @param problem why it can't be read
   */
  record Row(long line, List<String> fields, int missing, Optional<String> problem) {
    private static Row unread(long line, String problem) {
      return new Row(line, List.of(), 0, Optional.of(problem));
    }
  }

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
    this.characters = new LastCharacter(decoded(source, charset));
    this.reader = withoutMark(characters);
    Row first =
        nextFilled(0)
            .orElseThrow(
                () ->
                    new TrafficException(
                        "%s is empty: its first line must name the columns.".formatted(path)));
    List<String> names = first.fields().stream().map(String::strip).toList();
    int named = names.size();
    while (named > 1 && names.get(named - 1).isEmpty()) {
      named--; // A comma at the end of the line names no column.
    }
    this.header = names.subList(0, named);
    this.unnamed = names.size() - named;
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
    Row whole = parsed(start, String.join("\n", lines), width, !open);
    if (whole.problem().isEmpty() || lines.size() == 1) {
      return whole;
    }
    // The first line alone may be a row with a quotation mark that opens nothing, or a broken row;
    // either way the lines after it are rows of their own.
    for (int i = lines.size() - 1; i > 0; i--) {
      pushedBack.push(lines.get(i));
    }
    line = start;
    Row alone = parsed(start, first, width, false);
    return alone.problem().isEmpty() ? alone : Row.unread(start, "a quotation mark is not closed");
  }

  /**
   * {@code whole} says that nothing speaks against the row's ending here, so that cells which its
   * end lacks were left out and not lost.
   */
  private Row parsed(long start, String text, int width, boolean whole) throws IOException {
    List<String> fields;
    try {
      // Not ofSingleCsvRecord, which passes over whatever follows the first record.
      List<CsvRecord> records = csv.ofCsvRecord(text).stream().toList();
      if (records.size() != 1) {
        return Row.unread(start, "quotation marks in the wrong place");
      }
      fields = records.get(0).getFields();
    } catch (CsvParseException e) {
      return Row.unread(start, "quotation marks in the wrong place");
    }
    int size = fields.size();
    while (width > 0 && size > width && fields.get(size - 1).isBlank()) {
      size--; // A comma at the end of the line means nothing.
    }
    if (width > 0 && size > width && size <= width + unnamed) {
      size = width;
    }
    int missing = Math.max(0, width - size);
    boolean cutOff = missing > 0 && whole && isCutOff();
    if (cutOff || (width > 0 && size > width) || (missing > 0 && !whole)) {
      return Row.unread(
          start,
          "%d fields where the header has %d%s"
              .formatted(fields.size(), width, cutOff ? ", and the file ends" : ""));
    }
    List<String> all = new ArrayList<>(fields.subList(0, size));
    all.addAll(Collections.nCopies(missing, ""));
    return new Row(start, all, missing, Optional.empty());
  }

  /** Whether the file ends in the middle of this line, as one that was not loaded whole. */
  private boolean isCutOff() throws IOException {
    if (!pushedBack.isEmpty()) {
      return false;
    }
    reader.mark(1);
    boolean ended = reader.read() < 0;
    if (!ended) {
      reader.reset();
    }
    return ended && characters.last() != '\n' && characters.last() != '\r';
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

  private static Reader decoded(InputStream source, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    return new InputStreamReader(source, decoder);
  }

  private static BufferedReader withoutMark(Reader characters) throws IOException {
    BufferedReader reader = new BufferedReader(characters, 1 << 16);
    reader.mark(1);
    if (reader.read() != '\ufeff') { // the byte order mark
      reader.reset();
    }
    return reader;
  }

  /** Remembers the last character that was read, which {@code readLine} does not tell. */
  private static final class LastCharacter extends FilterReader {
    private int last = -1;

    LastCharacter(Reader characters) {
      super(characters);
    }

    int last() {
      return last;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      if (read > 0) {
        last = buffer[offset + read - 1];
      }
      return read;
    }
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
