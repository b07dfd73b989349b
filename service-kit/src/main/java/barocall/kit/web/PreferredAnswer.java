package barocall.kit.web;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Whether a client wants a page for people or an answer for programs. */
final class PreferredAnswer {
  private PreferredAnswer() {}

  /** True only when the client names HTML before any other kind that we could answer with. */
  static boolean isPage(HttpHeaders headers) {
    List<MediaType> accepted;
    try {
      accepted = headers.getAccept();
    } catch (InvalidMediaTypeException unreadable) {
      return false;
    }
    return !accepted.isEmpty()
        && accepted.get(0).isCompatibleWith(MediaType.TEXT_HTML)
        && !accepted.get(0).isWildcardType()
        && !accepted.get(0).isWildcardSubtype();
  }
}
