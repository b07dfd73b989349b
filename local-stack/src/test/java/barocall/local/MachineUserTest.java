package barocall.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nobody is recorded under a name that they gave themselves. */
class MachineUserTest {
  @Test
  void whoBecameRootBySudoIsWhoTheyWere() {
    assertThat(MachineUser.name(0, "root", Optional.of("kim"))).isEqualTo("kim");
    assertThat(MachineUser.name(0, "root", Optional.empty())).isEqualTo("root");
  }

  @Test
  void whoIsNotRootIsNotBelieved() {
    assertThat(MachineUser.name(1000, "lee", Optional.of("kim"))).isEqualTo("lee");
    assertThat(MachineUser.name(null, "lee", Optional.of("kim"))).isEqualTo("lee");
  }

  /** A Java option can give the property another value; the owner of a file that we make cannot. */
  @Test
  void machinesUserIsTheOneWhoOwnsWhatTheyMake() throws Exception {
    Path made = Files.createTempFile("owned", "");
    try {
      assertThat(System.getenv("SUDO_USER") == null ? MachineUser.name() : "")
          .isEqualTo(System.getenv("SUDO_USER") == null ? Files.getOwner(made).getName() : "");
    } finally {
      Files.delete(made);
    }
  }
}
