package barocall.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What lies on the disk of an installation, but for the credentials and the caught mails. */
record DataFolder(Path path) {

  /** The files in which that text stands somewhere, relative to the folder. */
  List<Path> filesWith(String text) throws IOException {
    byte[] wanted = text.getBytes(UTF_8);
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = path.relativize(file);
        if (!name.startsWith("catcher")
            && !name.toString().startsWith("credentials")
            && contains(file, wanted)) {
          found.add(name);
        }
      }
    }
    return found;
  }

  private static boolean contains(Path file, byte[] wanted) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException goneMeanwhile) {
      return false;
    }
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
