package dev.weft.server.flight;

import dev.weft.server.AccessToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.auth2.CallHeaderAuthenticator;

/**
 * Lets a call in that shows the token: as a bearer, or as the password of user {@code weft}, which
 * is answered with the bearer to use from then on.
 */
final class TokenAuthenticator implements CallHeaderAuthenticator {

  private static final String HEADER = "authorization";
  private static final String USER = "weft";

  private final AccessToken token;

  TokenAuthenticator(AccessToken token) {
    this.token = token;
  }

  @Override
  public AuthResult authenticate(CallHeaders headers) {
    String shown = headers.get(HEADER);
    if (shown == null) {
      throw CallStatus.UNAUTHENTICATED
          .withDescription(
              "the call has no token; add token=… to the URL, as the server printed it")
          .toRuntimeException();
    }
    boolean bearer = value(shown, "bearer").filter(token::matches).isPresent();
    if (!bearer && value(shown, "basic").filter(this::isUser).isEmpty()) {
      throw CallStatus.UNAUTHENTICATED
          .withDescription("the token is wrong; copy the URL that the server printed at its start")
          .toRuntimeException();
    }
    return new AuthResult() {
      @Override
      public String getPeerIdentity() {
        return USER;
      }

      @Override
      public void appendToOutgoingHeaders(CallHeaders outgoing) {
        if (!bearer) {
          outgoing.insert(HEADER, "Bearer " + token.reveal());
        }
      }
    };
  }

  private boolean isUser(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon >= 0 && token.matches(pair.substring(colon + 1));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static Optional<String> value(String header, String scheme) {
    boolean fits = header.toLowerCase(Locale.ROOT).startsWith(scheme + " ");
    return fits ? Optional.of(header.substring(scheme.length() + 1).trim()) : Optional.empty();
  }
}
