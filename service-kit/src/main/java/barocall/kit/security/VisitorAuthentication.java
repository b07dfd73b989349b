package barocall.kit.security;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A visitor as Spring Security carries them. */
final class VisitorAuthentication extends AbstractAuthenticationToken {
  private static final long serialVersionUID = 1L;

  private final transient Visitor visitor;

  VisitorAuthentication(Visitor visitor) {
    super(List.of(new SimpleGrantedAuthority("ROLE_" + visitor.kind().name())));
    this.visitor = visitor;
    setAuthenticated(true);
  }

  @Override
  public Visitor getPrincipal() {
    return visitor;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public String getName() {
    return visitor.user();
  }
}
