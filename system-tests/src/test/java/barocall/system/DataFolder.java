package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lies on the disk of an installation, but for the credentials and the caught mails. */
record DataFolder(Path path) {

  /** For each of the texts the files in which it stands somewhere, relative to the folder. */
  Map<String, List<Path>> filesWith(List<String> texts) throws IOException {
    Map<String, List<Path>> found = new LinkedHashMap<>();
    texts.forEach(text -> found.put(text, new ArrayList<>()));
    for (Path file : files().stream().filter(this::mayHoldWords).toList()) {
      byte[] bytes;
      try {
        bytes = Files.readAllBytes(file);
      } catch (NoSuchFileException goneMeanwhile) {
        continue;
      }
      found.forEach(
          (text, where) -> {
            if (contains(bytes, text.getBytes(UTF_8))) {
              where.add(path.relativize(file));
            }
          });
    }
    return found;
  }

  /** Every file; what runs there removes some while they are listed. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            return goOn(failure);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            return goOn(failure);
          }
        });
    return files;
  }

  private static FileVisitResult goOn(@Nullable IOException failure) throws IOException {
    if (failure != null && !(failure instanceof NoSuchFileException)) {
      throw failure;
    }
    return FileVisitResult.CONTINUE;
  }

  /** The broker's indexes hold offsets alone, and are large because their room is reserved. */
  private boolean mayHoldWords(Path file) {
    Path name = path.relativize(file);
    String last = name.getFileName().toString();
    return !name.startsWith("catcher")
        && !last.startsWith("credentials")
        && !last.endsWith(".index")
        && !last.endsWith(".timeindex");
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    int last = bytes.length - wanted.length;
    for (int i = 0; i <= last; i++) {
      int j = 0;
      while (j < wanted.length && bytes[i + j] == wanted[j]) {
        j++;
      }
      if (j == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
