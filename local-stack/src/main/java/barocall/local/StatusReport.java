package barocall.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code status --json} prints.
 *
 * @param state {@code up}, {@code starting}, {@code stopping} or {@code down}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusReport(
    String state,
    @Nullable String store,
    @Nullable String kafka,
    @Nullable String mongodb,
    @Nullable String mail,
    List<ProcessReport> processes) {

  static final StatusReport DOWN = new StatusReport("down", null, null, null, null, List.of());

  /**
   * One process.
   *
   * @param pid absent when it does not run
   * @param port absent when it listens nowhere
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProcessReport(
      String name, @Nullable Long pid, @Nullable Integer port, boolean healthy, int instance) {}

  boolean allHealthy() {
    return state.equals("up") && processes.stream().allMatch(ProcessReport::healthy);
  }
}
