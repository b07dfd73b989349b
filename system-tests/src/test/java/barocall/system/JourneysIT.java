package barocall.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.system.CityDoors.Accepted;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Each person's way through the pages, in a real browser. */
@OnTheSuite
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JourneysIT {
  private static final double PATIENCE_MILLIS = 60_000;

  private final Suite suite;
  private final CityDoors gyeongju;
  private Browser browser;

  JourneysIT(Suite suite) {
    this.suite = suite;
    this.gyeongju = suite.city("gyeongju");
  }

  @BeforeAll
  void openBrowser() {
    browser = Browser.open();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  @AfterAll
  void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void aCitizenFillsTheFormAndSeesTheReceipt() {
    Page page = browser.newcomer();
    page.navigate(address(Service.INTAKE, "/gyeongju"));
    String words = "공원 벤치가 부서져 앉을 수 없습니다. " + CityDoors.fresh("words");
    page.locator("#text").fill(words);
    page.locator("#address").fill("황성공원");
    page.locator("#telephone").fill("010-0000-6172");
    page.locator("form#inquiry button[type=submit]").click();

    Locator number = page.locator("#number");
    assertThat(number).isVisible();
    String receiptNumber = number.textContent().strip();
    assertThat(receiptNumber).matches("\\d{4}-\\d{4}-\\d{4}");
    assertThat(page.locator("#status-heading")).isVisible();

    Page later = browser.newcomer();
    later.navigate(address(Service.INTAKE, "/receipts"));
    later.locator("#number").fill(receiptNumber);
    later.locator("#last4").fill("6172");
    later.locator("#last4").press("Enter");
    assertThat(later.locator("strong#number")).hasText(receiptNumber);
    Patience.await()
        .until(
            () ->
                gyeongju.desk(gyeongju.agent("agent-1")).stream()
                    .anyMatch(row -> row.path("text").asString("").equals(words)));
  }

  @Test
  void aCallOpensAtTheDeskOfWhoAnswersItAndNeverOverWhatIsBeingWritten() {
    Page page = browser.newcomer();
    page.navigate(address(Service.ROUTING, "/gyeongju/desk"));
    logIn(page, suite.credentials().agent("gyeongju", "agent-4"));
    assertThat(page.locator("[data-live-status]").first()).hasAttribute("data-state", "open");
    Page colleague = browser.newcomer();
    colleague.navigate(address(Service.ROUTING, "/gyeongju/desk"));
    logIn(colleague, suite.credentials().agent("gyeongju", "agent-5"));

    String first = CityDoors.fresh("call");
    Accepted call = gyeongju.call(first, Map.of("text", "첫 전화"));
    gyeongju.answer(first, "agent-4");
    assertThat(page.locator("[data-whole]")).containsText(call.receiptNumber());
    assertThat(page.locator("[data-call-opened]")).containsText("통화를 열었습니다");
    assertThat(row(colleague, call)).containsText("통화 중");
    assertThat(colleague.locator("[data-whole]")).not().containsText(call.receiptNumber());

    page.keyboard().press("a");
    page.keyboard().type("쓰던 답변");
    String second = CityDoors.fresh("call");
    Accepted next = gyeongju.call(second, Map.of("text", "둘째 전화"));
    gyeongju.answer(second, "agent-4");
    Locator bar = page.locator("[data-call]");
    assertThat(bar).containsText("둘째 전화");
    assertThat(page.locator("#answer")).isFocused();
    assertThat(page.locator("[data-whole]")).containsText(call.receiptNumber());
    assertThat(new AxeBuilder(page).analyze().getViolations()).extracting(Rule::getId).isEmpty();
    page.keyboard().press("Alt+c");
    assertThat(page.locator("[data-whole]")).containsText(next.receiptNumber());
    assertThat(bar).isHidden();
    assertThat(page.locator("#answer")).hasValue("");
    row(page, call).locator("button").click();
    assertThat(page.locator("#answer")).hasValue("쓰던 답변");
    gyeongju.end(first, "agent-4", Map.of("connectedTo", "tax"));
    gyeongju.end(second, "agent-4", Map.of("connectedTo", "tax"));
  }

  @Test
  void anAgentAnswersAtTheDeskByKeyboard() {
    Accepted inquiry = forTheDesk("산책로에 벤치를 더 놓아 주실 수 있습니까");
    Page page = deskAt(inquiry);
    page.keyboard().press("a");
    assertThat(page.locator("#answer")).isFocused();
    page.keyboard().type("내년 예산으로 열 개를 더 놓습니다.");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    assertThat(page.locator("form[data-act=resolve] button[type=submit]")).isFocused();
    page.keyboard().press("Enter");

    assertThat(row(page, inquiry)).hasCount(0);
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.receipt(inquiry).path("answer").asString())
                    .isEqualTo("내년 예산으로 열 개를 더 놓습니다."));
  }

  @Test
  void anAgentUsesAPastAnswerByKeyboardAndReadsWhereItWasGiven() {
    String answer = "해가 지면 켭니다.";
    Accepted earlier = forTheDesk("월지와 첨성대 조명은 언제 켜는지요");
    gyeongju
        .deskAction(gyeongju.agent("agent-2"), earlier, "resolve", Map.of("answer", answer))
        .expect(200);
    Accepted inquiry = forTheDesk("첨성대 조명 시간을 여쭙니다");
    Patience.await()
        .until(
            () ->
                gyeongju
                    .suggestions(gyeongju.agent("agent-1"), inquiry)
                    .path("answers")
                    .toString()
                    .contains(answer));
    Page page = deskAt(inquiry);
    Locator suggested = page.locator("[data-suggested]");
    assertThat(suggested).containsText(answer);
    assertThat(suggested).containsText("첨성대");
    for (String language : List.of("ko", "en")) {
      page.navigate(
          address(
              Service.ROUTING,
              "/gyeongju/desk?inquiry=" + inquiry.inquiryId() + "&lang=" + language));
      assertThat(suggested).containsText(answer);
      assertThat(new AxeBuilder(page).analyze().getViolations())
          .extracting(Rule::getId)
          .as(language)
          .isEmpty();
    }

    suggested.locator("a").first().click();
    assertThat(page.locator("[data-whole]")).containsText("월지");
    assertThat(page.locator("[data-reading]")).isVisible();
    assertThat(page.locator("[data-actions]")).isHidden();
    page.keyboard().press("b");
    assertThat(page.locator("[data-whole]")).containsText("시간을");
    assertThat(suggested).isVisible();
    page.keyboard().press("1");
    assertThat(page.locator("#answer")).hasValue(answer);
    page.keyboard().press("Control+End");
    page.keyboard().type(" 안압지 옆입니다.");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    Patience.await()
        .untilAsserted(
            () ->
                assertThat(gyeongju.receipt(inquiry).path("answer").asString())
                    .isEqualTo(answer + " 안압지 옆입니다."));
  }

  @Test
  void anAgentFindsAClosedCaseByItsTelephoneNumberByKeyboard() {
    String digits = "%04d".formatted(Math.floorMod(CityDoors.fresh("t").hashCode(), 10_000));
    Accepted closed =
        gyeongju.inquiry(
            Map.of(
                "channel",
                "web",
                "text",
                "황리단길 화장실은 몇 시까지 여는지요",
                "contact",
                Map.of("name", "서라벌", "telephone", "010-0000-" + digits)));
    Visitor colleague = gyeongju.agent("agent-2");
    Patience.await().until(() -> isAtDesk(closed));
    gyeongju.deskAction(colleague, closed, "resolve", Map.of("answer", "밤 열 시까지 엽니다.")).expect(200);
    Accepted inquiry = forTheDesk("황리단길에 의자를 놓아 주실 수 있습니까");
    Page page = deskAt(inquiry);
    page.keyboard().press("a");
    page.keyboard().type("쓰던 답변");
    page.keyboard().press("Escape");

    page.keyboard().press("/");
    assertThat(page.locator("#search")).isFocused();
    page.keyboard().type("010 0000 " + digits);
    Locator option = page.locator("#found [role=option]");
    assertThat(option).hasCount(1);
    assertThat(option).containsText(closed.receiptNumber());
    assertThat(option).containsText("처리완료");
    assertThat(page.locator("#search")).hasAttribute("aria-activedescendant", "found-0");
    assertThat(new AxeBuilder(page).analyze().getViolations()).extracting(Rule::getId).isEmpty();
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-whole]")).containsText("밤 열 시까지 엽니다.");
    assertThat(page.locator("[data-whole]")).containsText("서라벌");
    assertThat(page.locator("[data-reading]")).isVisible();
    assertThat(page.locator("[data-actions]")).isHidden();
    assertThat(page.locator("[data-taken]")).isHidden();
    assertThat(new AxeBuilder(page).analyze().getViolations()).extracting(Rule::getId).isEmpty();

    page.keyboard().press("w");
    assertThat(page.locator("#corrected")).isFocused();
    assertThat(page.locator("#corrected")).hasValue("밤 열 시까지 엽니다.");
    page.keyboard().press("Control+A");
    page.keyboard().type("밤 아홉 시까지 엽니다.");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("[data-whole]")).containsText("밤 아홉 시까지 엽니다.");
    assertThat(page.locator("[data-whole]")).containsText("밤 열 시까지 엽니다.");
    page.keyboard().press("v");
    page.keyboard().press("Space");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("form[data-act=rate]")).isHidden();
    Page citizen = browser.newcomer();
    citizen.navigate(closed.statusUrl());
    assertThat(citizen.locator("#status")).containsText("밤 아홉 시까지 엽니다.");
    assertThat(citizen.locator("#status")).containsText("바로잡은 답변입니다");
    assertThat(citizen.locator("#status")).not().containsText("밤 열 시까지 엽니다.");
    assertThat(citizen.locator("#status")).containsText("평가해 주셨습니다");

    page.keyboard().press("b");
    assertThat(page.locator("[data-whole]")).containsText("의자를");
    assertThat(page.locator("#answer")).hasValue("쓰던 답변");
    page.keyboard().press("/");
    page.keyboard().type("가");
    assertThat(page.locator("[data-found]")).isHidden();
    page.keyboard().type("나다라마바사");
    assertThat(page.locator("[data-found-status]")).containsText("찾은 민원이 없습니다");
    page.keyboard().press("Escape");
    assertThat(row(page, inquiry)).isVisible();
  }

  @Test
  void anAgentEscalatesAtTheDeskAndTakesItBackByKeyboard() {
    Accepted inquiry = forTheDesk("박물관 앞 화단이 말라 갑니다");
    Page page = deskAt(inquiry);
    page.keyboard().press("e");
    assertThat(page.locator("#department-search")).isFocused();
    page.keyboard().type("도시공원과");
    page.keyboard().press("Enter");
    assertThat(page.locator("#reason")).isFocused();
    page.keyboard().type("화단은 공원에서 돌봅니다.");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    assertThat(row(page, inquiry)).hasCount(0);
    Patience.await().until(() -> isIn("parks", inquiry));

    lookFor(page, inquiry.receiptNumber());
    assertThat(page.locator("form[data-act=recall]")).isVisible();
    assertThat(page.locator("[data-actions]")).isHidden();
    assertThat(new AxeBuilder(page).analyze().getViolations()).extracting(Rule::getId).isEmpty();
    page.keyboard().press("r");
    assertThat(page.locator("#recall-reason")).isFocused();
    page.keyboard().type("상담사가 답할 수 있습니다.");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    assertThat(row(page, inquiry)).isVisible();
    assertThat(page.locator("[data-actions]")).isVisible();
    assertThat(page.locator("[data-whole]")).containsText("상담사가 답할 수 있습니다.");
    Patience.await().until(() -> !isIn("parks", inquiry));
  }

  @Test
  void anOfficerComesFromTheMailAcknowledgesAndAnswersAndTheCitizenSeesIt() {
    Accepted complaint =
        gyeongju.inquiry(Map.of("channel", "web", "text", "초등학교 앞 횡단보도 옆에 싱크홀이 있습니다."));
    Page citizen = browser.newcomer();
    citizen.navigate(complaint.statusUrl());
    assertThat(citizen.locator("#number")).hasText(complaint.receiptNumber());

    JsonNode mail =
        Patience.await()
            .until(
                () ->
                    suite.mails().stream()
                        .filter(
                            it -> it.path("text").asString().contains(complaint.receiptNumber()))
                        .findFirst()
                        .orElse(null),
                it -> it != null);
    String link =
        mail.path("text")
            .asString()
            .lines()
            .filter(line -> line.startsWith("http://"))
            .findFirst()
            .orElseThrow();
    Page officer = browser.newcomer();
    officer.navigate(link);
    logIn(officer, suite.credentials().officer("gyeongju", "roads"));
    Locator opened = officer.locator("[data-case]");
    assertThat(opened).containsText("초등학교 앞 횡단보도");
    assertThat(opened).containsText(complaint.receiptNumber());
    officer.locator("[data-acknowledge]").click();
    assertThat(officer.locator("[data-acknowledge]")).hasCount(0);
    assertThat(citizen.locator("#status"))
        .containsText(
            "처리 중",
            new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                .setTimeout(PATIENCE_MILLIS));
    officer.locator("#answer-field").fill("오늘 밤에 메웁니다.");
    officer.locator("form[data-form=answer] button[type=submit]").click();
    assertThat(officer.locator("form[data-form=answer]")).hasCount(0);

    assertThat(citizen.locator("#status")).containsText("오늘 밤에 메웁니다.");
  }

  @Test
  void anAdministratorSeesTheFiguresMoveWithoutAReload() {
    Page page = browser.newcomer();
    page.navigate(address(Service.ANALYTICS, "/gyeongju"));
    logIn(page, suite.credentials().admin("gyeongju"));
    Locator received = page.locator("[data-measure=received]");
    assertThat(received).isVisible();
    page.evaluate("window.stayed = true");
    Locator counter = page.locator("[data-figure=sinceOpening]");
    long before = gyeongju.settledTotals().sinceOpening();
    Patience.await().untilAsserted(() -> assertThat(number(counter)).isEqualTo(before));
    Locator ticker = page.locator("[data-rows=events] li").first();
    String happenedBefore = ticker.count() == 0 ? "" : ticker.getAttribute("data-key");

    String callId = CityDoors.fresh("call");
    gyeongju.call(callId, Map.of());
    gyeongju.answer(callId, "agent-2");
    gyeongju.end(callId, "agent-2", Map.of());

    Patience.await().untilAsserted(() -> assertThat(number(counter)).isEqualTo(before + 1));
    Patience.await()
        .untilAsserted(
            () ->
                assertThat(page.locator("[data-rows=events] li").first().getAttribute("data-key"))
                    .isNotEqualTo(happenedBefore));
    assertThat(page.evaluate("window.stayed")).isEqualTo(true);
  }

  @Test
  void noPageHasABarrierInEitherLanguageOrMode() {
    Accepted complaint = gyeongju.inquiry(Map.of("channel", "web", "text", "시장 입구에 싱크홀이 있습니다."));
    Accepted waiting = forTheDesk("놀이터에 그늘막을 놓아 주십시오");
    Patience.await().until(() -> isIn("roads", complaint));
    Map<String, Credentials.Person> pages = new LinkedHashMap<>();
    Credentials known = suite.credentials();
    pages.put(address(Service.INTAKE, "/"), null);
    pages.put(address(Service.INTAKE, "/gyeongju"), null);
    pages.put(address(Service.INTAKE, "/receipts"), null);
    pages.put(complaint.statusUrl(), null);
    pages.put(address(Service.ROUTING, "/login"), null);
    pages.put(address(Service.ROUTING, "/gyeongju/desk"), known.agent("gyeongju", "agent-1"));
    pages.put(
        address(
            Service.NOTIFICATION,
            "/gyeongju/departments/roads/inbox?case=" + complaint.inquiryId()),
        known.officer("gyeongju", "roads"));
    pages.put(address(Service.NOTIFICATION, "/operations"), known.admin("gyeongju"));
    pages.put(address(Service.ANALYTICS, "/gyeongju"), known.admin("gyeongju"));
    pages.put(address(Service.ANALYTICS, "/gyeongju/journal"), known.admin("gyeongju"));
    pages.put(address(Service.ANALYTICS, "/gyeongju/configuration"), known.admin("gyeongju"));
    pages.put(address(Service.ANALYTICS, "/gyeongju/people"), known.admin("gyeongju"));
    pages.put(
        address(
            Service.ANALYTICS,
            "/gyeongju/people/person?user=" + known.agent("gyeongju", "agent-2").user()),
        known.admin("gyeongju"));
    List<String> barriers = new ArrayList<>();
    pages.forEach(
        (address, person) -> {
          Page page = browser.newcomer();
          page.navigate(address);
          if (person != null) {
            logIn(page, person);
          }
          if (address.contains("/desk")) {
            row(page, waiting).locator("button").click();
            assertThat(page.locator("[data-actions]")).isVisible();
          }
          for (String language : List.of("ko", "en")) {
            for (ColorScheme mode : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
              page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(mode));
              page.navigate(address + (address.contains("?") ? "&" : "?") + "lang=" + language);
              assertThat(page.locator("html")).hasAttribute("lang", language);
              assertThat(page.locator("main h1")).isVisible();
              for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
                barriers.add(
                    "%s %s %s: %s at %s"
                        .formatted(
                            URI.create(address).getPath(),
                            language,
                            mode,
                            rule.getId(),
                            rule.getNodes().get(0).getTarget()));
              }
            }
          }
          page.context().close();
        });
    assertThat(barriers).isEmpty();
  }

  private Page deskAt(Accepted inquiry) {
    Page page = browser.newcomer();
    page.navigate(address(Service.ROUTING, "/gyeongju/desk"));
    logIn(page, suite.credentials().agent("gyeongju", "agent-1"));
    assertThat(row(page, inquiry)).hasCount(1);
    lookFor(page, inquiry.receiptNumber());
    assertThat(page.locator("[data-whole]")).containsText(inquiry.receiptNumber());
    assertThat(page.locator("[data-actions]")).isVisible();
    return page;
  }

  /** By keyboard alone; the only case that is found is opened. */
  private static void lookFor(Page page, String typed) {
    page.keyboard().press("/");
    assertThat(page.locator("#search")).isFocused();
    page.keyboard().type(typed);
    page.keyboard().press("Enter");
  }

  private static Locator row(Page page, Accepted inquiry) {
    return page.locator("[data-queue] [data-key='" + inquiry.inquiryId() + "']");
  }

  /** At the log-in to which whoever is not known was sent. */
  private static void logIn(Page page, Credentials.Person person) {
    assertThat(page.locator("#user")).isVisible();
    page.locator("#user").fill(person.user());
    page.locator("#password").fill(person.password());
    page.locator("#password").press("Enter");
    assertThat(page.locator("#password")).hasCount(0);
  }

  private Accepted forTheDesk(String words) {
    Accepted inquiry = gyeongju.inquiry(Map.of("channel", "web", "text", words));
    Patience.await().until(() -> isAtDesk(inquiry));
    return inquiry;
  }

  private boolean isAtDesk(Accepted inquiry) {
    return gyeongju.desk(gyeongju.agent("agent-1")).stream()
        .anyMatch(row -> row.path("inquiryId").asString().equals(inquiry.inquiryId()));
  }

  private boolean isIn(String department, Accepted inquiry) {
    return gyeongju.inbox(department).stream()
        .anyMatch(row -> row.path("inquiryId").asString().equals(inquiry.inquiryId()));
  }

  private String address(Service service, String path) {
    return suite.url(service).resolve(path).toString();
  }

  private static long number(Locator figure) {
    return Long.parseLong(figure.textContent().strip().replace(",", ""));
  }
}
