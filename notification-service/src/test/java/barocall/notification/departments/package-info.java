/** What departments are told, and when. */
@NullMarked
package barocall.notification.departments;

import org.jspecify.annotations.NullMarked;
