package dev.weft.server.flight;

import dev.weft.server.AccessToken;
import dev.weft.server.FakeWeft;
import java.nio.file.Path;
import java.time.Duration;

/** A server over a Weft made by hand. */
public final class TestServer implements AutoCloseable {

  /** What is behind it. */
  public final FakeWeft weft = new FakeWeft();

  private final AccessToken token = AccessToken.generate();
  private final WeftFlightServer server =
      WeftFlightServer.start(
          new WeftFlightServer.Settings(
              "127.0.0.1", 0, token, Path.of("").toAbsolutePath(), Duration.ofHours(6)),
          weft::session);

  /** The URL with the token. */
  public String url() {
    return server.url();
  }

  /** The port. */
  public int port() {
    return server.port();
  }

  /** The token. */
  public String token() {
    return token.reveal();
  }

  @Override
  public void close() {
    server.close();
  }
}
