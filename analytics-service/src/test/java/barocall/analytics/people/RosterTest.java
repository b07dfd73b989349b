package barocall.analytics.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import barocall.access.Credentials;
import barocall.access.Office;
import barocall.access.Person;
import barocall.access.Role;
import barocall.analytics.people.RosterRefusal.Reason;
import barocall.city.Cities;
import barocall.city.City;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {
  private static final City GYEONGJU =
      Cities.load(Path.of("..", "cities")).city("gyeongju").orElseThrow();
  private static final Post ROADS = new Post(Role.DEPARTMENT, "roads", null);
  private static final Post ADMIN = new Post(Role.ADMIN, null, null);

  private final Credentials known =
      Credentials.generate(
          List.of(
              new Office(
                  "gyeongju",
                  List.of(new Office.Seat("agent-1", "가상담"), new Office.Seat("agent-2", "나친절")),
                  List.of(new Office.Seat("roads", "도로과"))),
              new Office("cheonan", List.of(), List.of(new Office.Seat("parks", "공원과")))),
          new SecureRandom());
  private final Roster roster = new Roster(GYEONGJU, "gyeongju-admin");

  @Test
  void onlyTheCitysPeopleAreShown() {
    assertThat(roster.people(known))
        .extracting(Person::user)
        .containsExactly(
            "gyeongju-admin", "gyeongju-agent-1", "gyeongju-agent-2", "gyeongju-roads");
  }

  @Test
  void whoIsInvitedComesInByAPasswordOfWhichOnlyTheHashIsKept() {
    Credentials after = roster.invite(known, "hana", "김하나", ROADS, "{hash}");
    Person hana = after.person("hana").orElseThrow();
    assertThat(hana.role()).isEqualTo(Role.DEPARTMENT);
    assertThat(hana.city()).isEqualTo("gyeongju");
    assertThat(hana.department()).isEqualTo("roads");
    assertThat(hana.password()).isNull();
    assertThat(hana.passwordHash()).isEqualTo("{hash}");
  }

  @Test
  void anAdministratorOfAllCitiesMayToo() {
    assertThat(
            new Roster(GYEONGJU, "admin")
                .invite(known, "hana", "김하나", ADMIN, "{hash}")
                .person("hana")
                .orElseThrow()
                .city())
        .isEqualTo("gyeongju");
  }

  @Test
  void nobodyElseMay() {
    for (String other : List.of("cheonan-admin", "gyeongju-agent-1", "gyeongju-roads", "nobody")) {
      Roster theirs = new Roster(GYEONGJU, other);
      refuses(Reason.NOT_YOURS, () -> theirs.invite(known, "hana", "김하나", ROADS, "{hash}"));
      refuses(Reason.NOT_YOURS, () -> theirs.shut(known, "gyeongju-roads", true));
      refuses(Reason.NOT_YOURS, () -> theirs.reset(known, "gyeongju-agent-2", "{hash}"));
      refuses(Reason.NOT_YOURS, () -> theirs.move(known, "gyeongju-agent-2", "가", ROADS));
    }
  }

  @Test
  void whoWasShutOutMeanwhileChangesNothingAnyMore() {
    refuses(
        Reason.NOT_YOURS,
        () -> roster.shut(known.disable("gyeongju-admin", true), "gyeongju-roads", true));
  }

  @Test
  void peopleOfOtherCitiesAndOfAllAreOutOfReach() {
    for (String other : List.of("cheonan-admin", "cheonan-parks", "admin", "unheard-of")) {
      refuses(Reason.NOBODY, () -> roster.shut(known, other, true));
      refuses(Reason.NOBODY, () -> roster.reset(known, other, "{hash}"));
      refuses(Reason.NOBODY, () -> roster.move(known, other, "가", ROADS));
      refuses(Reason.NOBODY, () -> roster.person(known, other));
    }
  }

  @Test
  void nobodyShutsThemselvesOutOrStepsDown() {
    refuses(Reason.YOURSELF, () -> roster.shut(known, "gyeongju-admin", true));
    refuses(Reason.YOURSELF, () -> roster.move(known, "gyeongju-admin", "센터장", ROADS));
    assertThat(roster.move(known, "gyeongju-admin", "김센터", ADMIN).person("gyeongju-admin"))
        .get()
        .extracting(Person::name)
        .isEqualTo("김센터");
  }

  /** Each shuts the other out: only the first succeeds, so one is left. */
  @Test
  void oneAdministratorIsAlwaysLeft() {
    Credentials two = roster.invite(known, "second", "부센터장", ADMIN, "{hash}");
    Credentials after = roster.shut(two, "second", true);
    refuses(
        Reason.NOT_YOURS, () -> new Roster(GYEONGJU, "second").shut(after, "gyeongju-admin", true));
  }

  @Test
  void whoMovesKeepsTheirPasswordAndLosesWhatTheyWere() {
    Person before = known.person("gyeongju-agent-1").orElseThrow();
    Person after =
        roster.move(known, "gyeongju-agent-1", "가도로", ROADS).person(before.user()).orElseThrow();
    assertThat(after.password()).isEqualTo(before.password());
    assertThat(Post.of(after)).isEqualTo(ROADS);
    assertThat(after.name()).isEqualTo("가도로");
  }

  @Test
  void twoDoNotWorkUnderOneAgentsIdAtOnce() {
    Post agent = new Post(Role.AGENT, null, "agent-1");
    refuses(Reason.TAKEN_POST, () -> roster.invite(known, "hana", "김하나", agent, "{hash}"));
    Credentials free = roster.shut(known, "gyeongju-agent-1", true);
    Credentials taken = roster.invite(free, "hana", "김하나", agent, "{hash}");
    assertThat(taken.person("hana")).isPresent();
    refuses(Reason.TAKEN_POST, () -> roster.shut(taken, "gyeongju-agent-1", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Hana", "하나", "ha na", "ha:na", "-hana", "hana/x", "<b>"})
  void userNamesAreWhatEverybodyCanType(String user) {
    refuses(Reason.BAD_USER, () -> roster.invite(known, user, "김하나", ROADS, "{hash}"));
  }

  @Test
  void whatIsMissingOrTakenIsRefused() {
    refuses(Reason.TAKEN_USER, () -> roster.invite(known, "cheonan-admin", "김하나", ROADS, "{hash}"));
    refuses(Reason.BAD_NAME, () -> roster.invite(known, "hana", " ", ROADS, "{hash}"));
    refuses(Reason.BAD_NAME, () -> roster.invite(known, "hana", "가".repeat(61), ROADS, "{hash}"));
    refuses(Reason.BAD_POST, () -> roster.invite(known, "hana", "김하나", null, "{hash}"));
  }

  @Test
  void postsAreThoseOfTheCity() {
    for (Post post : List.of(ADMIN, ROADS, new Post(Role.AGENT, null, "agent-1"))) {
      assertThat(Post.parse(post.word(), GYEONGJU)).contains(post);
    }
    for (String word : List.of("", "agent:x", "department:x", "department:", "superuser")) {
      assertThat(Post.parse(word, GYEONGJU)).isEmpty();
    }
  }

  private static void refuses(Reason reason, ThrowingCallable change) {
    assertThatExceptionOfType(RosterRefusal.class)
        .isThrownBy(change)
        .extracting(RosterRefusal::reason)
        .isEqualTo(reason);
  }
}
