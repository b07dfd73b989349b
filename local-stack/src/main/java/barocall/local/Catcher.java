package barocall.local;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes every mail and text message that Barocall sends and shows them instead of delivering them:
 * an SMTP server, a stand-in for the text-message gateway, and a page. Keeps the last 10,000 of
 * each.
 */
public final class Catcher implements AutoCloseable {
  private static final int KEEP = 10_000;
  private static final int LARGEST_TEXT_MESSAGE = 1 << 20;

  /** GreenMail's own 2 s are too short for a machine on which the whole stack starts. */
  private static final long START_MILLIS = 30_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final CaughtThings<CaughtMail> mails;
  private final CaughtThings<CaughtText> texts;
  private final boolean demo;
  private final Clock clock;
  private final GreenMail smtp;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  private Catcher(
      Path directory, String address, int httpPort, int smtpPort, boolean demo, Clock clock)
      throws IOException {
    this.demo = demo;
    this.clock = clock;
    this.mails =
        new CaughtThings<>(
            directory.resolve("mails.jsonl"), CaughtMail.class, CaughtMail::id, KEEP);
    this.texts =
        new CaughtThings<>(
            directory.resolve("texts.jsonl"), CaughtText.class, CaughtText::id, KEEP);
    ServerSetup setup = new ServerSetup(smtpPort, address, ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(START_MILLIS);
    this.smtp = new GreenMail(setup);
    this.http = HttpServer.create(new InetSocketAddress(address, httpPort), 0);
  }

  /**
   * Starts to catch.
   *
   * @param directory where what was caught is kept over a restart
   * @param address where it listens; what it shows is open to everyone who can reach it
   * @param httpPort of the page, {@code /mails}, {@code /texts} and {@code /sms}; 0 takes a free
   *     one
   * @param smtpPort of the mail server; 0 takes a free one
   * @param demo whether the page says that it shows a demonstration
   */
  public static Catcher start(
      Path directory, String address, int httpPort, int smtpPort, boolean demo, Clock clock)
      throws IOException {
    var catcher = new Catcher(directory, address, httpPort, smtpPort, demo, clock);
    catcher.smtp.getUserManager().setMessageDeliveryHandler(catcher::recipient);
    catcher.smtp.start();
    catcher.http.setExecutor(catcher.threads);
    catcher.http.createContext("/", exchange -> answer(exchange, catcher::root));
    catcher.http.createContext("/mails", exchange -> answer(exchange, catcher::listMails));
    catcher.http.createContext("/texts", exchange -> answer(exchange, catcher::listTexts));
    catcher.http.createContext("/sms", exchange -> answer(exchange, catcher::takeText));
    catcher.http.createContext("/health", exchange -> answer(exchange, catcher::health));
    catcher.http.start();
    return catcher;
  }

  /** The port of the page. */
  public int httpPort() {
    return http.getAddress().getPort();
  }

  /** The port of the mail server. */
  public int smtpPort() {
    return smtp.getSmtp().getPort();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdown();
    smtp.stop();
  }

  /** A user of the mail server who keeps nothing in the server's own mailboxes. */
  private GreenMailUser recipient(MovingMessage message, MailAddress to) {
    return (GreenMailUser)
        Proxy.newProxyInstance(
            Catcher.class.getClassLoader(),
            new Class<?>[] {GreenMailUser.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("deliver")) {
                throw new UnsupportedOperationException(method.getName());
              }
              keep(message, to);
              return null;
            });
  }

  private void keep(MovingMessage message, MailAddress to) throws IOException, MessagingException {
    MailAddress from = message.getReturnPath();
    String envelopeFrom = from == null ? "" : from.getEmail();
    CaughtMail read =
        MailText.read(0, message.getMessage(), to.getEmail(), envelopeFrom, clock.instant());
    mails.add(
        id ->
            new CaughtMail(
                id,
                read.messageId(),
                read.to(),
                read.from(),
                read.subject(),
                read.text(),
                read.at(),
                read.headers()));
  }

  private Answer root(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/")) {
      return Answer.problem(404, "There is no such page; the mails are at /.");
    }
    return switch (exchange.getRequestMethod()) {
      case "GET", "HEAD" -> Answer.html(CatcherPage.of(demo, mails.all(), texts.all()));
      case "DELETE" -> {
        mails.clear();
        texts.clear();
        yield new Answer(204, "text/plain", "");
      }
      default -> Answer.problem(405, "Only GET and DELETE are understood here.");
    };
  }

  private Answer listMails(HttpExchange exchange) {
    return onlyGet(exchange, "/mails", mails);
  }

  private Answer listTexts(HttpExchange exchange) {
    return onlyGet(exchange, "/texts", texts);
  }

  private static Answer onlyGet(HttpExchange exchange, String path, CaughtThings<?> things) {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return Answer.problem(404, "There is no such page.");
    }
    return exchange.getRequestMethod().equals("GET")
        ? Answer.json(200, things.all())
        : Answer.problem(405, "Only GET is understood here.");
  }

  private Answer takeText(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return Answer.problem(405, "Only POST is understood here.");
    }
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_TEXT_MESSAGE + 1);
    if (body.length > LARGEST_TEXT_MESSAGE) {
      return Answer.problem(413, "A text message has at most 1 MiB.");
    }
    JsonNode message;
    try {
      message = JSON.readTree(body);
    } catch (JacksonException e) {
      return Answer.problem(400, "The body is no JSON.");
    }
    String to = message.path("to").asString("");
    String text = message.path("text").asString("");
    if (to.isBlank() || text.isBlank()) {
      return Answer.problem(400, "A text message needs \"to\" and \"text\".");
    }
    String reference = message.path("reference").asString("");
    CaughtText caught = texts.add(id -> new CaughtText(id, to, text, reference, clock.instant()));
    return Answer.json(202, Map.of("id", caught.id()));
  }

  private Answer health(HttpExchange exchange) {
    return Answer.json(200, Map.of("status", "UP"));
  }

  private static void answer(HttpExchange exchange, Door door) throws IOException {
    try (exchange) {
      door.open(exchange).send(exchange);
    }
  }

  @FunctionalInterface
  private interface Door {
    Answer open(HttpExchange exchange) throws IOException;
  }
}
