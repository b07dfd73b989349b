/**
 * Making a service's lists and figures anew from the topics, beside the old ones and telling
 * nobody.
 */
@NullMarked
package barocall.kit.rebuild;

import org.jspecify.annotations.NullMarked;
