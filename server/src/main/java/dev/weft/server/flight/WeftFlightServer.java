package dev.weft.server.flight;

import dev.weft.engine.Session;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.server.AccessToken;
import io.grpc.ServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Flight SQL endpoint over Weft sessions; also speaks Weft's own actions. */
public final class WeftFlightServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WeftFlightServer.class);

  private static final int LONGEST_HEADERS = 64 << 10;
  private static final int LARGEST_MESSAGE = 64 << 20;

  private final Settings settings;
  private final BufferAllocator allocator;
  private final ExecutorService threads;
  private final ClientSessions sessions;
  private final FlightServer server;

  private WeftFlightServer(Settings settings, Supplier<Session> open) {
    this.settings = settings;
    this.allocator = new RootAllocator();
    this.threads = Executors.newCachedThreadPool(WeftFlightServer::thread);
    this.sessions = new ClientSessions(open, settings.folder(), allocator, settings.idle());
    Connections connections = new Connections(sessions::ended);
    Consumer<ServerBuilder<?>> install = connections::install;
    this.server =
        FlightServer.builder(
                allocator,
                Location.forGrpcInsecure(settings.host(), settings.port()),
                new FlightSqlCalls(sessions, allocator, threads))
            .headerAuthenticator(new TokenAuthenticator(settings.token()))
            .middleware(SessionCookie.KEY, SessionCookie::read)
            .transportHint("grpc.builderConsumer", install)
            .setMaxHeaderListSize(LONGEST_HEADERS)
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .executor(threads)
            .build();
  }

  /**
   * Opens the port.
   *
   * @param open makes a session for each client
   */
  public static WeftFlightServer start(Settings settings, Supplier<Session> open) {
    WeftFlightServer server = new WeftFlightServer(settings, open);
    try {
      server.server.start();
      return server;
    } catch (IOException taken) {
      server.close();
      throw ErrorCode.PORT_TAKEN.failure(
          Span.all(new Source("<server>", "")), settings.port(), settings.host(), "--port");
    }
  }

  /** The port, also when any free one was asked for. */
  public int port() {
    return server.getPort();
  }

  /** The URL that a JDBC driver takes, token included. */
  public String url() {
    return "jdbc:arrow-flight-sql://%s:%d/?useEncryption=false&token=%s"
        .formatted(settings.host(), port(), settings.token().reveal());
  }

  /** How many clients have a session. */
  int sessions() {
    return sessions.count();
  }

  @Override
  public void close() {
    sessions.close();
    try {
      server.shutdown();
      server.awaitTermination(3, TimeUnit.SECONDS);
      server.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
      closeAllocator();
    }
  }

  /** The network may hold a last buffer; at the end of the process that is nobody's error. */
  private void closeAllocator() {
    try {
      allocator.close();
    } catch (IllegalStateException leak) {
      LOG.warn("buffers were still in use at the end: {} bytes", allocator.getAllocatedMemory());
    }
  }

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "weft-flight-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Where and for whom the server listens.
   *
   * @param port 0 for any free one
   * @param folder where relative paths in the statements of clients start
   * @param idle how long a session may be unused before it ends
   */
  public record Settings(String host, int port, AccessToken token, Path folder, Duration idle) {}
}
