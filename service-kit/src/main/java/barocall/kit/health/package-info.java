/** What the probes say: whether a service can do its job, and whether its process is of any use. */
@NullMarked
package barocall.kit.health;

import org.jspecify.annotations.NullMarked;
