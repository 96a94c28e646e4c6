package dev.weft.server.flight;

import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallInfo;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightServerMiddleware;
import org.apache.arrow.flight.RequestContext;
import org.jspecify.annotations.Nullable;

/** The session's name as a cookie: what a call brought, and what its answer hands out. */
final class SessionCookie implements FlightServerMiddleware {

  /** Finds the cookie of a call. */
  static final Key<SessionCookie> KEY = Key.of("weft-session");

  private static final String NAME = "weft_session";

  private final Optional<String> brought;
  private volatile @Nullable String given;

  private SessionCookie(Optional<String> brought) {
    this.brought = brought;
  }

  /** Reads the cookie of a call that starts. */
  static SessionCookie read(CallInfo info, CallHeaders incoming, RequestContext context) {
    String header = incoming.get("cookie");
    if (header == null) {
      return new SessionCookie(Optional.empty());
    }
    return new SessionCookie(
        Arrays.stream(header.split(";"))
            .map(String::trim)
            .filter(pair -> pair.startsWith(NAME + "="))
            .map(pair -> pair.substring(NAME.length() + 1).replace("\"", ""))
            .findFirst());
  }

  /** The session that the client named. */
  Optional<String> brought() {
    return brought;
  }

  /** Hands a session's name out with the answer. */
  void give(String session) {
    given = session;
  }

  @Override
  public void onBeforeSendingHeaders(CallHeaders outgoing) {
    String name = given;
    if (name != null && !brought.equals(Optional.of(name))) {
      outgoing.insert("set-cookie", NAME + "=" + name);
    }
  }

  @Override
  public void onCallCompleted(CallStatus status) {}

  @Override
  public void onCallErrored(Throwable error) {}
}
