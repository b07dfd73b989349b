package barocall.system;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an inquiry of the fault suite, so that everything that the suite has to show of
 * it follows from what its clients did. The rules of the cities' files that they rest on: sinkholes
 * go to roads at once, what to bring for a passport has a standing answer.
 */
enum Story {
  SINKHOLE_MENDED("불당동 도로에 싱크홀이 생겼습니다.", "roads", End.BY_DEPARTMENT, Deed.ACKNOWLEDGE, Deed.SETTLE),
  QUESTION_ANSWERED("도서관 자리에 대해 여쭙니다.", null, End.BY_AGENT, Deed.ANSWER),
  CALL_ANSWERED(null, null, End.BY_AGENT, Deed.TAKE_CALL, Deed.ANSWER, Deed.END_CALL),
  SINKHOLE_TAKEN("시장 앞 도로에 싱크홀이 보입니다.", "roads", End.NONE, Deed.ACKNOWLEDGE),
  PASSPORT("여권 만들 때 준비물이 뭐가 필요한가요?", null, End.BY_RULE),
  QUESTION_PASSED_ON("도서관 화장실에 대해 여쭙니다.", "water", End.NONE, Deed.ESCALATE),
  CALL_ABANDONED(null, null, End.ABANDONED, Deed.ABANDON_CALL),
  QUESTION_WAITING("도서관 책에 대해 여쭙니다.", null, End.NONE),
  SINKHOLE_NEW("학교 앞 도로에 싱크홀이 생겼습니다.", "roads", End.NONE);

  /** How an inquiry is over, if it is. */
  enum End {
    NONE,
    BY_RULE,
    BY_AGENT,
    BY_DEPARTMENT,
    ABANDONED
  }

  /** What people and the exchange do to it after it was accepted, and how it answers when done. */
  enum Deed {
    TAKE_CALL(204),
    END_CALL(204),
    ABANDON_CALL(204),
    ANSWER(200),
    ESCALATE(200),
    ACKNOWLEDGE(200),
    SETTLE(200);

    final int done;

    Deed(int done) {
      this.done = done;
    }
  }

  /** What a citizen writes; null for a telephone call. */
  final @Nullable String text;

  /** Which department has it in the end; null if none ever has. */
  final @Nullable String department;

  final End end;

  /** In this order. */
  final List<Deed> deeds;

  Story(@Nullable String text, @Nullable String department, End end, Deed... deeds) {
    this.text = text;
    this.department = department;
    this.end = end;
    this.deeds = List.of(deeds);
  }

  boolean isCall() {
    return text == null;
  }

  String channel() {
    return isCall() ? "telephone" : "web";
  }

  boolean isResolved() {
    return end == End.BY_RULE || end == End.BY_AGENT || end == End.BY_DEPARTMENT;
  }

  boolean isResolvedAtFirstContact() {
    return end == End.BY_RULE || end == End.BY_AGENT;
  }

  /** Whether it waits at the agents' desk in the end. */
  boolean isAtDesk() {
    return end == End.NONE && department == null;
  }

  boolean isAcknowledged() {
    return deeds.contains(Deed.ACKNOWLEDGE);
  }

  /** As the citizen reads it in the end. */
  String state() {
    return end == End.ABANDONED
        ? "abandoned"
        : isResolved()
            ? "resolved"
            : department == null ? "at-desk" : isAcknowledged() ? "acknowledged" : "escalated";
  }

  /** How many different events of it each of these topics has in the end. */
  Map<String, Integer> events() {
    return Map.of(
        "call-received", 1,
        "call-answered", deeds.contains(Deed.TAKE_CALL) ? 1 : 0,
        "call-ended", deeds.contains(Deed.END_CALL) || deeds.contains(Deed.ABANDON_CALL) ? 1 : 0,
        "complaint-escalated", department == null ? 0 : 1,
        "complaint-acknowledged", isAcknowledged() ? 1 : 0,
        "inquiry-resolved", end == End.NONE ? 0 : 1);
  }
}
