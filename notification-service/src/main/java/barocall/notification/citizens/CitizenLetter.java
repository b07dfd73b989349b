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
 * @param receivedAt when it was received, if known
 * @param readAt when it will be read, if the centre was closed when it came
 * @param statusUrl where the citizen sees how it stands
 */
record CitizenLetter(
    City city,
    String receiptNumber,
    News news,
    @Nullable Instant receivedAt,
    @Nullable Instant readAt,
    String statusUrl) {

  /** What happened. */
  enum News {
    RECEIVED,
    ANSWERED,
    /** The answer was put right. */
    CORRECTED,
    /** By the citizen, so that it is not answered any more. */
    WITHDRAWN
  }

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
            ? isAnswered() ? "답변 보기와 추가답변 요청:" : "처리 상황 보기:"
            : isAnswered() ? "Read the answer, or ask again:" : "See how it stands:");
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
    return switch (news) {
      case RECEIVED -> isKorean() ? "민원이 접수되었습니다." : "We have received your inquiry.";
      case ANSWERED -> isKorean() ? "민원에 답변드렸습니다." : "Your inquiry has been answered.";
      case CORRECTED ->
          isKorean() ? "민원에 드린 답변을 바로잡았습니다." : "The answer to your inquiry was corrected.";
      case WITHDRAWN -> isKorean() ? "민원이 취하되었습니다." : "Your inquiry was withdrawn.";
    };
  }

  private boolean isAnswered() {
    return news == News.ANSWERED || news == News.CORRECTED;
  }

  private static String without(String sentence) {
    return sentence.substring(0, sentence.length() - 1);
  }

  private String opening() {
    boolean usual = news == News.RECEIVED || news == News.ANSWERED;
    return isKorean() && usual ? "보내 주신 " + said() : said();
  }

  private java.util.Optional<String> reading() {
    return readAt == null || news != News.RECEIVED
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
