package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatFileTest {

  private static final String GOOD =
      """
      timeZone: Asia/Seoul
      dates: yyyy-MM-dd HH:mm
      columns:
        id: 접수번호
        received: [접수일시, 등록일]
      channels:
        telephone: [전화]
      ends:
        cancelled: [취하]
      """;

  @TempDir Path folder;

  @Test
  void aCityWritesAFormatOfItsOwn() throws IOException {
    Format format = FormatFile.find(written(GOOD).toString(), Path.of("formats"));

    assertThat(format.name()).isEqualTo("own");
    assertThat(format.timeZone()).isEqualTo(ZoneId.of("Asia/Seoul"));
    assertThat(format.charset()).isEqualTo(StandardCharsets.UTF_8);
    assertThat(format.separator()).isEqualTo(',');
    assertThat(format.columns().get(Format.Field.RECEIVED)).containsExactly("접수일시", "등록일");
    assertThat(format.channelOf("전화")).isEqualTo("telephone");
    assertThat(format.channelOf("방문")).isEqualTo("other");
    assertThat(format.endOf("취하")).isEqualTo("cancelled");
    assertThat(format.endOf("처리완료")).isEqualTo("done");
  }

  @Test
  void encodingAndSeparatorCanBeOthers() throws IOException {
    Format format = FormatFile.read(written(GOOD + "encoding: EUC-KR\nseparator: \"\\t\"\n"));

    assertThat(format.charset().name()).isEqualTo("EUC-KR");
    assertThat(format.separator()).isEqualTo('\t');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Asia/Seoul|Seoul/Asia|:1: 'Seoul/Asia' is no time zone; write one like America/New_York.",
        "yyyy-MM-dd HH:mm|yyyy-MM-dd jj|:2: 'yyyy-MM-dd jj' is no date pattern; write one like M/d/yyyy h:mm:ss a.",
        "id: 접수번호|text: 내용|:4: no column for 'id'; add one under columns.",
        "id: 접수번호|idd: 접수번호|:4: 'idd' is no field; use [id, received, ended, channel, status, category, subject, text, answer, department, address, latitude, longitude].",
        "telephone: [전화]|phone: [전화]|:7: 'phone' is no channel; use [telephone, web, mobile, sms, fax, email, counter, crew, open311, other].",
        "cancelled: [취하]|gone: [취하]|:9: 'gone' is no end; use [answered, done, connected, cancelled, referred, undescribed].",
        "timeZone: Asia/Seoul|zone: Asia/Seoul|:1: 'zone' is no part of a format; use [timeZone, encoding, separator, dates, columns, channels, ends].",
        "dates: yyyy-MM-dd HH:mm|dates: []|:2: no date pattern; write one like M/d/yyyy h:mm:ss a.",
        "telephone: [전화]|telephone: {a: b}|:7: a plain value is expected here.",
        "timeZone: Asia/Seoul|timeZone: [Asia/Seoul|this is not YAML",
      })
  void whatIsWrongIsSaidWithLineAndRemedy(String good, String bad, String sentence)
      throws IOException {
    Path file = written(GOOD.replace(good, bad));

    assertThatThrownBy(() -> FormatFile.read(file))
        .isInstanceOf(TrafficException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(sentence);
  }

  @Test
  void oneValueCantMeanTwoChannels() throws IOException {
    Path file = written(GOOD.replace("telephone: [전화]", "telephone: [전화]\n  web: [전화]"));

    assertThatThrownBy(() -> FormatFile.read(file))
        .hasMessageEndingWith(":8: '전화' can't mean both telephone and web; take it out of one.");
  }

  @Test
  void aPartThatIsMissingIsNamed() throws IOException {
    Path file = written(GOOD.replace("timeZone: Asia/Seoul\n", ""));

    assertThatThrownBy(() -> FormatFile.read(file)).hasMessageContaining("'timeZone' is missing");
  }

  @Test
  void anUnknownNameListsThoseThatThereAre() {
    assertThatThrownBy(() -> RepositoryFiles.format("sf311"))
        .hasMessage(
            "There is no format sf311: name one of la311, nyc311, or give the path of a format file.");
  }

  private Path written(String yaml) throws IOException {
    return Files.writeString(folder.resolve("own.yml"), yaml);
  }
}
