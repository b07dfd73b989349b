package barocall.intake.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the spool: eight bytes that name the format, the time of its beginning, then records:
 * length, CRC-32C of length and content, content. What lies behind {@link #end} is not there.
 */
final class SpoolSegment {
  static final int HEADER = 16;
  static final int FRAME = 8;
  static final int LONGEST = 8 << 20;

  private static final byte[] FORMAT = "BCSPOOL1".getBytes(StandardCharsets.US_ASCII);
  private static final String ENDING = ".log";

  private final Path path;
  private final long number;
  private final Instant begun;
  private long end;
  private long records;

  private SpoolSegment(Path path, long number, Instant begun, long end, long records) {
    this.path = path;
    this.number = number;
    this.begun = begun;
    this.end = end;
    this.records = records;
  }

  /** A new one, empty and on the disk. */
  static SpoolSegment create(Path folder, long number, Instant now) throws IOException {
    Path path = folder.resolve("%020d".formatted(number) + ENDING);
    ByteBuffer header = ByteBuffer.allocate(HEADER).put(FORMAT).putLong(now.toEpochMilli()).flip();
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeAll(file, header, 0);
      file.force(true);
    }
    return new SpoolSegment(path, number, now, HEADER, 0);
  }

  /** One that was there before, up to the first record that is torn or damaged. */
  static SpoolSegment open(Path path, long number) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      boolean whole = readAll(file, header, 0);
      if (!whole || !Arrays.equals(FORMAT, Arrays.copyOf(header.array(), FORMAT.length))) {
        return new SpoolSegment(path, number, Instant.EPOCH, 0, 0);
      }
      long end = HEADER;
      long records = 0;
      for (byte[] record = read(file, end); record != null; record = read(file, end)) {
        end += FRAME + record.length;
        records++;
      }
      Instant begun = Instant.ofEpochMilli(header.getLong(FORMAT.length));
      return new SpoolSegment(path, number, begun, end, records);
    }
  }

  /** The number in a segment's name; empty for any other file. */
  static OptionalLong number(Path path) {
    String name = path.getFileName().toString();
    return name.matches("[0-9]{20}\\.log")
        ? OptionalLong.of(Long.parseLong(name.substring(0, name.length() - ENDING.length())))
        : OptionalLong.empty();
  }

  /** The record that begins there; null if none does that is whole and as it was written. */
  static byte @Nullable [] read(FileChannel file, long offset) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME);
    if (!readAll(file, frame, offset)) {
      return null;
    }
    int length = frame.getInt(0);
    if (length < 0 || length > LONGEST || offset + FRAME + length > file.size()) {
      return null;
    }
    byte[] record = new byte[length];
    return readAll(file, ByteBuffer.wrap(record), offset + FRAME)
            && checksum(record) == frame.getInt(Integer.BYTES)
        ? record
        : null;
  }

  /**
   * Whether a whole record stands anywhere behind the end of what can be read: then there is
   * damage, and not only what a crash left half-written. Its length may be what is damaged, so
   * every byte is looked at.
   */
  static boolean goesOn(SpoolSegment segment) throws IOException {
    try (FileChannel file = FileChannel.open(segment.path, StandardOpenOption.READ)) {
      if (segment.end < HEADER) {
        return file.size() > HEADER;
      }
      ByteBuffer rest = ByteBuffer.allocate((int) (file.size() - segment.end));
      if (!readAll(file, rest, segment.end)) {
        return false;
      }
      for (int at = 1; at + FRAME < rest.limit(); at++) {
        int length = rest.getInt(at);
        if (length > 0 && length <= LONGEST && length <= rest.limit() - at - FRAME) {
          byte[] record = new byte[length];
          rest.get(at + FRAME, record);
          if (checksum(record) == rest.getInt(at + Integer.BYTES)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  static void frame(byte[] record, ByteBuffer to) {
    to.putInt(record.length).putInt(checksum(record)).put(record);
  }

  static void writeAll(FileChannel file, ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }

  private static boolean readAll(FileChannel file, ByteBuffer into, long offset)
      throws IOException {
    long at = offset;
    while (into.hasRemaining()) {
      int read = file.read(into, at);
      if (read < 0) {
        return false;
      }
      at += read;
    }
    return true;
  }

  private static int checksum(byte[] record) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(record.length).flip());
    sum.update(record);
    return (int) sum.getValue();
  }

  /** More records of that many bytes are on the disk. */
  void grow(long bytes, long more) {
    end += bytes;
    records += more;
  }

  Path path() {
    return path;
  }

  long number() {
    return number;
  }

  Instant begun() {
    return begun;
  }

  long end() {
    return end;
  }

  long records() {
    return records;
  }
}
