/** Realistic traffic, importers of 311 files, replay. */
@NullMarked
package barocall.traffic;

import org.jspecify.annotations.NullMarked;
