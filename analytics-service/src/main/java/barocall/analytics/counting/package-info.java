/**
 * Exact counts after any crash, redelivery, duplicate or rebalance, with single-document atomicity
 * alone.
 */
@NullMarked
package barocall.analytics.counting;

import org.jspecify.annotations.NullMarked;
