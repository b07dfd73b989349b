package barocall.notification;

import barocall.testkit.FreePorts;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mail server that can be away, or accept connections and say nothing. */
public final class MailServer {
  private final int port = FreePorts.next();
  private final List<MimeMessage> before = new ArrayList<>();
  private @Nullable GreenMail server;
  private @Nullable ServerSocket silent;

  public MailServer() {
    start();
  }

  public int port() {
    return port;
  }

  /** Takes mails again. */
  public synchronized void start() {
    endSilence();
    if (server == null) {
      ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
      setup.setServerStartupTimeout(30_000);
      server = new GreenMail(setup);
      server.start();
    }
  }

  /** Refuses connections. */
  public synchronized void stop() {
    endSilence();
    if (server != null) {
      before.addAll(Arrays.asList(server.getReceivedMessages()));
      server.stop();
      server = null;
    }
  }

  /** Takes connections and never says a word. */
  public synchronized void hang() {
    stop();
    try {
      silent = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endSilence() {
    if (silent != null) {
      try {
        silent.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      silent = null;
    }
  }

  /** Mails whose subject has this text in it. */
  public synchronized List<MimeMessage> mails(String inSubject) {
    List<MimeMessage> all = new ArrayList<>(before);
    if (server != null) {
      all.addAll(Arrays.asList(server.getReceivedMessages()));
    }
    return all.stream().filter(mail -> subject(mail).contains(inSubject)).toList();
  }

  public static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String header(MimeMessage mail, String name) {
    try {
      String[] values = mail.getHeader(name);
      return values == null ? "" : values[0];
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String body(MimeMessage mail) {
    try {
      return mail.getContent().toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
