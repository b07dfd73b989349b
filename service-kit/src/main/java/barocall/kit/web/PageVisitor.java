package barocall.kit.web;

import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page.
 *
 * @param name as people call them
 * @param role {@code agent}, {@code department} or {@code admin}
 * @param city their city's id, or null when all cities are theirs
 * @param department their department's id, or null when they belong to none
 */
public record PageVisitor(
    String name, String role, @Nullable String city, @Nullable String department) {
  /** Whether the role is this one or the administrator's, who sees every page. */
  public boolean mayActAs(String wanted) {
    return role.equals(wanted) || role.equals("admin");
  }
}
