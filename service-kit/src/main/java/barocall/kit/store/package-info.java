/**
 * The store's client: one database a service, majority writes, reads that decide from the primary.
 */
@NullMarked
package barocall.kit.store;

import org.jspecify.annotations.NullMarked;
