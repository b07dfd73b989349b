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
  SINKHOLE_MENDED(
      "불당동 도로에 싱크홀이 생겼습니다.", List.of("roads"), End.BY_DEPARTMENT, Deed.ACKNOWLEDGE, Deed.SETTLE),
  QUESTION_ANSWERED("도서관 자리에 대해 여쭙니다.", List.of(), End.BY_AGENT, Deed.ANSWER),
  CALL_ANSWERED(null, List.of(), End.BY_AGENT, Deed.TAKE_CALL, Deed.ANSWER, Deed.END_CALL),
  SINKHOLE_TAKEN("시장 앞 도로에 싱크홀이 보입니다.", List.of("roads"), End.NONE, Deed.ACKNOWLEDGE),
  PASSPORT("여권 만들 때 준비물이 뭐가 필요한가요?", List.of(), End.BY_RULE),
  QUESTION_PASSED_ON("도서관 화장실에 대해 여쭙니다.", List.of("water"), End.NONE, Deed.ESCALATE),
  CALL_ABANDONED(null, List.of(), End.ABANDONED, Deed.ABANDON_CALL),
  QUESTION_WAITING("도서관 책에 대해 여쭙니다.", List.of(), End.NONE),
  SINKHOLE_NEW("학교 앞 도로에 싱크홀이 생겼습니다.", List.of("roads"), End.NONE),
  SINKHOLE_ASKED_AGAIN(
      "역 앞 도로에 싱크홀이 생겼습니다.",
      List.of("roads", "roads"),
      End.BY_DEPARTMENT,
      Deed.ACKNOWLEDGE,
      Deed.SETTLE,
      Deed.ASK_AGAIN),
  QUESTION_ASKED_AGAIN("도서관 시간에 대해 여쭙니다.", List.of(), End.BY_AGENT, Deed.ANSWER, Deed.ASK_AGAIN),
  QUESTION_SENT_BACK(
      "도서관 마당에 대해 여쭙니다.",
      List.of("water", "roads"),
      End.NONE,
      Deed.ESCALATE,
      Deed.SEND_BACK,
      Deed.PASS_ON);

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
    SETTLE(200),
    /** The citizen, once they read that it is settled. */
    ASK_AGAIN(200),
    /** The first department. */
    SEND_BACK(200),
    /** The agent, once it is at the desk again; to the last department. */
    PASS_ON(200);

    final int done;

    Deed(int done) {
      this.done = done;
    }
  }

  /** What a citizen writes; null for a telephone call. */
  final @Nullable String text;

  /** To which departments it is handed, in this order. */
  final List<String> departments;

  /** Which department has it in the end; null if none ever has. */
  final @Nullable String department;

  /** How it is over; of one that is asked again, how it was before. */
  final End end;

  /** In this order. */
  final List<Deed> deeds;

  Story(@Nullable String text, List<String> departments, End end, Deed... deeds) {
    this.text = text;
    this.departments = departments;
    this.department = departments.isEmpty() ? null : departments.get(departments.size() - 1);
    this.end = end;
    this.deeds = List.of(deeds);
  }

  boolean isCall() {
    return text == null;
  }

  String channel() {
    return isCall() ? "telephone" : "web";
  }

  /** Once at least, whether or not it was asked again. */
  boolean isResolved() {
    return end == End.BY_RULE || end == End.BY_AGENT || end == End.BY_DEPARTMENT;
  }

  boolean isResolvedAtFirstContact() {
    return end == End.BY_RULE || end == End.BY_AGENT;
  }

  private boolean isAskedAgain() {
    return deeds.contains(Deed.ASK_AGAIN);
  }

  /** Whether somebody still has to do something about it in the end. */
  boolean isOpen() {
    return end == End.NONE || isAskedAgain();
  }

  /** Whether it waits at the agents' desk in the end. */
  boolean isAtDesk() {
    return isOpen() && department == null;
  }

  private boolean isAcknowledged() {
    return deeds.contains(Deed.ACKNOWLEDGE);
  }

  /** As the citizen reads it in the end. */
  String state() {
    if (!isOpen()) {
      return end == End.ABANDONED ? "abandoned" : "resolved";
    }
    return department == null
        ? "at-desk"
        : isAcknowledged() && !isAskedAgain() ? "acknowledged" : "escalated";
  }

  /** How many different events of it each of these topics has in the end. */
  Map<String, Integer> events() {
    return Map.of(
        "call-received", 1,
        "call-answered", deeds.contains(Deed.TAKE_CALL) ? 1 : 0,
        "call-ended", deeds.contains(Deed.END_CALL) || deeds.contains(Deed.ABANDON_CALL) ? 1 : 0,
        "complaint-escalated", departments.size(),
        "complaint-acknowledged", isAcknowledged() ? 1 : 0,
        "complaint-returned", deeds.contains(Deed.SEND_BACK) ? 1 : 0,
        "inquiry-reopened", isAskedAgain() ? 1 : 0,
        "inquiry-resolved", end == End.NONE ? 0 : 1);
  }
}
