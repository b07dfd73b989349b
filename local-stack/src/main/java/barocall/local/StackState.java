package barocall.local;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a running stack leaves in its data folder, so that other commands find it and the next start
 * finds what a cut-off run left behind.
 *
 * @param supervisor the process that started and watches the others
 * @param phase how far it is
 * @param controlPort where it takes orders on loopback
 * @param token what an order must carry
 * @param portBase of all ports
 * @param store {@code embedded}, {@code mongod} or {@code given}
 * @param kafka the broker's address
 * @param mongodb the store's address
 * @param mail the address of the page with caught mails
 */
record StackState(
    ProcessMark supervisor,
    Phase phase,
    int controlPort,
    String token,
    int portBase,
    String store,
    String kafka,
    String mongodb,
    String mail,
    List<ProcessMark> processes) {

  enum Phase {
    STARTING,
    UP,
    STOPPING
  }

  /**
   * A process, recognised by more than its pid, which the system gives out again.
   *
   * @param startedAt milliseconds since 1970, or null where the system does not say
   */
  record ProcessMark(String name, long pid, @Nullable Long startedAt) {
    static ProcessMark of(String name, ProcessHandle process) {
      return new ProcessMark(
          name,
          process.pid(),
          process.info().startInstant().map(Instant::toEpochMilli).orElse(null));
    }

    /** The process, if it is still the same one. */
    Optional<ProcessHandle> alive() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(
              process ->
                  startedAt == null
                      || process
                          .info()
                          .startInstant()
                          .map(start -> start.toEpochMilli() == startedAt)
                          .orElse(true));
    }
  }
}
