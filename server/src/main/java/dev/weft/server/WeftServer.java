package dev.weft.server;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.server.flight.WeftFlightServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Weft as a server: Flight SQL and HTTP over one platform, with one token. */
public final class WeftServer implements AutoCloseable {

  private static final Duration IDLE = Duration.ofHours(6);

  private final Closing closing = new Closing();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Platform platform;
  private final WeftFlightServer flight;

  private WeftServer(ServerSettings settings, Consumer<String> notes) {
    PlatformSettings parts =
        PlatformSettings.of(settings.project()).listening(settings.host(), settings.httpPort());
    platform = closing.add("platform", Platform.open(parts));
    try {
      platform.httpUrl();
      flight = closing.add("flight", listen(settings, parts.project()));
      platform.restoreEndpoints(notes);
    } catch (RuntimeException failure) {
      closing.close();
      throw failure;
    }
  }

  /**
   * Opens both ports and serves what was registered with SERVE.
   *
   * @param notes hears one sentence per endpoint that cannot be served
   */
  public static WeftServer start(ServerSettings settings, Consumer<String> notes) {
    onlyLoopback(settings.host());
    return new WeftServer(settings, notes);
  }

  /** The two lines that tell the user and programs how to connect. */
  public List<String> readyLines() {
    return List.of("ready " + flight.url(), "ready " + platform.httpUrl());
  }

  /** The URL for JDBC and {@code --connect}, token included. */
  public String url() {
    return flight.url();
  }

  /** Waits until the server is closed, from another thread such as a shutdown hook. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Ends sessions and calls, then everything behind them. */
  @Override
  public void close() {
    closing.close();
    ended.countDown();
  }

  private WeftFlightServer listen(ServerSettings settings, Path project) {
    return WeftFlightServer.start(
        new WeftFlightServer.Settings(
            settings.host(), settings.port(), platform.settings().token(), project, IDLE),
        platform::newSession);
  }

  private static void onlyLoopback(String host) {
    Span place = Span.all(new Source("--host", ""));
    try {
      if (!InetAddress.getByName(host).isLoopbackAddress()) {
        throw ErrorCode.USAGE.failure(
            place,
            "the server has no encryption yet, so it listens on this machine only;"
                + " leave --host out, and use a tunnel such as ssh -L from elsewhere");
      }
    } catch (UnknownHostException unknown) {
      throw ErrorCode.USAGE.failure(place, "there is no host '" + host + "'");
    }
  }
}
