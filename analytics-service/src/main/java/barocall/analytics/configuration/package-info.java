/** What a city's file says, for its administrators to read, and what is wrong or doubtful in it. */
@NullMarked
package barocall.analytics.configuration;

import org.jspecify.annotations.NullMarked;
