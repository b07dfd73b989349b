package barocall.notification.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.AccessKind;
import barocall.contract.By;
import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.ComplaintReturned;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.WhyKind;
import barocall.notification.MailServer;
import barocall.notification.NotificationStack;
import barocall.testkit.Accesses;
import barocall.testkit.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class InboxDoorsTest extends NotificationStack {
  private static final String ROADS = "/api/v1/cities/gyeongju/departments/roads/inbox";

  @Test
  void escalatedComplaintStandsInTheInboxWithAllItsFields() {
    Inquiry inquiry = escalatedToRoads();

    person("gyeongju-roads")
        .get()
        .uri(ROADS)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath(at(inquiry) + ".receiptNumber")
        .isEqualTo(inFours(inquiry))
        .jsonPath(at(inquiry) + ".channel")
        .isEqualTo("web")
        .jsonPath(at(inquiry) + ".category")
        .isEqualTo("road-damage")
        .jsonPath(at(inquiry) + ".categoryName")
        .isEqualTo("도로 파손")
        .jsonPath(at(inquiry) + ".subject")
        .isEqualTo("포트홀")
        .jsonPath(at(inquiry) + ".text")
        .isEqualTo("집 앞 도로가 깊게 패였습니다.")
        .jsonPath(at(inquiry) + ".state")
        .isEqualTo("escalated")
        .jsonPath(at(inquiry) + ".receivedAt")
        .value(it -> assertThat(it.toString()).contains("+09:00"))
        .jsonPath(at(inquiry) + ".dueAt")
        .value(it -> assertThat(it.toString()).contains("+09:00"))
        .jsonPath(at(inquiry) + ".dueClause")
        .isEqualTo("민원처리법 시행령 제17조");
  }

  @Test
  void onlyItsOfficersAndTheCitysAdminComeIn() {
    Inquiry inquiry = escalatedToRoads();
    List<String> doors = List.of(ROADS, ROADS + "/" + inquiry.inquiryId());

    for (String door : doors) {
      anyone().get().uri(door).exchange().expectStatus().isUnauthorized();
      for (String other : List.of("gyeongju-water", "gyeongju-agent-1", "cheonan-admin")) {
        person(other).get().uri(door).exchange().expectStatus().isForbidden();
      }
      for (String own : List.of("gyeongju-roads", "gyeongju-admin", "admin")) {
        person(own).get().uri(door).exchange().expectStatus().isOk();
      }
    }
    act(person("gyeongju-water"), inquiry, "acknowledge", Map.of()).expectStatus().isForbidden();
    act(anyone(), inquiry, "acknowledge", Map.of()).expectStatus().isUnauthorized();
  }

  @Test
  void whoSawAndDidWhatIsRecordedBeforeTheAnswer() {
    Inquiry inquiry = inquiry();
    say(
        received(inquiry, contact("010-1234-5678", null)),
        escalated(inquiry, 1, "roads", null, contact("010-1234-5678", null)));
    String door = ROADS + "/" + inquiry.inquiryId();
    until(() -> person("gyeongju-roads").get().uri(door).exchange().expectStatus().isOk());
    person("gyeongju-water").get().uri(door).exchange().expectStatus().isForbidden();
    assertThat(Accesses.to(inquiry.inquiryId()))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.service()).isEqualTo("notification-service");
              assertThat(seen.user()).isEqualTo("gyeongju-roads");
              assertThat(seen.role()).isEqualTo("department");
              assertThat(seen.address()).isEqualTo("127.0.0.1");
              assertThat(seen.what()).isEqualTo(AccessKind.CASE);
              assertThat(seen.department()).isEqualTo("roads");
              assertThat(seen.contact()).isTrue();
            });

    person("gyeongju-admin").get().uri(ROADS).exchange().expectStatus().isOk();
    act(person("gyeongju-roads"), inquiry, "acknowledge", Map.of()).expectStatus().isOk();
    act(person("gyeongju-admin"), inquiry, "acknowledge", Map.of()).expectStatus().isEqualTo(409);
    act(person("gyeongju-roads"), inquiry, "return", Map.of("reason", "국도입니다."))
        .expectStatus()
        .isOk();
    assertThat(Accesses.kindsTo(inquiry.inquiryId()))
        .containsExactly(
            AccessKind.CASE, AccessKind.LIST, AccessKind.ACKNOWLEDGE, AccessKind.RETURN);
    assertThat(
            Accesses.findings(Accesses.to(inquiry.inquiryId()).get(0), credentials().accessSeal()))
        .isEmpty();
    assertThat(Accesses.to(inquiry.inquiryId()).toString())
        .doesNotContain("1234-5678", "국도입니다", WORDS);
  }

  @Test
  void anotherDepartmentsCaseIsNotFoundHere() {
    Inquiry inquiry = escalatedToRoads();

    person("gyeongju-water")
        .get()
        .uri("/api/v1/cities/gyeongju/departments/water/inbox/" + inquiry.inquiryId())
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  /** Departments of several cities bear the same id. */
  @Test
  void anotherCitysCaseIsNeitherFoundNorTouchedHere() {
    Inquiry inquiry = escalatedToRoads();
    String there = "/api/v1/cities/cheonan/departments/roads/inbox/" + inquiry.inquiryId();

    for (String deed : List.of("acknowledge", "resolve", "return")) {
      person("cheonan-admin")
          .post()
          .uri(there + "/" + deed)
          .bodyValue(Map.of("answer", "답", "reason", "까닭"))
          .exchange()
          .expectStatus()
          .isNotFound();
    }

    person("gyeongju-roads")
        .get()
        .uri(ROADS + "/" + inquiry.inquiryId())
        .exchange()
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("escalated");
  }

  @Test
  void takingACaseTwiceIsTheSameAndForAnyoneElseTooLate() {
    Inquiry inquiry = escalatedToRoads();
    WebTestClient officer = person("gyeongju-roads");

    for (int time = 0; time < 2; time++) {
      act(officer, inquiry, "acknowledge", Map.of())
          .expectStatus()
          .isOk()
          .expectBody()
          .jsonPath("$.state")
          .isEqualTo("acknowledged")
          .jsonPath("$.acknowledgedBy")
          .isEqualTo("gyeongju-roads");
    }
    act(person("gyeongju-admin"), inquiry, "acknowledge", Map.of())
        .expectStatus()
        .isEqualTo(409)
        .expectHeader()
        .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.firstBy")
        .isEqualTo("gyeongju-roads")
        .jsonPath("$.firstByName")
        .isEqualTo("도로과")
        .jsonPath("$.firstDid")
        .isEqualTo("acknowledge")
        .jsonPath("$.detail")
        .isEqualTo("도로과 님이 먼저 접수했습니다.");
    assertThat(said(ComplaintAcknowledged.class, inquiry, 1))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.officer()).isEqualTo("gyeongju-roads");
              assertThat(event.department()).isEqualTo("roads");
              assertThat(event.step()).isEqualTo(1);
            });
  }

  @Test
  void answeringAtOnceAlsoTakesTheCase() {
    Inquiry inquiry = escalatedToRoads();

    act(person("gyeongju-roads"), inquiry, "resolve", Map.of("answer", "메웠습니다. 800101-1234567"))
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("resolved");

    assertThat(said(ComplaintAcknowledged.class, inquiry, 1)).hasSize(1);
    InquiryResolved resolved = said(InquiryResolved.class, inquiry, 1).get(0);
    assertThat(resolved.by()).isEqualTo(By.DEPARTMENT);
    assertThat(resolved.step()).isEqualTo(1);
    assertThat(resolved.department()).isEqualTo("roads");
    assertThat(resolved.departmentName()).isEqualTo("도로과");
    assertThat(resolved.atFirstContact()).isFalse();
    assertThat(resolved.answer()).startsWith("메웠습니다.").doesNotContain("1234567");
    until(
        () ->
            person("gyeongju-roads")
                .get()
                .uri(ROADS)
                .exchange()
                .expectBody()
                .jsonPath(at(inquiry))
                .doesNotExist());
    person("gyeongju-roads")
        .get()
        .uri(ROADS + "?state=resolved")
        .exchange()
        .expectBody()
        .jsonPath(at(inquiry) + ".answer")
        .exists();
    act(person("gyeongju-roads"), inquiry, "return", Map.of("reason", "국도입니다."))
        .expectStatus()
        .isEqualTo(409)
        .expectBody()
        .jsonPath("$.firstDid")
        .isEqualTo("resolve");
  }

  @Test
  void returnedCaseLeavesTheInboxAndHidesTheCitizen() {
    Inquiry inquiry = inquiry();
    say(
        received(inquiry, contact("010-1234-5678", null)),
        escalated(inquiry, 1, "roads", null, contact("010-1234-5678", null)));
    untilListed(inquiry);
    WebTestClient officer = person("gyeongju-roads");
    officer
        .get()
        .uri(ROADS + "/" + inquiry.inquiryId())
        .exchange()
        .expectBody()
        .jsonPath("$.contact.telephone")
        .isEqualTo("010-1234-5678")
        .jsonPath("$.contact.name")
        .isEqualTo("홍길동");

    act(officer, inquiry, "return", Map.of("reason", "국도입니다.")).expectStatus().isOk();

    assertThat(said(ComplaintReturned.class, inquiry, 1).get(0).reason()).isEqualTo("국도입니다.");
    officer
        .get()
        .uri(ROADS + "/" + inquiry.inquiryId())
        .exchange()
        .expectBody()
        .jsonPath("$.state")
        .isEqualTo("returned")
        .jsonPath("$.contact")
        .doesNotExist();
  }

  @Test
  void whatWasReopenedAndWentElsewhereHidesTheCitizen() {
    Inquiry inquiry = inquiry();
    var contact = contact("010-1234-5678", null);
    say(received(inquiry, contact), escalated(inquiry, 1, "roads", null, contact));
    untilListed(inquiry);
    WebTestClient officer = person("gyeongju-roads");
    act(officer, inquiry, "resolve", Map.of("answer", "고쳤\u0007습니다.\r\n도로과"))
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.contact.telephone")
        .isEqualTo("010-1234-5678");
    assertThat(said(InquiryResolved.class, inquiry, 1).get(0).answer()).isEqualTo("고쳤습니다.\n도로과");

    say(
        new InquiryReopened(inquiry, CLOCK.instant(), 1, "아직입니다"),
        escalated(inquiry, 2, "traffic", null, contact));

    until(
        () ->
            officer
                .get()
                .uri(ROADS + "/" + inquiry.inquiryId())
                .exchange()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("resolved")
                .jsonPath("$.contact")
                .doesNotExist());
  }

  @Test
  void theWordsOfABodyAreNotSaidInALog() {
    assertThat(new InboxDoors.Answer("비밀").toString()).doesNotContain("비밀");
    assertThat(new InboxDoors.Reason("비밀").toString()).doesNotContain("비밀");
  }

  @Test
  void ofTwoOfficersAtOnceOneIsFirst() {
    for (int round = 0; round < 3; round++) {
      Inquiry inquiry = escalatedToRoads();
      List<CompletableFuture<Integer>> answers =
          List.of("gyeongju-roads", "gyeongju-admin", "admin").stream()
              .map(
                  user ->
                      CompletableFuture.supplyAsync(
                          () ->
                              act(person(user), inquiry, "acknowledge", Map.of())
                                  .returnResult(String.class)
                                  .getStatus()
                                  .value()))
              .toList();
      assertThat(answers.stream().map(CompletableFuture::join).sorted())
          .containsExactly(200, 409, 409);
      assertThat(said(ComplaintAcknowledged.class, inquiry, 1)).hasSize(1);
    }
  }

  @Test
  void aLaterStepElsewhereTakesItOutOfTheInbox() {
    Inquiry inquiry = inquiry();
    // The later decision comes first: topics keep no order between them.
    say(
        new InquiryAssigned(
            inquiry,
            CLOCK.instant(),
            2,
            new Why(WhyKind.AGENT, null, "상담사가 가져왔습니다."),
            null,
            false,
            List.of(),
            List.of()),
        escalated(inquiry, 1, "roads"));
    until(
        () ->
            act(person("gyeongju-roads"), inquiry, "acknowledge", Map.of())
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.firstDid")
                .isEqualTo("assign"));
    person("gyeongju-roads")
        .get()
        .uri(ROADS)
        .exchange()
        .expectBody()
        .jsonPath(at(inquiry))
        .doesNotExist();
  }

  @Test
  void whatTheDeskTakesBackFirstIsTheDesksAndTheDepartmentIsTold() {
    Inquiry inquiry = inquiry();
    String water = "/api/v1/cities/gyeongju/departments/water/inbox";
    // The wish may be here before what it is about.
    say(
        new RecallRequested(inquiry, CLOCK.instant(), 1, "agent-1", "다른 부서 일입니다."),
        received(inquiry, null),
        escalated(inquiry, 1, "water"));

    ComplaintRecalled recalled = said(ComplaintRecalled.class, inquiry, 1).get(0);
    assertThat(recalled.id()).isEqualTo("complaint-recalled/" + inquiry.inquiryId() + "/1");
    assertThat(recalled.department()).isEqualTo("water");
    assertThat(recalled.agent()).isEqualTo("agent-1");
    assertThat(recalled.reason()).isEqualTo("다른 부서 일입니다.");
    WebTestClient officer = person("gyeongju-water");
    for (String action : List.of("acknowledge", "resolve", "return")) {
      officer
          .post()
          .uri(water + "/" + inquiry.inquiryId() + "/" + action)
          .bodyValue(Map.of("answer", "예", "reason", "아니오"))
          .exchange()
          .expectStatus()
          .isEqualTo(409)
          .expectBody()
          .jsonPath("$.firstDid")
          .isEqualTo("recall")
          .jsonPath("$.firstByName")
          .isEqualTo("가상담");
    }
    assertThat(rows(officer, water, inquiry)).isEmpty();
    assertThat(rows(officer, water + "?state=recalled", inquiry)).hasSize(1);
    until(
        () ->
            assertThat(WEB.caught("/water", inquiry.inquiryId()))
                .filteredOn(it -> it.body().contains("complaint.recalled"))
                .singleElement()
                .satisfies(it -> assertThat(it.body()).doesNotContain("다른 부서")));
    until(
        () ->
            assertThat(MAIL.mails(inFours(inquiry)))
                .extracting(MailServer::subject)
                .filteredOn(it -> it.contains("이관 회수"))
                .hasSize(1));
    say(new RecallRequested(inquiry, CLOCK.instant(), 1, "agent-1", "다른 부서 일입니다."));
    assertThat(said(ComplaintRecalled.class, inquiry, 1)).hasSize(1);
  }

  @Test
  void whatTheCitizenWithdrawsLeavesTheInboxAndTheDepartmentIsToldOnceWhateverCameFirst() {
    Inquiry inquiry = inquiry();
    InquiryResolved withdrawn =
        new InquiryResolved(
            inquiry,
            CLOCK.instant(),
            2,
            How.CANCELLED,
            By.AGENT,
            "agent-1",
            null,
            null,
            null,
            false,
            "취하하였습니다.");
    say(withdrawn, received(inquiry, null), escalated(inquiry, 1, "water"), withdrawn);

    String water = "/api/v1/cities/gyeongju/departments/water/inbox";
    WebTestClient officer = person("gyeongju-water");
    until(
        () ->
            officer
                .post()
                .uri(water + "/" + inquiry.inquiryId() + "/acknowledge")
                .exchange()
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.firstDid")
                .isEqualTo("withdraw"));
    assertThat(rows(officer, water, inquiry)).isEmpty();
    until(
        () ->
            assertThat(WEB.caught("/water", inquiry.inquiryId()))
                .filteredOn(it -> it.body().contains("complaint.withdrawn"))
                .hasSize(1));
    until(
        () ->
            assertThat(MAIL.mails(inFours(inquiry)))
                .extracting(MailServer::subject)
                .filteredOn(it -> it.contains("민원 취하"))
                .hasSize(1));
  }

  @Test
  void whatTheDepartmentHasTakenStaysThere() {
    Inquiry inquiry = escalatedToRoads();
    act(person("gyeongju-roads"), inquiry, "acknowledge", Map.of()).expectStatus().isOk();

    say(new RecallRequested(inquiry, CLOCK.instant(), 1, "agent-1", null));

    until(
        () ->
            person("gyeongju-roads")
                .get()
                .uri(ROADS + "/" + inquiry.inquiryId())
                .exchange()
                .expectBody()
                .jsonPath("$.history[?(@.what=='recall-requested')]")
                .exists()
                .jsonPath("$.state")
                .isEqualTo("acknowledged"));
    act(person("gyeongju-roads"), inquiry, "resolve", Map.of("answer", "예")).expectStatus().isOk();
    assertThat(said(InquiryResolved.class, inquiry, 1)).hasSize(1);
    assertThat(Topics.shared().readAll("complaint-recalled"))
        .filteredOn(it -> it.key().startsWith(inquiry.inquiryId()))
        .isEmpty();
  }

  private static List<Map<String, Object>> rows(WebTestClient who, String door, Inquiry inquiry) {
    return who
        .get()
        .uri(door)
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(new ParameterizedTypeReference<List<Map<String, Object>>>() {})
        .returnResult()
        .getResponseBody()
        .stream()
        .filter(it -> inquiry.inquiryId().equals(it.get("inquiryId")))
        .toList();
  }

  @Test
  void nonsenseIsRefusedFieldByField() {
    Inquiry inquiry = escalatedToRoads();
    WebTestClient officer = person("gyeongju-roads");

    for (Map<String, String> body : List.of(Map.<String, String>of(), Map.of("answer", "  "))) {
      act(officer, inquiry, "resolve", body)
          .expectStatus()
          .isBadRequest()
          .expectBody()
          .jsonPath("$.errors[0].field")
          .isEqualTo("answer");
    }
    officer
        .post()
        .uri(ROADS + "/" + inquiry.inquiryId() + "/return")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue("{nonsense")
        .exchange()
        .expectStatus()
        .isBadRequest();
    officer.get().uri(ROADS + "?state=nonsense").exchange().expectStatus().isBadRequest();
    officer
        .post()
        .uri(ROADS + "/gyeongju-c-unknown/acknowledge")
        .exchange()
        .expectStatus()
        .isNotFound();
    person("admin")
        .get()
        .uri("/api/v1/cities/nowhere/departments/roads/inbox")
        .exchange()
        .expectStatus()
        .isNotFound();
  }

  @Test
  void aDepartmentThatThereIsNotHasNoInbox() {
    String nowhere = "/api/v1/cities/gyeongju/departments/nowhere/inbox";
    for (String door : List.of("", "/events", "/gyeongju-c-unknown", "?state=resolved")) {
      person("gyeongju-admin").get().uri(nowhere + door).exchange().expectStatus().isNotFound();
    }
    person("gyeongju-roads").get().uri(nowhere).exchange().expectStatus().isForbidden();
    anyone().get().uri(nowhere).exchange().expectStatus().isUnauthorized();
  }

  @Test
  void whatIsTooLongIs413AndACharacterIsOneWhateverItsCode() {
    Inquiry inquiry = escalatedToRoads();
    WebTestClient officer = person("gyeongju-roads");
    String longest = "\uD83D\uDE00".repeat(20_000);

    for (String[] act : new String[][] {{"resolve", "answer"}, {"return", "reason"}}) {
      act(officer, inquiry, act[0], Map.of(act[1], longest + "가"))
          .expectStatus()
          .isEqualTo(413)
          .expectHeader()
          .contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
          .expectBody()
          .jsonPath("$.errors[0].field")
          .isEqualTo(act[1]);
    }
    act(officer, inquiry, "resolve", Map.of("answer", longest)).expectStatus().isOk();
  }

  private Inquiry escalatedToRoads() {
    Inquiry inquiry = inquiry();
    say(received(inquiry, null), escalated(inquiry, 1, "roads"));
    untilListed(inquiry);
    return inquiry;
  }

  private void untilListed(Inquiry inquiry) {
    until(
        () ->
            person("gyeongju-roads")
                .get()
                .uri(ROADS)
                .exchange()
                .expectBody()
                .jsonPath(at(inquiry))
                .exists());
  }

  private static String at(Inquiry inquiry) {
    return "$[?(@.inquiryId=='" + inquiry.inquiryId() + "')]";
  }

  private static WebTestClient.ResponseSpec act(
      WebTestClient who, Inquiry inquiry, String action, Map<String, String> body) {
    return who.post()
        .uri(ROADS + "/" + inquiry.inquiryId() + "/" + action)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }
}
