/** Who may come in at the services' doors, and how they show who they are. */
@NullMarked
package barocall.kit.security;

import org.jspecify.annotations.NullMarked;
