package barocall.routing.search;

import static barocall.routing.search.SomeCases.answered;
import static barocall.routing.search.SomeCases.minute;
import static barocall.routing.search.SomeCases.of;
import static barocall.routing.search.SomeCases.received;
import static barocall.routing.search.SomeCases.saying;
import static barocall.routing.search.SomeCases.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.routing.cases.Case;
import barocall.routing.precedents.Wording;
import barocall.routing.search.CaseIndex.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseIndexTest {
  private static final Wording KOREAN = Wording.ofEveryWord(Locale.KOREAN, List.of());

  @TempDir Path folder;
  private CaseIndex index;

  @BeforeEach
  void open() throws IOException {
    index = CaseIndex.open(folder, KOREAN);
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  @Test
  void aCaseIsFoundByWordsOfItsTextPlaceAndAnswerTogether() throws IOException {
    put(
        of(received("a", minute(1), "가로등이 꺼져 있습니다", "황성동 원화로 102")),
        answered("b", 2, "가로등 문의", "내일 고칩니다"));

    assertThat(found("가로등")).containsExactly("b", "a");
    assertThat(found("원화로 가로등")).containsExactly("a");
    assertThat(found("원화로 102")).containsExactly("a");
    assertThat(found("원화로 103")).isEmpty();
    assertThat(found("가로등을 고치다")).containsExactly("b");
    assertThat(found("가로수")).isEmpty();
  }

  @Test
  void aCompoundIsFoundWholeApartAndByItsParts() throws IOException {
    put(saying("a", 1, "불법주차가 심합니다"), saying("b", 2, "불법 주차가 심합니다"), saying("c", 3, "주차장이 좁습니다"));

    assertThat(found("불법주차")).containsExactly("b", "a");
    assertThat(found("불법 주차")).containsExactly("b", "a");
    assertThat(found("주차")).containsExactly("c", "b", "a");
  }

  @Test
  void whatWaitsIsFoundFirstThenTheNewestAndThatThereIsMoreIsSaid() throws IOException {
    put(waiting("old-and-waits", 0, "벤치가 부서졌습니다"));
    for (int i = 1; i <= 5; i++) {
      put(saying("a" + i, i, "벤치가 부서졌습니다"));
    }

    CaseIndex.Found found = index.find("벤치", 3);
    assertThat(found.ids()).containsExactly("old-and-waits", "a5", "a4", "a3");
    assertThat(found.more()).isTrue();
    assertThat(index.find("벤치", 10).more()).isFalse();

    put(answered("old-and-waits", 0, "벤치가 부서졌습니다", "고쳤습니다"));
    assertThat(found("벤치")).first().isEqualTo("a5");
  }

  @Test
  void numbersThatMayBeTelephonesAreNotInIt() throws IOException {
    put(saying("a", 1, "010-1234-5678로 전화 주십시오. hong@example.kr"));

    assertThat(found("전화")).containsExactly("a");
    assertThat(found("5678 전화")).isEmpty();
    assertThat(found("hong")).isEmpty();
  }

  @Test
  void whatIsErasedIsFoundNoMoreAndTidiedOffTheDisk() throws IOException {
    var said = received("a", minute(1), "첨성대앞에서 zebrafinch 보았습니다", null);
    put(of(said), saying("b", 2, "zebra 보았습니다"));
    index.commit(Position.start(minute(0)));
    assertThat(files()).contains("zebrafinch");

    Case erased = of(said.erase());
    put(erased);
    assertThat(found("zebrafinch")).isEmpty();
    assertThat(index.has(erased, "zebrafinch")).isFalse();
    assertThat(index.has(of(said), "zebrafinch")).isTrue();
    index.tidy();
    index.commit(Position.start(minute(0)));
    index.show();
    assertThat(files()).doesNotContain("zebrafinch");
    assertThat(found("zebra")).containsExactly("b");
  }

  @Test
  void whatWasCommittedIsThereAgainWithItsPosition() throws IOException {
    assertThat(index.position()).isNull();
    put(saying("a", 1, "가로등"));
    Position position = Position.start(minute(7)).scannedTo("gyeongju-x").untidy(true);
    index.commit(position);
    put(saying("b", 1, "가로등"));
    index.close();
    index = CaseIndex.open(folder, KOREAN);

    assertThat(index.position()).isEqualTo(position);
    assertThat(found("가로등")).containsExactly("a");
    index.commit(position.scannedTo(null).untidy(false));
    assertThat(index.position()).isEqualTo(new Position(minute(7), null, false));
  }

  @Test
  void englishIsFoundByItsStems() throws IOException {
    try (CaseIndex english =
        CaseIndex.open(folder.resolve("en"), Wording.ofEveryWord(Locale.ENGLISH, List.of()))) {
      english.put(saying("a", 1, "Street lights are broken"));
      english.show();
      assertThat(english.find("broken street light", 5).ids()).containsExactly("a");
      assertThat(english.find("streets", 5).ids()).containsExactly("a");
    }
  }

  private void put(Case... cases) throws IOException {
    for (Case known : cases) {
      index.put(known);
    }
    index.show();
  }

  private List<String> found(String words) throws IOException {
    return index.find(words, 10).ids();
  }

  private String files() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
