package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barocall.contract.AccessCheck.Newest;
import barocall.local.CheckedAudit.Accepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one check keeps for the next is whole or as it was. */
class CheckedAuditTest {
  private static final Accepted LOST =
      new Accepted(
          Instant.parse("2026-11-24T03:00:00Z"),
          "kim",
          "the disk \"b\"\nwas lost",
          List.of("Record 2 of run a of routing-service-0 is missing."));

  @TempDir private Path folder;

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    CheckedAudit kept =
        new CheckedAudit(List.of(new Newest("routing-service-0/a/7", "seal")), List.of(LOST));
    kept.write(file());
    assertThat(CheckedAudit.read(file())).isEqualTo(kept);
  }

  @Test
  void earlierReleasesFileIsRead() throws IOException {
    Files.writeString(file(), "routing-service-0/a/7 seal\nintake-service-0/b/1 other\n");
    assertThat(CheckedAudit.read(file()))
        .isEqualTo(
            new CheckedAudit(
                List.of(
                    new Newest("routing-service-0/a/7", "seal"),
                    new Newest("intake-service-0/b/1", "other")),
                List.of()));
  }

  /** Written in place, a cut in the middle would leave half of it. */
  @Test
  void itTakesThePlaceOfTheOldOneWhole() throws IOException {
    CheckedAudit.NONE.with(LOST).write(file());
    Path old = Files.createLink(folder.resolve("old"), file());
    String before = Files.readString(old);
    CheckedAudit.NONE.write(file());
    assertThat(Files.readString(old)).isEqualTo(before);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(file(), old);
    }
  }

  @Test
  void whatIsNoneIsRefusedInASentence() throws IOException {
    for (String damaged : List.of("routing-service-0/a/7\n", "accepted {\"at\":\n", " seal\n")) {
      Files.writeString(file(), damaged);
      assertThatThrownBy(() -> CheckedAudit.read(file()))
          .isInstanceOf(LaunchException.class)
          .hasMessageEndingWith("is not what an audit check kept: take it from the back-up.");
    }
  }

  private Path file() {
    return folder.resolve("audit-checked");
  }
}
