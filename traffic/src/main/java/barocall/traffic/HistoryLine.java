package barocall.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A past inquiry as a line of intake's history door. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryLine(
    String id,
    String channel,
    OffsetDateTime receivedAt,
    @Nullable String category,
    @Nullable String subject,
    @Nullable String text,
    @Nullable Place place,
    @Nullable Boolean abandoned,
    @Nullable Escalation escalation,
    @Nullable OffsetDateTime acknowledgedAt,
    @Nullable Resolution resolution) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Place(@Nullable String address, @Nullable Double latitude, @Nullable Double longitude) {}

  record Escalation(OffsetDateTime at, String department) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Resolution(OffsetDateTime at, String how, String by, @Nullable String answer) {}
}
