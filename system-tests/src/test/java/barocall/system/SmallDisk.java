package barocall.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A folder with a small file system of its own in memory, so that it can be filled without harm to
 * the machine. Mounting takes the rights of root; without them it is a folder like any other.
 */
final class SmallDisk implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private final Path folder;
  private final Optional<String> whyNot;
  private final Thread atTheEnd;

  SmallDisk(Path folder, int megabytes) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.whyNot =
        run(
            List.of(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + megabytes + "m",
                "tmpfs",
                folder.toString()));
    this.atTheEnd = new Thread(this::unmount, "unmount");
    if (whyNot.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(atTheEnd);
    }
  }

  /** Why it is none, if it is none. */
  Optional<String> whyNot() {
    return whyNot;
  }

  /** Until not a byte fits any more. */
  void fill() {
    byte[] piece = new byte[PIECE];
    int size = PIECE;
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (size > 0) {
        try {
          out.write(piece, 0, size);
        } catch (IOException full) {
          size /= 2;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void relieve() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  private void unmount() {
    // Whoever still has a file open keeps it; the name is gone.
    run(List.of("umount", "-l", folder.toString()));
  }

  private static Optional<String> run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(20, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? Optional.empty() : Optional.of(said.strip());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (whyNot.isEmpty()) {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
      unmount();
    }
  }
}
