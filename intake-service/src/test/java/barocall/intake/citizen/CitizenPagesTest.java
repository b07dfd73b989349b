package barocall.intake.citizen;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event;
import barocall.intake.IntakeStack;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class CitizenPagesTest extends IntakeStack {
  @Test
  void theFirstPageLeadsToTheCities() {
    assertThat(page("/")).contains("href=\"/gyeongju\"", "경주시", "054-779-8585");
    anyone().get().uri("/?city=gyeongju").exchange().expectHeader().location("/gyeongju");
    anyone().get().uri("/atlantis").exchange().expectStatus().isNotFound();
  }

  @Test
  void theFormHasWhatACitizenNeeds() {
    assertThat(page("/gyeongju")).contains("도로 파손", "복지", "name=\"key\"", "주민등록번호");
    assertThat(page("/gyeongju?lang=en")).contains("Road damage", "What happened?");
  }

  @Test
  void sendingLeadsToTheReceiptAndTwiceIsOnce() {
    MultiValueMap<String, String> form = form("도로가 파였습니다 900101-1234567");
    form.set("telephone", "010-1234-5678");
    form.set("category", "road-damage");
    String first = sent(form);
    String second = sent(form);
    assertThat(second).isEqualTo(first).contains("masked=1");

    String receipt = page(first);
    Matcher number = Pattern.compile("\\d{4}-\\d{4}-\\d{4}").matcher(first);
    assertThat(number.find()).isTrue();
    assertThat(receipt)
        .contains(number.group(), "접수되었습니다", "담당부서 지정", "가리고")
        .doesNotContain("1234567");
    Map<?, ?> answer =
        channelOf("gyeongju")
            .get()
            .uri("/api/v1/receipts/" + number.group())
            .exchange()
            .expectBody(Map.class)
            .returnResult()
            .getResponseBody();
    assertThat(answer.get("category")).isEqualTo("road-damage");

    String found = found(number.group(), "5678");
    assertThat(page(found)).contains(number.group());
  }

  @Test
  void whatWasTypedIsKeptWithItsErrors() {
    MultiValueMap<String, String> form = form("<b>도로</b>");
    form.set("email", "nobody");
    form.set("address", "양정로 260");
    EntityExchangeResult<String> answer = post("/gyeongju", form);
    assertThat(answer.getStatus()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(answer.getResponseBody())
        .contains(
            "&lt;b&gt;도로&lt;/b&gt;",
            "양정로 260",
            "nobody",
            "전자우편 주소를",
            "value=\"" + form.getFirst("key"));
  }

  @Test
  void otherWordsUnderAUsedKeyAreAskedAboutAndKept() {
    MultiValueMap<String, String> form = form("하나");
    sent(form);
    form.set("text", "둘");
    EntityExchangeResult<String> answer = post("/gyeongju", form);
    assertThat(answer.getStatus()).isEqualTo(HttpStatus.CONFLICT);
    assertThat(answer.getResponseBody())
        .contains("둘", "이미 접수되었습니다")
        .doesNotContain(form.getFirst("key"));
  }

  @Test
  void aWrongLookUpSaysSoAndKeepsTheNumber() {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.set("number", "0000-0000-0000");
    form.set("last4", "1234");
    EntityExchangeResult<String> answer = post("/receipts", form);
    assertThat(answer.getStatus()).isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(answer.getResponseBody()).contains("0000-0000-0000", "확인해 주십시오");
    anyone()
        .get()
        .uri("/receipts/0000-0000-0000")
        .exchange()
        .expectHeader()
        .location("/receipts?number=0000-0000-0000");
  }

  @Test
  void theEventOfAFormIsAWebInquiry() {
    String place = sent(form("가로등이 꺼졌습니다"));
    Matcher number = Pattern.compile("\\d{4}-\\d{4}-\\d{4}").matcher(place);
    assertThat(number.find()).isTrue();
    String digits = number.group().replace("-", "");
    assertThat(
            all("call-received").stream()
                .map(Event.CallReceived.class::cast)
                .filter(it -> digits.equals(it.inquiry().receiptNumber()))
                .map(Event.CallReceived::text))
        .containsExactly("가로등이 꺼졌습니다");
  }

  private MultiValueMap<String, String> form(String text) {
    Matcher key = Pattern.compile("name=\"key\" value=\"([^\"]+)\"").matcher(page("/gyeongju"));
    assertThat(key.find()).isTrue();
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.set("key", key.group(1));
    form.set("text", text);
    return form;
  }

  private String sent(MultiValueMap<String, String> form) {
    EntityExchangeResult<String> answer = post("/gyeongju", form);
    assertThat(answer.getStatus()).isEqualTo(HttpStatus.SEE_OTHER);
    return location(answer);
  }

  private String found(String number, String last4) {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.set("number", number);
    form.set("last4", last4);
    EntityExchangeResult<String> answer = post("/receipts", form);
    assertThat(answer.getStatus()).isEqualTo(HttpStatus.SEE_OTHER);
    return location(answer);
  }

  private static String location(EntityExchangeResult<String> answer) {
    URI location = answer.getResponseHeaders().getLocation();
    assertThat(location).isNotNull();
    return location.toString();
  }

  private EntityExchangeResult<String> post(String path, MultiValueMap<String, String> form) {
    return anyone()
        .post()
        .uri(path)
        .contentType(MediaType.APPLICATION_FORM_URLENCODED)
        .accept(MediaType.TEXT_HTML)
        .bodyValue(form)
        .exchange()
        .expectBody(String.class)
        .returnResult();
  }

  private String page(String path) {
    return anyone()
        .get()
        .uri(path)
        .accept(MediaType.TEXT_HTML)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .returnResult()
        .getResponseBody();
  }
}
