package barocall.city;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An office that handles complaints.
 *
 * @param duties what the office is in charge of, one phrase each
 * @param email where it is told of a complaint; null if it is not told by mail
 * @param telephone what citizens may ring; null if not published
 * @param webhook where its own system is told; null if it has none
 */
public record Department(
    String id,
    Text name,
    List<String> duties,
    @Nullable String email,
    @Nullable String telephone,
    @Nullable URI webhook) {

  public Department {
    duties = List.copyOf(duties);
  }
}
