package barocall.testkit;

import org.junit.jupiter.api.Assumptions;

/** The stores that everything must come out the same on. */
public enum Store {
  /** The one that {@code ./barocall up} starts where no MongoDB is at hand. */
  EMBEDDED {
    @Override
    public String uri() {
      return Backends.embeddedStore();
    }
  },

  /** A MongoDB server. */
  REAL {
    @Override
    public String uri() {
      return Backends.realStore()
          .orElseGet(
              () ->
                  Assumptions.abort(
                      "No real MongoDB is at hand: MONGODB_URI names a server, MONGOD a mongod."));
    }
  };

  /** What clients connect to. Ends a test as skipped where there is no such store. */
  public abstract String uri();
}
