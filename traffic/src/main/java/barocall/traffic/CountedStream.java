package barocall.traffic;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How far a file has been read, for the progress bar. */
final class CountedStream extends FilterInputStream {

  private long count;

  CountedStream(InputStream stream) {
    super(stream);
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
