/** What departments are told, and what the others learn of it. */
@NullMarked
package barocall.notification.departments;

import org.jspecify.annotations.NullMarked;
