package barocall.local;

/** Entry point of {@code ./barocall}. */
public final class Launcher {
  private Launcher() {}

  public static void main(String[] args) {
    System.out.println("barocall");
  }
}
