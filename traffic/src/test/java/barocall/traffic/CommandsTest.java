package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.access.Credentials;
import barocall.access.CredentialsFile;
import barocall.access.Office;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void aFile() throws IOException {
    file =
        Files.writeString(
            folder.resolve("rows.csv"), "SRNumber,CreatedDate,Owner\n1,2018-01-01 00:00:00,BOS\n");
  }

  @Test
  void importReportsAndEndsWith0() throws IOException {
    try (PretendedIntake intake = new PretendedIntake()) {
      int code = importing("--url", intake.url().toString(), "--key", "good");

      assertThat(code).isZero();
      assertThat(out.toString())
          .contains(": 1 accepted, 0 repeated, 0 rejected by intake, 0 bad")
          .contains("The file has no column ClosedDate.");
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void anImportOfWhichNothingCountsEndsWith1AndASentence() throws IOException {
    Files.writeString(file, "SRNumber,CreatedDate\n1,never\n2,31 December\n");
    try (PretendedIntake intake = new PretendedIntake()) {
      assertThat(importing("--url", intake.url().toString(), "--key", "good")).isEqualTo(1);
      assertThat(out.toString()).contains("0 rejected by intake, 2 bad").contains("Bad: line 3");
      assertThat(err.toString())
          .isEqualToNormalizingNewlines(
              "No row of %s counts, for the reasons above: see whether la311 is its format, and mend the rows or the format.\n"
                  .formatted(file));
    }
  }

  @Test
  void anImportOfWhichIntakeRefusesEveryRowEndsWith1Too() throws IOException {
    Files.writeString(file, "SRNumber,CreatedDate\nbad-1,2018-01-01 00:00:00\n");
    try (PretendedIntake intake = new PretendedIntake()) {
      assertThat(importing("--url", intake.url().toString(), "--key", "good")).isEqualTo(1);
      assertThat(err.toString()).startsWith("No row of ");
    }
  }

  @Test
  void aFileWithoutRowsAndOneThatRepeatsEndWith0() throws IOException {
    try (PretendedIntake intake = new PretendedIntake()) {
      assertThat(importing("--url", intake.url().toString(), "--key", "good")).isZero();
      Files.writeString(
          file, "SRNumber,CreatedDate,Owner\n1,2018-01-01 00:00:00,BOS\n2,never,BOS\n");
      assertThat(importing("--url", intake.url().toString(), "--key", "good")).isZero();
      Files.writeString(file, "SRNumber,CreatedDate\n");
      assertThat(importing("--url", intake.url().toString(), "--key", "good")).isZero();
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void whatFailsEndsWith1AndOneSentence() throws IOException {
    try (PretendedIntake intake = new PretendedIntake()) {
      assertThat(importing("--url", intake.url().toString(), "--key", "wrong")).isEqualTo(1);
      assertThat(err.toString()).contains("does not let this key in (401)");
    }
  }

  @Test
  void theKeyComesFromTheCredentials() throws IOException {
    CredentialsFile credentials = new CredentialsFile(folder.resolve("credentials.json"));
    credentials.change(
        none ->
            Credentials.generate(
                List.of(new Office("newyork", List.of(), List.of())), new SecureRandom()));

    assertThat(importing("--data", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("has no key for the city losangeles");
  }

  @Test
  void absentCredentialsAreNamedWithTheRemedy() {
    assertThat(importing("--data", folder.resolve("absent").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is no ").contains("--data");
  }

  @Test
  void anAbsentFileOrCityIsNamed() {
    Path there = file;
    file = folder.resolve("absent.csv");
    assertThat(importing("--key", "good")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no file ");

    file = there;
    assertThat(importing("--key", "good", "--city", "atlantis")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no city atlantis: name one of ");
  }

  @Test
  void aReplayTellsWhatItFoundInTheFile() throws IOException {
    Files.writeString(
        file, "SRNumber,CreatedDate,ClosedDate\n1,2018-01-02 00:00:00,2018-01-01 00:00:00\n2,x,\n");
    Path root = RepositoryFiles.root();

    // It ends there, for nobody has credentials; what was read has been told.
    int code =
        commandLine(new ReplayCommand())
            .execute(
                file.toString(),
                "--format",
                root.resolve("formats/la311.yml").toString(),
                "--cities",
                root.resolve("cities").toString(),
                "--city",
                "losangeles",
                "--data",
                folder.resolve("absent").toString());

    assertThat(code).isEqualTo(1);
    assertThat(out.toString())
        .contains("2 rows read: 1 bad")
        .contains("The file has no column RequestSource or Source or Origin.")
        .contains("1 rows that end before they begin, left out of durations")
        .contains("Bad: line 3: the time received 'x' fits no date pattern");
  }

  @Test
  void wrongUsageEndsWith2() {
    assertThat(commandLine(new ImportCommand()).execute(file.toString())).isEqualTo(2);
    assertThat(
            commandLine(new ReplayCommand())
                .execute(
                    file.toString(), "--format", "la311", "--city", "losangeles", "--speed", "0"))
        .isEqualTo(2);
    assertThat(
            commandLine(new ReplayCommand())
                .execute(
                    file.toString(), "--format", "la311", "--city", "losangeles", "--run", "a b"))
        .isEqualTo(2);
    assertThat(commandLine(new DemoCommand()).execute("--speed", "-1")).isEqualTo(2);
  }

  private int importing(String... more) {
    Path root = RepositoryFiles.root();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                file.toString(),
                "--format",
                "la311",
                "--formats",
                root.resolve("formats").toString(),
                "--cities",
                root.resolve("cities").toString()));
    arguments.addAll(List.of(more));
    if (!arguments.contains("--city")) {
      arguments.addAll(List.of("--city", "losangeles"));
    }
    return commandLine(new ImportCommand()).execute(arguments.toArray(String[]::new));
  }

  private CommandLine commandLine(Object command) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }
}
