package barocall.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * After the tests of a service's whole stack, looks at everything that the service asked of the
 * store meanwhile, and fails where a write was not the majority's, a read could show what a
 * failover takes back, or, on a real MongoDB, a query searched without an index.
 */
@ExtendWith(StoreUseCheck.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface LooksAtStoreUse {
  /**
   * Small collections that may be read as a whole, each for a reason that stands beside it; none
   * may be searched that way.
   */
  String[] readWhole() default {};
}
