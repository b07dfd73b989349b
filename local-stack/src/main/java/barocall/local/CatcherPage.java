package barocall.local;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The page that shows what was caught, newest first. */
final class CatcherPage {
  private static final int SHOWN = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT)
          .withZone(ZoneId.systemDefault());
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="ko">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>보낸 메일과 문자 · Caught mails and text messages</title>
      <style>
        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
        article { border-top: 1px solid #999; padding: .75rem 0; }
        h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
        p { margin: .1rem 0; color: #444; overflow-wrap: anywhere; }
        pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0 0; }
      </style>
      <h1>보낸 메일과 문자 · Caught mails and text messages</h1>
      <p>여기에서는 아무것도 실제로 발송되지 않습니다. Nothing that stands here was really delivered.
      <a href="/mails">/mails</a> · <a href="/texts">/texts</a></p>
      """;

  private static final String DEMONSTRATION =
      """
      <p><strong>시연용 화면입니다. 모든 민원과 수치는 지어낸 것입니다. This is a demonstration. All inquiries and figures are made up.</strong></p>
      """;

  private CatcherPage() {}

  static String of(boolean demo, List<CaughtMail> mails, List<CaughtText> texts) {
    var page = new StringBuilder(HEAD);
    if (demo) {
      page.append(DEMONSTRATION);
    }
    page.append("<h2>메일 · Mails (").append(mails.size()).append(")</h2>\n");
    for (CaughtMail mail : newest(mails)) {
      article(
          page,
          mail.subject().isBlank() ? "(no subject)" : mail.subject(),
          mail.at(),
          mail.from() + " → " + mail.to(),
          mail.text());
    }
    page.append("<h2>문자 · Text messages (").append(texts.size()).append(")</h2>\n");
    for (CaughtText text : newest(texts)) {
      article(page, text.to(), text.at(), text.reference(), text.text());
    }
    return page.append("</html>\n").toString();
  }

  private static <T> List<T> newest(List<T> things) {
    var last = new ArrayList<>(things.subList(Math.max(0, things.size() - SHOWN), things.size()));
    Collections.reverse(last);
    return last;
  }

  private static void article(
      StringBuilder page, String title, Instant at, String who, String text) {
    page.append("<article><h3>").append(escaped(title)).append("</h3>\n");
    page.append("<p>").append(TIME.format(at)).append(" · ").append(escaped(who)).append("</p>\n");
    page.append("<pre>").append(escaped(text)).append("</pre></article>\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
