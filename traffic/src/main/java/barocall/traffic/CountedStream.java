package barocall.traffic;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** How far a file has been read, for the progress bar. */
final class CountedStream extends FilterInputStream {

  private final long size;
  private long count;

  private CountedStream(InputStream stream, long size) {
    super(stream);
    this.size = size;
  }

  /**
   * Opens a file.
   *
   * @throws TrafficException if it is not there or can't be read
   */
  static CountedStream open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new TrafficException("There is no file %s: check the path.".formatted(path));
    }
    try {
      return new CountedStream(Files.newInputStream(path), Files.size(path));
    } catch (IOException e) {
      throw new TrafficException("%s can't be read: %s.".formatted(path, e.getMessage()), e);
    }
  }

  /** Bytes of the file. */
  long size() {
    return size;
  }

  /** Bytes read so far. */
  long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count += one < 0 ? 0 : 1;
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count += Math.max(read, 0);
    return read;
  }
}
