package barocall.notification.departments;

import barocall.access.ReceiptNumbers;
import barocall.city.Category;
import barocall.city.City;
import barocall.city.PetitionKind;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintReminded;
import barocall.contract.Event.Inquiry;
import barocall.contract.Priority;
import barocall.contract.Reminder;
import barocall.notification.cases.LocalTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a department is told of a complaint: which, by when and where to read it. The citizen's
 * words, place and contact stand only behind the log-in, because mails are read and passed on by
 * anyone.
 *
 * @param reminded of a reminder or a chaser
 * @param over where nothing is left to do; neither of the two for the first telling
 * @param link opens exactly that case, after log-in
 */
record DepartmentLetter(
    ComplaintEscalated escalation,
    @Nullable ComplaintReminded reminded,
    @Nullable Over over,
    City city,
    String departmentName,
    String link) {

  /** It is no longer the department's: the citizen withdrew it, or the desk took it back. */
  record Over(boolean byCitizen, Instant at) {}

  String subject() {
    List<String> parts = new ArrayList<>();
    parts.add(headline() + " " + receiptNumber());
    category().ifPresent(parts::add);
    if (escalation.dueAt() != null && over == null) {
      parts.add((isKorean() ? "처리기한 " : "due ") + LocalTimes.by(escalation.dueAt(), city));
    }
    return "[" + sender() + "] " + String.join(" · ", parts);
  }

  String body() {
    List<String> lines = new ArrayList<>();
    lines.add(isKorean() ? departmentName + " 담당자께" : "To " + departmentName);
    lines.add("");
    lines.add(opening());
    lines.add("");
    lines.add(line("접수번호", "Receipt number", receiptNumber()));
    category().ifPresent(name -> lines.add(line("분류", "Category", name)));
    kind().ifPresent(name -> lines.add(line("민원 종류", "Kind", name)));
    if (escalation.priority() != Priority.NORMAL) {
      lines.add(line("우선순위", "Priority", priority()));
    }
    Instant receivedAt = escalation.inquiry().receivedAt();
    if (receivedAt != null) {
      lines.add(line("접수", "Received", LocalTimes.at(receivedAt, city)));
    }
    lines.add(line("부서 이관", "Passed to you", LocalTimes.at(escalation.at(), city)));
    if (over != null) {
      lines.add(
          line(
              over.byCitizen() ? "취하" : "회수",
              over.byCitizen() ? "Withdrawn" : "Taken back",
              LocalTimes.at(over.at(), city)));
    } else if (escalation.dueAt() != null) {
      String clause = escalation.dueClause() == null ? "" : " (" + escalation.dueClause() + ")";
      lines.add(line("처리기한", "Due", LocalTimes.by(escalation.dueAt(), city) + clause));
    }
    lines.add("");
    if (over != null) {
      lines.add(line("처리함", "Inbox", link));
      lines.add("");
      return String.join("\n", lines);
    }
    lines.add(
        isKorean()
            ? "민원 내용과 신청인 연락처는 개인정보를 지키기 위해 이 편지에 적지 않습니다. 로그인한 뒤 아래 주소에서 볼 수 있습니다."
            : "To protect personal data, the citizen's words and contact are not in this message."
                + " Log in to read them at:");
    lines.add(link);
    lines.add("");
    return String.join("\n", lines);
  }

  /** The same for a department's own system. */
  Map<String, Object> payload() {
    Inquiry inquiry = escalation.inquiry();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("inquiryId", inquiry.inquiryId());
    data.put("receiptNumber", receiptNumber());
    data.put("city", inquiry.city());
    data.put("department", escalation.department());
    data.put("departmentName", departmentName);
    data.put("step", escalation.step());
    data.put("channel", inquiry.channel().wireName());
    data.put("category", inquiry.category());
    data.put("categoryName", category().orElse(null));
    data.put("petitionKind", escalation.petitionKind());
    data.put("priority", escalation.priority().wireName());
    data.put("receivedAt", text(inquiry.receivedAt()));
    data.put("escalatedAt", text(escalation.at()));
    data.put("dueAt", text(escalation.dueAt()));
    data.put("dueClause", escalation.dueClause());
    data.put("url", link);
    if (reminded != null) {
      data.put("reminder", reminded.reminder().wireName());
      data.put("number", reminded.number());
    }
    if (over != null) {
      data.put(over.byCitizen() ? "withdrawnAt" : "recalledAt", text(over.at()));
    }
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", type());
    payload.put("timestamp", text(at()));
    payload.put("data", data);
    return payload;
  }

  private String type() {
    return over != null
        ? over.byCitizen() ? "complaint.withdrawn" : "complaint.recalled"
        : reminded == null ? "complaint.escalated" : "complaint.reminded";
  }

  private Instant at() {
    return over != null ? over.at() : reminded == null ? escalation.at() : reminded.at();
  }

  private @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.atZone(city.timeZone()).toOffsetDateTime().toString();
  }

  private String headline() {
    if (over != null) {
      return over.byCitizen()
          ? isKorean() ? "민원 취하" : "Withdrawn:"
          : isKorean() ? "이관 회수" : "Taken back:";
    }
    if (reminded == null) {
      return isKorean() ? "이관 민원" : "Complaint";
    }
    return reminded.reminder() == Reminder.REMINDER
        ? isKorean() ? "기한 임박" : "Due soon:"
        : isKorean()
            ? "독촉 " + reminded.number() + "차"
            : "Overdue, chaser " + reminded.number() + ":";
  }

  /** A chaser names the rule that orders it. */
  private String opening() {
    if (over != null && over.byCitizen()) {
      return isKorean()
          ? "아래 민원은 민원인의 요청으로 취하되었습니다. 처리하지 않으셔도 됩니다."
          : "The citizen has withdrawn the complaint below. There is nothing left for you to do.";
    }
    if (over != null) {
      return isKorean()
          ? "아래 민원은 부서에서 접수하기 전에 상담 화면으로 회수되었습니다. 처리하지 않으셔도 됩니다."
          : "The complaint below went back to the agents before your department had taken it. There"
              + " is nothing left for you to do.";
    }
    if (reminded == null) {
      return isKorean() ? "민원이 이관되었습니다." : "A complaint was passed to your department.";
    }
    if (reminded.reminder() == Reminder.REMINDER) {
      return isKorean() ? "아래 민원의 처리기한이 다가왔습니다." : "The complaint below is due soon.";
    }
    return isKorean()
        ? "아래 민원의 처리기한이 지났습니다. 지체 없이 처리하고 결과를 입력해 주십시오."
            + (city.interpretation().koreanLaw() ? " (민원 처리에 관한 법률 시행령 제22조)" : "")
        : "The complaint below is overdue. Please deal with it without delay and enter the result.";
  }

  private String sender() {
    return isKorean() ? city.name().ko() + " 바로콜" : city.name().en() + " Barocall";
  }

  private String receiptNumber() {
    String number = escalation.inquiry().receiptNumber();
    return number == null
        ? escalation.inquiry().inquiryId()
        : ReceiptNumbers.parse(number).orElse(number);
  }

  private Optional<String> category() {
    String id = escalation.inquiry().category();
    return id == null
        ? Optional.empty()
        : Optional.of(
            city.category(id).map(Category::name).map(name -> name.in(city.language())).orElse(id));
  }

  private Optional<String> kind() {
    return Optional.ofNullable(escalation.petitionKind())
        .flatMap(city::petitionKind)
        .map(PetitionKind::name)
        .map(name -> name.in(city.language()));
  }

  private String priority() {
    return switch (escalation.priority()) {
      case NORMAL -> isKorean() ? "보통" : "normal";
      case HIGH -> isKorean() ? "높음" : "high";
      case URGENT -> isKorean() ? "긴급" : "urgent";
    };
  }

  private String line(String ko, String en, String value) {
    return (isKorean() ? ko : en) + ": " + value;
  }

  private boolean isKorean() {
    return LocalTimes.isKorean(city);
  }
}
