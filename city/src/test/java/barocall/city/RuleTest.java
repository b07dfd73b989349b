package barocall.city;

import static barocall.city.SomeCities.GYEONGJU;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {

  @ParameterizedTest
  @CsvSource({
    "포트홀, 집 앞에 포트홀이 있어요, true",
    "포트홀, 집 앞에 포트 홀이 있어요, false",
    "대형 폐기물, 대형폐기물을 버리려고요, true",
    "대형 폐기물, '대형   폐기물을 버리려고요', true",
    "CCTV, 골목에 cctv를 달아 주세요, true",
    "fire, my neighbour misfired, false",
    "fire, the house is on FIRE!, true",
    "street light, streetlight out, false",
    "311, call 3110 now, false",
    "straße, die STRASSE, true",
  })
  void wordsAreFoundAsPeopleWriteThem(String word, String text, boolean found) {
    assertThat(
            rule(Set.of(), Set.of(), List.of(word), List.of(), null)
                .matches("web", null, text, true))
        .isEqualTo(found);
  }

  @Test
  void decomposedHangulIsFound() {
    String decomposed = Normalizer.normalize("포트홀이 있어요", Normalizer.Form.NFD);

    assertThat(
            rule(Set.of(), Set.of(), List.of("포트홀"), List.of(), null)
                .matches("web", null, decomposed, true))
        .isTrue();
  }

  @Test
  void everyConditionMustHold() {
    Rule rule = rule(Set.of("web"), Set.of("road"), List.of("가", "나"), List.of("다", "라"), true);

    assertThat(rule.matches("web", "road", "나 다 라", false)).isTrue();
    assertThat(rule.matches("sms", "road", "나 다 라", false)).isFalse();
    assertThat(rule.matches("web", "bus", "나 다 라", false)).isFalse();
    assertThat(rule.matches("web", null, "나 다 라", false)).isFalse();
    assertThat(rule.matches("web", "road", "다 라", false)).isFalse();
    assertThat(rule.matches("web", "road", "가 다", false)).isFalse();
    assertThat(rule.matches("web", "road", "나 다 라", true)).isFalse();
  }

  @Test
  void aRuleCoversAnotherOnlyIfItTakesEverythingFromIt() {
    Rule all = rule(Set.of(), Set.of(), List.of(), List.of(), null);
    Rule web = rule(Set.of("web"), Set.of(), List.of(), List.of(), null);
    Rule webOrSms = rule(Set.of("web", "sms"), Set.of(), List.of(), List.of(), null);
    Rule hole = rule(Set.of(), Set.of(), List.of("포트홀", "구멍"), List.of(), null);
    Rule bigHole = rule(Set.of("web"), Set.of(), List.of("큰 포트홀"), List.of(), null);
    Rule holeOrTree = rule(Set.of(), Set.of(), List.of("포트홀", "나무"), List.of(), null);
    Rule both = rule(Set.of(), Set.of(), List.of(), List.of("포트홀", "나무"), null);
    Rule night = rule(Set.of(), Set.of(), List.of(), List.of(), true);

    assertThat(all.covers(web)).isTrue();
    assertThat(web.covers(all)).isFalse();
    assertThat(webOrSms.covers(web)).isTrue();
    assertThat(web.covers(webOrSms)).isFalse();
    assertThat(hole.covers(bigHole)).isTrue();
    assertThat(hole.covers(holeOrTree)).isFalse();
    assertThat(hole.covers(both)).isTrue();
    assertThat(both.covers(hole)).isFalse();
    assertThat(night.covers(web)).isFalse();
    assertThat(all.covers(night)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "web, road-damage, 도로에 구멍이 났어요, pothole",
    "web, , 집 앞 길이 꺼졌습니다. 싱크홀 같아요, sinkhole",
    "web, , 여권 만들 때 준비물이 뭔가요, passport-papers",
    "web, , 대형폐기물 버리는 방법 알려 주세요, bulky-waste-how",
    "telephone, , 대형폐기물 버리는 방법 알려 주세요, ",
    "web, , 콜센터 몇 시까지 하나요, opening-hours",
    "fax, illegal-parking, 소화전 앞 주차, illegal-parking",
    "web, , 안녕하세요, ",
  })
  void gyeongjuDecidesByItsRules(
      String channel, @Nullable String category, String words, @Nullable String rule) {
    assertThat(GYEONGJU.rule(channel, category, words, true).map(Rule::id).orElse(null))
        .isEqualTo(rule);
  }

  @Test
  void importedSpellingsMeetTheRulesOfTheirCategory() {
    City losAngeles = SomeCities.named("losangeles");

    assertThat(losAngeles.rule("crew", "Dead Animal Removal", "", true).map(Rule::decision))
        .contains(new Decision.Escalate("BOS", "urgent", Priority.HIGH));
  }

  private static Rule rule(
      Set<String> channels,
      Set<String> categories,
      List<String> any,
      List<String> all,
      @Nullable Boolean outOfHours) {
    return new Rule(
        "rule",
        channels,
        categories,
        any,
        all,
        outOfHours,
        new Decision.Desk(List.of()),
        new Text("이유", "reason"));
  }
}
