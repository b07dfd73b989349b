package barocall.contract;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.AccessCheck.Newest;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.Event.AccountRecorded;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is missing, changed or swapped among the records of who saw what is noticed. */
class AccessChainTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private static final UnaryOperator<String> OURS = sealing("ours");

  @Test
  void wholeChainIsFine() {
    List<AccessRecorded> records = run("routing-service", "a", null, 5);
    assertThat(records)
        .extracting(AccessRecorded::key)
        .startsWith("routing-service-0/a/1", "routing-service-0/a/2");
    assertThat(findings(records)).isEmpty();
  }

  /** Were it another, all that was sealed before would count as changed. */
  @Test
  void sealIsTheSameInEveryRelease() {
    AccessRecorded first = run("routing-service", "a", null, 1).get(0);
    assertThat(first.seal()).isEqualTo("Txl9gIoqrZNDj7ca4h0uaB5VkE5XxBfI3PmjRNHw5uk");
  }

  @Test
  void orderAndRepeatsChangeNothing() {
    List<AccessRecorded> records = run("routing-service", "a", null, 8);
    records.addAll(records.subList(2, 5));
    Collections.shuffle(records, new Random(7));
    assertThat(findings(records)).isEmpty();
    assertThat(checked(records).count()).isEqualTo(8);
  }

  @Test
  void removedRecordIsMissing() {
    List<AccessRecorded> records = run("routing-service", "a", null, 9);
    records.remove(6);
    records.subList(1, 4).clear();
    assertThat(findings(records))
        .containsExactly(
            "Records 2 to 4 of run a of routing-service-0 are missing.",
            "Record 7 of run a of routing-service-0 is missing.");
  }

  @Test
  void removedBeginningIsMissing() {
    List<AccessRecorded> records = run("routing-service", "a", null, 3);
    records.remove(0);
    assertThat(findings(records))
        .containsExactly("Record 1 of run a of routing-service-0 is missing.");
  }

  @Test
  void changedRecordIsNoticed() {
    List<AccessRecorded> records = run("routing-service", "a", null, 4);
    records.set(1, by("somebody-else", records.get(1), records.get(1).seal()));
    assertThat(findings(records))
        .singleElement()
        .asString()
        .startsWith("Record 2 of run a of routing-service-0 does not bear its writer's seal");
  }

  @Test
  void newestRecordChangedIsNoticedToo() {
    List<AccessRecorded> records = run("routing-service", "a", null, 4);
    records.set(3, by("somebody-else", records.get(3), records.get(3).seal()));
    assertThat(findings(records)).hasSize(1);
  }

  @Test
  void whoDoesNotKnowTheSecretCannotWriteTheChainAnew() {
    List<AccessRecorded> forged = run("routing-service", "a", null, 3, sealing("theirs"));
    assertThat(findings(forged)).hasSize(3);
  }

  @Test
  void whoKnowsTheSecretAndChangesOneBreaksTheChain() {
    List<AccessRecorded> records = run("routing-service", "a", null, 4);
    records.set(1, resealed(by("somebody-else", records.get(1), "")));
    assertThat(findings(records))
        .containsExactly(
            "Record 3 of run a of routing-service-0 does not follow the record before it: one of them was changed.");
  }

  @Test
  void swappedRecordsAreNoticed() {
    List<AccessRecorded> records = run("routing-service", "a", null, 4);
    AccessRecorded second = records.get(1);
    AccessRecorded third = records.get(2);
    records.set(1, numbered(third, 2));
    records.set(2, numbered(second, 3));
    assertThat(findings(records)).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void twoThatSayDifferentThingsUnderOneNumberAreNoticed() {
    List<AccessRecorded> records = run("routing-service", "a", null, 2);
    records.add(resealed(by("somebody-else", records.get(1), "")));
    assertThat(findings(records))
        .containsExactly(
            "Record 2 of run a of routing-service-0 is there twice and says different things, one of them 5ad174e06e0fbdbc.");
  }

  @Test
  void numberThatSomebodyMadeUpIsNoReasonToLookForTheRest() {
    List<AccessRecorded> records = run("routing-service", "a", null, 2);
    records.add(numbered(records.get(1), Integer.MAX_VALUE));
    records.add(numbered(records.get(1), 0));
    assertThat(findings(records)).hasSize(2).allMatch(it -> it.contains("seal"));
  }

  @Test
  void writerThatStartsAgainGoesOnWhereItWas() {
    List<AccessRecorded> records = run("routing-service", "a", null, 3);
    records.addAll(run("routing-service", "b", last(records), 2));
    records.addAll(run("routing-service", "c", last(records), 1));
    assertThat(findings(records)).isEmpty();
  }

  @Test
  void endOfAnEarlierRunThatWasRemovedIsNoticed() {
    List<AccessRecorded> records = run("routing-service", "a", null, 3);
    List<AccessRecorded> later = run("routing-service", "b", last(records), 2);
    records.remove(2);
    records.addAll(later);
    assertThat(findings(records))
        .containsExactly(
            "Record 1 of run b of routing-service-0 follows a record that is not there: the last ones that routing-service-0 wrote before are missing.");
  }

  @Test
  void wholeRunThatWasRemovedIsNoticed() {
    List<AccessRecorded> first = run("routing-service", "a", null, 3);
    List<AccessRecorded> second = run("routing-service", "b", last(first), 2);
    List<AccessRecorded> third = run("routing-service", "c", last(second), 2);
    List<AccessRecorded> records = new ArrayList<>(first);
    records.addAll(third);
    assertThat(findings(records)).hasSize(1);
    assertThat(findings(third)).hasSize(1);
  }

  /** It would be the way to write over what was removed, for who has the secret. */
  @Test
  void writerThatBeginsTwiceIsNoticed() {
    List<AccessRecorded> records = run("routing-service", "a", null, 3);
    records.addAll(run("routing-service", "b", null, 2));
    assertThat(findings(records))
        .singleElement()
        .asString()
        .startsWith("routing-service-0 begins 2 times");
  }

  @Test
  void writersStandEachForThemselves() {
    List<AccessRecorded> records = run("routing-service", "a", null, 3);
    records.addAll(run("notification-service", "a", null, 3));
    records.remove(4);
    assertThat(findings(records))
        .containsExactly("Record 2 of run a of notification-service-0 is missing.");
  }

  /** The same service writes both, each in a chain of its own. */
  @Test
  void accountsAreAChainOfTheirOwn() {
    AccessChain chain = new AccessChain("routing-service", 0, "b", null, OURS);
    AccessCheck check = checked(run("routing-service", "a", null, 2));
    AccountRecorded first = chain.next(loggedIn("gyeongju-agent-1"), NOON);
    AccountRecorded second = chain.next(loggedIn("gyeongju-agent-2"), NOON);
    AccountRecorded third = chain.next(loggedIn("gyeongju-agent-3"), NOON);
    assertThat(first.key()).isEqualTo("routing-service-0-accounts/b/1");
    check.add(first);
    check.add(second);
    assertThat(check.findings(List.of())).isEmpty();
    assertThat(check.newest())
        .extracting(Newest::key)
        .containsExactly("routing-service-0/a/2", "routing-service-0-accounts/b/2");
    AccessCheck without = checked(List.of());
    without.add(first);
    without.add(third);
    assertThat(without.findings(List.of()))
        .containsExactly("Record 2 of run b of routing-service-0-accounts is missing.");
  }

  @Test
  void whoWasRefusedCannotBeChanged() {
    AccountRecorded refused =
        new AccessChain("routing-service", 0, "b", null, OURS)
            .next(loggedIn("gyeongju-agent-1"), NOON);
    AccessCheck check = new AccessCheck(OURS);
    check.add(
        loggedIn("somebody-else")
            .open("routing-service", 0, "b", 1, null, NOON)
            .withSeal(refused.seal()));
    assertThat(check.findings(List.of())).singleElement().asString().contains("seal");
  }

  private static AccountDeed loggedIn(String user) {
    return new AccountDeed(
        user, "agent", "10.0.0.7", AccountKind.LOG_IN, "gyeongju", null, null, null);
  }

  @Test
  void newestThatWasThereAtTheLastCheckMustStillBeThere() {
    List<AccessRecorded> records = run("routing-service", "a", null, 3);
    List<Newest> kept = checked(records).newest();
    assertThat(kept).containsExactly(new Newest("routing-service-0/a/3", records.get(2).seal()));
    List<AccessRecorded> more = new ArrayList<>(run("routing-service", "a", null, 4));
    assertThat(checked(more).findings(kept)).isEmpty();
    records.remove(2);
    assertThat(findings(records)).isEmpty();
    assertThat(checked(records).findings(kept))
        .containsExactly(
            "routing-service-0/a/3 was there at an earlier check and is not any more, or not as it was.");
    assertThat(checked(List.of()).findings(kept)).hasSize(1);
  }

  private static List<String> findings(List<AccessRecorded> records) {
    return checked(records).findings(List.of());
  }

  private static AccessCheck checked(List<AccessRecorded> records) {
    AccessCheck check = new AccessCheck(OURS);
    records.forEach(check::add);
    return check;
  }

  private static String last(List<AccessRecorded> records) {
    return records.get(records.size() - 1).seal();
  }

  private static List<AccessRecorded> run(
      String service, String run, @Nullable String before, int count) {
    return run(service, run, before, count, OURS);
  }

  private static List<AccessRecorded> run(
      String service, String run, @Nullable String before, int count, UnaryOperator<String> seal) {
    AccessChain chain = new AccessChain(service, 0, run, before, seal);
    List<AccessRecorded> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(
          chain.next(
              new Accessed(
                  "gyeongju-agent-" + i,
                  "agent",
                  "10.0.0.7",
                  AccessKind.CASE,
                  "gyeongju",
                  null,
                  List.of("gyeongju-c-" + i),
                  true),
              NOON.plusSeconds(i)));
    }
    return records;
  }

  private static AccessRecorded resealed(AccessRecorded open) {
    return open.withSeal(OURS.apply(new String(EventCodec.json(open), StandardCharsets.UTF_8)));
  }

  private static AccessRecorded by(String user, AccessRecorded it, String seal) {
    return copy(it, user, it.number(), seal);
  }

  private static AccessRecorded numbered(AccessRecorded it, int number) {
    return copy(it, it.user(), number, it.seal());
  }

  private static AccessRecorded copy(AccessRecorded it, String user, int number, String seal) {
    return new AccessRecorded(
        it.service(),
        it.instance(),
        it.run(),
        number,
        it.before(),
        it.at(),
        user,
        it.role(),
        it.address(),
        it.what(),
        it.city(),
        it.department(),
        it.inquiryIds(),
        it.contact(),
        seal);
  }

  private static UnaryOperator<String> sealing(String secret) {
    return text -> {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      } catch (java.security.GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
