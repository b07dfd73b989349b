package barocall.kit.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457) as they are sent.
 *
 * @param type a URN that stays the same whatever the language
 * @param id under which our log tells more, or null where the client can help itself
 * @param more further members of this kind of problem
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<ProblemException.FieldError> errors,
    @Nullable String id,
    @JsonAnyGetter Map<String, Object> more) {}
