/** Every fact that Barocall's services tell each other: records, topics, identity and JSON. */
@NullMarked
package barocall.contract;

import org.jspecify.annotations.NullMarked;
