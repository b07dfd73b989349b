package barocall.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The credentials file, readable by its owner alone. Services read it again when it has changed,
 * which they look for at most once a second; whoever changes it takes a lock and replaces it whole,
 * so that no reader ever sees half of it.
 */
public final class CredentialsFile {
  private static final System.Logger LOG = System.getLogger(CredentialsFile.class.getName());
  private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final Path path;
  private final LongSupplier nanoTime;
  private @Nullable Credentials current;
  private @Nullable Stamp stamp;
  private long lookedAt;

  public CredentialsFile(Path path) {
    this(path, System::nanoTime);
  }

  CredentialsFile(Path path, LongSupplier nanoTime) {
    this.path = path.toAbsolutePath();
    this.nanoTime = nanoTime;
  }

  public Path path() {
    return path;
  }

  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * The credentials as they are now. When a later version of the file cannot be read, the last good
   * one stays in force and the log says why.
   *
   * @throws CredentialsException if the file was never readable
   */
  public synchronized Credentials current() {
    long now = nanoTime.getAsLong();
    Credentials known = current;
    if (known != null && now - lookedAt < LOOK_EVERY_NANOS) {
      return known;
    }
    lookedAt = now;
    Stamp seen = Stamp.of(path);
    if (known != null && seen.equals(stamp)) {
      return known;
    }
    try {
      Credentials read = read();
      current = read;
      stamp = seen;
      return read;
    } catch (CredentialsException e) {
      if (known == null) {
        throw e;
      }
      stamp = seen;
      LOG.log(System.Logger.Level.ERROR, e.getMessage() + " The last good version stays in force.");
      return known;
    }
  }

  /** Reads the file as it is on disk. */
  public Credentials read() {
    try {
      Credentials read = JSON.readValue(Files.readAllBytes(path), Credentials.class);
      if (read == null) {
        throw new CredentialsException(path + " is empty; take it from the back-up.");
      }
      read.check(path.toString());
      return read;
    } catch (NoSuchFileException e) {
      throw new CredentialsException(
          "There is no " + path + "; `./barocall up` makes it on the first start.", e);
    } catch (IOException e) {
      throw new CredentialsException(
          path + " cannot be read (" + e.getMessage() + "); let this user read it.", e);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      // Without the cause: its message quotes what stands in the file.
      throw new CredentialsException(
          path
              + (line > 0 ? ", line " + line : "")
              + " is not as credentials are written; mend it or take it from the back-up.");
    }
  }

  /**
   * Changes the file, or makes it, while no other process does; returns what now stands in it. What
   * the change returns is given an empty picture when there is no file yet.
   */
  public synchronized Credentials change(UnaryOperator<Credentials> change) {
    try {
      Path folder = path.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
      try (FileChannel channel = open(lockFile);
          FileLock lock = channel.lock()) {
        assert lock.isValid();
        if (exists()) {
          giveToOwnerOf(path, lockFile);
        }
        Credentials before = exists() ? read() : Credentials.none();
        Credentials after = change.apply(before);
        if (!after.equals(before) || !exists()) {
          after.check(path.toString());
          replace(path, JSON.writeValueAsBytes(after));
        }
        current = after;
        stamp = Stamp.of(path);
        return after;
      }
    } catch (IOException e) {
      throw new CredentialsException(
          path + " cannot be written (" + e + "); let this user write its folder.", e);
    }
  }

  /**
   * Puts a whole new file in the place of the old one, for the eyes of its owner alone: the old
   * one's, if there was one and we may say so. Else root would lock out those who run services.
   */
  static void replace(Path path, byte[] content) throws IOException {
    Path fresh =
        Files.createTempFile(path.getParent(), "." + path.getFileName(), ".new", ownerOnly());
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      if (Files.exists(path)) {
        giveToOwnerOf(path, fresh);
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void giveToOwnerOf(Path old, Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes owned = Files.readAttributes(old, PosixFileAttributes.class);
    PosixFileAttributes now = view.readAttributes();
    if (owned.owner().equals(now.owner()) && owned.group().equals(now.group())) {
      return;
    }
    try {
      view.setGroup(owned.group());
      view.setOwner(owned.owner());
    } catch (FileSystemException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} belongs to {1} and the new {2} to {3}, which may not give it away: let whoever reads it own it.",
          old,
          owned.owner().getName(),
          file.getFileName(),
          now.owner().getName());
    }
  }

  /** A file for locking or appending, made for its owner's eyes alone. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        ownerOnly());
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** By what a changed file is known. */
  record Stamp(@Nullable FileTime modified, long size, @Nullable Object key) {
    static Stamp of(Path path) {
      try {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException e) {
        return new Stamp(null, -1, null);
      }
    }
  }
}
