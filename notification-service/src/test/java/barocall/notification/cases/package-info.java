/** Case files and decisions. */
@NullMarked
package barocall.notification.cases;

import org.jspecify.annotations.NullMarked;
