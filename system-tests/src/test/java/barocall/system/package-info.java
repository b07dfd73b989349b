/** The whole suite from outside: started by its launcher, driven only through its doors. */
@NullMarked
package barocall.system;

import org.jspecify.annotations.NullMarked;
