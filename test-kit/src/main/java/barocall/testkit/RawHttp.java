package barocall.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP/1.1 by hand, as careless and ill-meaning clients speak it: no library puts it right. */
public final class RawHttp {
  private static final int MOST_READ = 4 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Pattern INNER =
      Pattern.compile(
          "[a-z]\\w*(Exception|Error)\\b|\\n\\s*at [\\w.$]+\\(|\\b(java|javax|jdk|org|com|io|tools|reactor)\\.[a-z]+\\.[a-z]|barocall\\.[a-z]+\\.");

  private final InetSocketAddress address;
  private final Duration patience;

  /**
   * @param patience how long an answer may take
   */
  public RawHttp(URI base, Duration patience) {
    this.address = new InetSocketAddress(base.getHost(), base.getPort());
    this.patience = patience;
  }

  /**
   * What came back.
   *
   * @param status 0 if the connection ended without an answer, -1 if nothing came in time
   * @param headers by names in lower case
   */
  public record Answer(int status, Map<String, String> headers, String body) {
    public String type() {
      return headers.getOrDefault("content-type", "");
    }

    /** Whether it is problem details (RFC 9457) with all that a reader needs. */
    public boolean isProblem() {
      if (!type().startsWith("application/problem+json")) {
        return false;
      }
      try {
        JsonNode problem = JSON.readTree(body);
        return problem.path("status").asInt() == status
            && !problem.path("type").asString("").isBlank()
            && !problem.path("title").asString("").isBlank()
            && !problem.path("detail").asString("").isBlank();
      } catch (JacksonException e) {
        return false;
      }
    }

    /** Whether it shows a stack, a failure's name or a class of whoever answered. */
    public boolean tellsWhatIsInside() {
      return INNER.matcher(body).find();
    }
  }

  /** What is sent, from the first byte to the last. */
  public static byte[] request(
      String method, String target, Map<String, String> headers, byte @Nullable [] body) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    if (!headers.containsKey("Connection")) {
      head.append("Connection: close\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body != null
        && !headers.containsKey("Content-Length")
        && !headers.containsKey("Transfer-Encoding")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(UTF_8);
    byte[] all = java.util.Arrays.copyOf(first, first.length + (body == null ? 0 : body.length));
    if (body != null) {
      System.arraycopy(body, 0, all, first.length, body.length);
    }
    return all;
  }

  /** Sends it all and reads the answer; of an answer without end only how it begins. */
  public Answer send(byte[] request) {
    return send(request, false);
  }

  /** Sends it and then says that no more will come. */
  Answer sendAndEnd(byte[] request) {
    return send(request, true);
  }

  private Answer send(byte[] request, boolean end) {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        if (end) {
          socket.shutdownOutput();
        }
      } catch (IOException refusedMeanwhile) {
        // It may have answered before it had all.
      }
      return read(socket.getInputStream());
    } catch (SocketTimeoutException e) {
      return new Answer(-1, Map.of(), "");
    } catch (IOException e) {
      return new Answer(0, Map.of(), "");
    }
  }

  /** Sends it and leaves without waiting for anything. */
  void sendAndLeave(byte[] request) {
    try (Socket socket = connect()) {
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // Gone anyhow.
    }
  }

  /** Sends all but the last bytes at once and those one by one, so slowly, until it is answered. */
  Answer drip(byte[] request, int last, Duration apart) {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(request, 0, request.length - last);
      out.flush();
      socket.setSoTimeout((int) apart.toMillis());
      long deadline = System.nanoTime() + patience.toNanos();
      InputStream in = socket.getInputStream();
      for (int i = request.length - last; System.nanoTime() < deadline; i++) {
        try {
          int first = in.read();
          socket.setSoTimeout((int) patience.toMillis());
          return first < 0 ? new Answer(0, Map.of(), "") : read(prefixed(first, in));
        } catch (SocketTimeoutException noAnswerYet) {
          if (i < request.length) {
            out.write(request[i]);
            out.flush();
          }
        }
      }
      return new Answer(-1, Map.of(), "");
    } catch (SocketTimeoutException e) {
      return new Answer(-1, Map.of(), "");
    } catch (IOException e) {
      return new Answer(0, Map.of(), "");
    }
  }

  private static InputStream prefixed(int first, InputStream rest) {
    return new java.io.SequenceInputStream(
        new java.io.ByteArrayInputStream(new byte[] {(byte) first}), rest);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(address, (int) patience.toMillis());
    socket.setSoTimeout((int) patience.toMillis());
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static Answer read(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[16_384];
    int end = -1;
    try {
      while (all.size() < MOST_READ) {
        int count = in.read(piece);
        if (count < 0) {
          break;
        }
        all.write(piece, 0, count);
        end = end >= 0 ? end : all.toString(ISO_8859_1).indexOf("\r\n\r\n");
        if (end >= 0 && isWithoutEnd(all.toString(ISO_8859_1).substring(0, end))) {
          break;
        }
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      // What has come counts.
    }
    String text = all.toString(ISO_8859_1);
    end = text.indexOf("\r\n\r\n");
    if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
      return new Answer(0, Map.of(), text);
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).trim());
    }
    String body = text.substring(end + 4);
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      body = joined(body);
    }
    return new Answer(
        Integer.parseInt(lines[0].substring(9, 12)),
        headers,
        new String(body.getBytes(ISO_8859_1), UTF_8));
  }

  private static boolean isWithoutEnd(String head) {
    return head.toLowerCase(Locale.ROOT).contains("content-type: text/event-stream");
  }

  private static String joined(String chunks) {
    StringBuilder joined = new StringBuilder();
    int at = 0;
    while (at < chunks.length()) {
      int line = chunks.indexOf("\r\n", at);
      if (line < 0) {
        break;
      }
      int size = Integer.parseInt(chunks.substring(at, line).trim(), 16);
      int until = Math.min(chunks.length(), line + 2 + size);
      joined.append(chunks, line + 2, until);
      at = until + 2;
    }
    return joined.toString();
  }
}
