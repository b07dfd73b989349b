package barocall.intake.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of records on disk. A record is on the disk, and will be there after a crash or a loss of
 * power, when the future of its {@link #append} completes; those that come while the disk is busy
 * share the next write and its fsync. Records are read in their order from the head, and forgotten
 * when whoever reads says how far it is done; after a crash some of them may be read once more.
 *
 * <p>What a crash left half-written is cut off at the next opening: nobody was told that it was
 * kept. A file that is damaged before its end is read up to the damage and then put aside.
 */
final class SpoolLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolLog.class);
  private static final long LARGEST_SEGMENT = 16L << 20;
  private static final int MOST_AT_ONCE = 4 << 20;
  private static final String POSITION = "position";
  private static final int POSITION_BYTES = 20;
  private static final String TRIAL = "trial";

  /** More than a record of a usual size, so that the next does not fail at once. */
  private static final int TRIAL_BYTES = 64 << 10;

  private final Path folder;
  private final long maxBytes;
  private final long segmentBytes;
  private final Clock clock;
  private final FileChannel lockFile;
  private final FileChannel positionFile;
  private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private final Thread writer;

  // Guarded by this.
  private final Deque<SpoolSegment> segments = new ArrayDeque<>();
  private @Nullable SpoolSegment tail;
  private Position head;
  private long nextNumber;
  private long bytes;
  private long records;
  private boolean closed;
  private @Nullable IOException failure;

  // The writer's own.
  private @Nullable FileChannel tailFile;

  /** Where a record begins: which segment, at which byte. */
  record Position(long segment, long offset) {}

  /** A record, and where the next one begins. */
  record Kept(byte[] record, Position next) {}

  /** A record on its way to the disk. The one without content ends the writer. */
  private record Entry(byte @Nullable [] record, CompletableFuture<Void> done) {
    long size() {
      return record == null ? 0 : SpoolSegment.FRAME + record.length;
    }
  }

  /**
   * Opens the spool in a folder, which is made if it is not there.
   *
   * @param maxBytes that its files may take; no record that would go beyond is taken
   * @throws IOException when the folder cannot be used, or another process uses it
   */
  static SpoolLog open(Path folder, long maxBytes, Clock clock) throws IOException {
    return new SpoolLog(
        folder, maxBytes, Math.max(4_096, Math.min(LARGEST_SEGMENT, maxBytes / 8)), clock);
  }

  private SpoolLog(Path folder, long maxBytes, long segmentBytes, Clock clock) throws IOException {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.segmentBytes = segmentBytes;
    this.clock = clock;
    makeFolder(folder);
    this.lockFile = locked(folder.resolve("lock"));
    try {
      this.positionFile =
          FileChannel.open(
              folder.resolve(POSITION),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      this.head = recover();
      // Has its place on the disk before that may be full.
      noteIfItCan(head);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
    this.writer = new Thread(this::write, "spool");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Puts a record at the end.
   *
   * @return completes when it is on the disk; fails with an {@link IOException} if there is no room
   *     or the disk does not take it, and then it is not kept
   */
  CompletableFuture<Void> append(byte[] record) {
    Entry entry = new Entry(record, new CompletableFuture<>());
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(new IOException("the spool is closed"));
      }
      if (record.length > SpoolSegment.LONGEST || !hasRoom(entry.size())) {
        return CompletableFuture.failedFuture(new SpoolFullException());
      }
      bytes += entry.size();
      records++;
      queue.add(entry);
    }
    return entry.done();
  }

  /** Where the oldest record begins. */
  synchronized Position head() {
    return head;
  }

  /**
   * Records in their order.
   *
   * @return at most so many, fewer only at the end of what is on the disk
   */
  List<Kept> read(Position from, int most) throws IOException {
    List<Kept> found = new ArrayList<>();
    List<SpoolSegment> there;
    synchronized (this) {
      there = List.copyOf(segments);
    }
    for (SpoolSegment segment : there) {
      if (segment.number() < from.segment() || found.size() >= most) {
        continue;
      }
      long end;
      synchronized (this) {
        end = segment.end();
      }
      long offset = segment.number() == from.segment() ? from.offset() : (long) SpoolSegment.HEADER;
      try (FileChannel file = FileChannel.open(segment.path(), StandardOpenOption.READ)) {
        while (offset < end && found.size() < most) {
          byte[] record = SpoolSegment.read(file, offset);
          if (record == null) {
            throw new IOException("the spool's file %s is damaged".formatted(segment.path()));
          }
          offset += SpoolSegment.FRAME + record.length;
          found.add(new Kept(record, new Position(segment.number(), offset)));
        }
      }
    }
    return found;
  }

  /** Forgets the oldest records. */
  synchronized void forget(List<Kept> oldest) throws IOException {
    if (oldest.isEmpty()) {
      return;
    }
    records -= oldest.size();
    head = oldest.get(oldest.size() - 1).next();
    noteIfItCan(head);
    while (!segments.isEmpty() && isRead(segments.getFirst())) {
      SpoolSegment read = segments.removeFirst();
      bytes -= read.end();
      Files.deleteIfExists(read.path());
    }
  }

  /** An older note is harmless: some are sent again. What was sent must go, or room never comes. */
  private void noteIfItCan(Position position) {
    try {
      note(position);
    } catch (IOException e) {
      LOG.debug("How far the spool is read was not noted", e);
    }
  }

  /** Keeps a record beside the others for a person to look at. */
  Path putAside(Kept record) throws IOException {
    Position next = record.next();
    return Files.write(
        folder.resolve("%020d-%d.refused".formatted(next.segment(), next.offset())),
        record.record());
  }

  /** A segment that may still grow is read only when nothing is on its way into it. */
  private boolean isRead(SpoolSegment segment) {
    boolean passed =
        segment.number() < head.segment()
            || segment.number() == head.segment() && head.offset() >= segment.end();
    if (!passed || segment == tail && records > 0) {
      return false;
    }
    if (segment == tail) {
      tail = null;
    }
    return true;
  }

  /** How many wait, those included that are on their way to the disk. */
  synchronized long records() {
    return records;
  }

  /** How many bytes the files take. */
  synchronized long bytes() {
    return bytes;
  }

  /** Since when the oldest has waited, to the precision of its file; empty if none waits. */
  synchronized Optional<Instant> since() {
    return records == 0 || segments.isEmpty()
        ? Optional.empty()
        : Optional.of(segments.getFirst().begun());
  }

  /** Whether it would take a record of a usual size now, as far as it can tell. */
  synchronized boolean takesMore() {
    return !closed && failure == null && hasRoom(4_096);
  }

  /**
   * After a write that the disk refused: tries another one, beside the records. Who is not ready
   * gets no requests, so no record would come to show that there is room again.
   */
  void tryAgain() {
    synchronized (this) {
      if (closed || failure == null) {
        return;
      }
    }
    Path trial = folder.resolve(TRIAL);
    try {
      try (FileChannel file =
          FileChannel.open(trial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        SpoolSegment.writeAll(file, ByteBuffer.allocate(TRIAL_BYTES), 0);
        file.force(true);
      } finally {
        Files.deleteIfExists(trial);
      }
      synchronized (this) {
        failure = null;
      }
    } catch (IOException still) {
      LOG.debug("The spool's disk still takes nothing", still);
    }
  }

  private boolean hasRoom(long size) {
    return bytes + size + SpoolSegment.HEADER <= maxBytes;
  }

  /** Writes what is on its way and ends. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(new Entry(null, new CompletableFuture<>()));
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    positionFile.close();
    lockFile.close();
  }

  private void write() {
    List<Entry> batch = new ArrayList<>();
    boolean last = false;
    while (!last) {
      last = take(batch);
      if (!batch.isEmpty()) {
        keep(batch);
        batch.clear();
      }
    }
    closeTail();
  }

  /** What has come since the last write, one at least. */
  private boolean take(List<Entry> batch) {
    try {
      long size = 0;
      for (Entry entry = queue.take(); entry != null; entry = queue.poll()) {
        if (entry.record() == null) {
          return true;
        }
        batch.add(entry);
        size += entry.size();
        if (size >= MOST_AT_ONCE) {
          return false;
        }
      }
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void keep(List<Entry> batch) {
    int size = batch.stream().mapToInt(entry -> (int) entry.size()).sum();
    ByteBuffer frames = ByteBuffer.allocate(size);
    batch.forEach(
        entry -> {
          if (entry.record() != null) {
            SpoolSegment.frame(entry.record(), frames);
          }
        });
    frames.flip();
    try {
      SpoolSegment into = segment();
      FileChannel file = tailFile;
      if (file == null) {
        throw new IOException("the spool has no file to write to");
      }
      SpoolSegment.writeAll(file, frames, into.end());
      file.force(false);
      synchronized (this) {
        into.grow(size, batch.size());
        failure = null;
      }
      batch.forEach(entry -> entry.done().complete(null));
    } catch (IOException | RuntimeException e) {
      IOException refused = e instanceof IOException io ? io : new IOException(e);
      giveUpTail();
      synchronized (this) {
        bytes -= size;
        records -= batch.size();
        failure = refused;
      }
      LOG.debug("The spool did not take {} records", batch.size(), refused);
      batch.forEach(entry -> entry.done().completeExceptionally(refused));
    }
  }

  /** The file to write to: the present one until it is large enough. */
  private SpoolSegment segment() throws IOException {
    long number;
    synchronized (this) {
      if (tail != null && tail.end() < segmentBytes) {
        return tail;
      }
      tail = null;
      number = nextNumber++;
    }
    closeTail();
    SpoolSegment made;
    try {
      made = SpoolSegment.create(folder, number, clock.instant());
      forceFolder(folder);
      tailFile = FileChannel.open(made.path(), StandardOpenOption.WRITE);
    } catch (IOException e) {
      Files.deleteIfExists(folder.resolve("%020d.log".formatted(number)));
      throw e;
    }
    synchronized (this) {
      segments.addLast(made);
      bytes += made.end();
      tail = made;
    }
    return made;
  }

  /**
   * After a failed write or fsync nobody knows what of it is on the disk: the file is cut back to
   * what was kept, and never written to again.
   */
  private void giveUpTail() {
    SpoolSegment given;
    synchronized (this) {
      given = tail;
      tail = null;
    }
    FileChannel file = tailFile;
    if (given != null && file != null) {
      try {
        file.truncate(given.end());
      } catch (IOException e) {
        LOG.debug("The spool's last file was not cut back", e);
      }
    }
    closeTail();
  }

  private void closeTail() {
    FileChannel file = tailFile;
    tailFile = null;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.debug("A file of the spool was not closed", e);
      }
    }
  }

  /** Reads what a process before left, and returns where its oldest record begins. */
  private Position recover() throws IOException {
    Optional<Position> noted = noted();
    List<Path> paths;
    try (Stream<Path> files = Files.list(folder)) {
      paths = files.filter(path -> SpoolSegment.number(path).isPresent()).sorted().toList();
    }
    nextNumber = noted.map(Position::segment).orElse(0L) + 1;
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      SpoolSegment segment = SpoolSegment.open(path, SpoolSegment.number(path).orElseThrow());
      nextNumber = Math.max(nextNumber, segment.number() + 1);
      boolean passed = noted.isPresent() && segment.number() < noted.get().segment();
      if (passed) {
        Files.delete(path);
        continue;
      }
      cut(segment, i == paths.size() - 1);
      if (segment.records() == 0) {
        Files.delete(path);
        continue;
      }
      segments.addLast(segment);
      bytes += segment.end();
      records += segment.records();
    }
    if (segments.isEmpty()) {
      return new Position(nextNumber, SpoolSegment.HEADER);
    }
    SpoolSegment first = segments.getFirst();
    long done = noted.isPresent() ? recordsBefore(first, noted.get()) : 0;
    if (done == 0) {
      return new Position(first.number(), SpoolSegment.HEADER);
    }
    records -= done;
    return noted.orElseThrow();
  }

  /**
   * Cuts off what is not whole. At the very end that is what a crash left; before it there is
   * damage, and a copy is kept for whoever can read more of it.
   */
  private static void cut(SpoolSegment segment, boolean isLast) throws IOException {
    long size = Files.size(segment.path());
    if (size == segment.end()) {
      return;
    }
    if (!isLast || SpoolSegment.goesOn(segment)) {
      Path copy = segment.path().resolveSibling(segment.path().getFileName() + ".damaged");
      Files.copy(segment.path(), copy, StandardCopyOption.REPLACE_EXISTING);
      LOG.error(
          "The spool's file {} is damaged: {} of its {} bytes are readable, a copy is kept as {}.",
          segment.path().getFileName(),
          segment.end(),
          size,
          copy.getFileName());
    }
    try (FileChannel file = FileChannel.open(segment.path(), StandardOpenOption.WRITE)) {
      file.truncate(segment.end());
      file.force(true);
    }
  }

  /** How many records of the segment lie before that position; 0 if it is not one of its. */
  private static long recordsBefore(SpoolSegment segment, Position position) throws IOException {
    if (segment.number() != position.segment()) {
      return 0;
    }
    long count = 0;
    long offset = SpoolSegment.HEADER;
    try (FileChannel file = FileChannel.open(segment.path(), StandardOpenOption.READ)) {
      while (offset < position.offset()) {
        byte[] record = SpoolSegment.read(file, offset);
        if (record == null) {
          return 0;
        }
        offset += SpoolSegment.FRAME + record.length;
        count++;
      }
    }
    return offset == position.offset() ? count : 0;
  }

  /** Not forced to the disk: who reads an older one only reads some records again. */
  private void note(Position position) throws IOException {
    ByteBuffer note = ByteBuffer.allocate(POSITION_BYTES);
    note.putLong(position.segment()).putLong(position.offset());
    note.putInt(checksum(note.array())).flip();
    SpoolSegment.writeAll(positionFile, note, 0);
  }

  private Optional<Position> noted() throws IOException {
    ByteBuffer note = ByteBuffer.allocate(POSITION_BYTES);
    int read = positionFile.read(note, 0);
    return read == POSITION_BYTES && note.getInt(POSITION_BYTES - 4) == checksum(note.array())
        ? Optional.of(new Position(note.getLong(0), note.getLong(Long.BYTES)))
        : Optional.empty();
  }

  private static int checksum(byte[] note) {
    CRC32C sum = new CRC32C();
    sum.update(note, 0, POSITION_BYTES - Integer.BYTES);
    return (int) sum.getValue();
  }

  private static void makeFolder(Path folder) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("This very process uses the spool", e);
    }
    file.close();
    throw new IOException("another process uses the spool in " + path.getParent());
  }

  /** A new file is there after a loss of power only if its folder says so. */
  private static void forceFolder(Path folder) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }
}
