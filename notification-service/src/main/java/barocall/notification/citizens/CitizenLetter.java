package barocall.notification.citizens;

import barocall.city.City;
import barocall.notification.cases.LocalTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a citizen is told: that the inquiry was received, or that it is answered. It quotes neither
 * their words nor the answer, which stand behind the link.
 *
 * @param receiptNumber in fours
 * @param answered true at the end, false at receipt
 * @param corrected whether it is told anew because the answer was put right
 * @param receivedAt when it was received, if known
 * @param readAt when it will be read, if the centre was closed when it came
 * @param statusUrl where the citizen sees how it stands
 */
record CitizenLetter(
    City city,
    String receiptNumber,
    boolean answered,
    boolean corrected,
    @Nullable Instant receivedAt,
    @Nullable Instant readAt,
    String statusUrl) {

  String subject() {
    if (isKorean()) {
      return "[%s 바로콜] %s (접수번호 %s)".formatted(city.name().ko(), without(said()), receiptNumber);
    }
    return "[%s] %s (receipt number %s)"
        .formatted(city.name().en(), without(said()), receiptNumber);
  }

  String body() {
    List<String> lines = new ArrayList<>();
    lines.add(opening());
    lines.add("");
    lines.add((isKorean() ? "접수번호: " : "Receipt number: ") + receiptNumber);
    if (receivedAt != null) {
      lines.add((isKorean() ? "접수: " : "Received: ") + LocalTimes.at(receivedAt, city));
    }
    reading().ifPresent(lines::add);
    lines.add("");
    lines.add(
        isKorean()
            ? answered ? "답변 보기와 추가답변 요청:" : "처리 상황 보기:"
            : answered ? "Read the answer, or ask again:" : "See how it stands:");
    lines.add(statusUrl);
    lines.add("");
    lines.add(
        isKorean()
            ? "이 주소를 가진 사람은 누구나 처리 상황을 볼 수 있으니 다른 사람에게 알리지 마십시오."
            : "Anyone who has this address can see the status; please keep it to yourself.");
    lines.add("");
    return String.join("\n", lines);
  }

  /** The same in the few words of a text message. */
  String text() {
    String name = isKorean() ? city.name().ko() + " 바로콜" : city.name().en();
    return "[%s] %s %s%s\n%s"
        .formatted(
            name,
            said(),
            (isKorean() ? "접수번호 " : "No. ") + receiptNumber,
            reading().map(line -> "\n" + line).orElse(""),
            statusUrl);
  }

  private String said() {
    if (corrected) {
      return isKorean() ? "민원에 드린 답변을 바로잡았습니다." : "The answer to your inquiry was corrected.";
    }
    return isKorean()
        ? answered ? "민원에 답변드렸습니다." : "민원이 접수되었습니다."
        : answered ? "Your inquiry has been answered." : "We have received your inquiry.";
  }

  private static String without(String sentence) {
    return sentence.substring(0, sentence.length() - 1);
  }

  private String opening() {
    if (corrected) {
      return said();
    }
    if (isKorean()) {
      return answered ? "보내 주신 민원에 답변드렸습니다." : "보내 주신 민원이 접수되었습니다.";
    }
    return answered ? "Your inquiry has been answered." : "We have received your inquiry.";
  }

  private java.util.Optional<String> reading() {
    return readAt == null || answered
        ? java.util.Optional.empty()
        : java.util.Optional.of(
            isKorean()
                ? "운영시간이 아니어서 %s부터 확인합니다.".formatted(LocalTimes.at(readAt, city))
                : "We are closed now and will read it from %s."
                    .formatted(LocalTimes.at(readAt, city)));
  }

  private boolean isKorean() {
    return LocalTimes.isKorean(city);
  }
}
