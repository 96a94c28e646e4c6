package dev.weft.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.engine.spi.EndpointServer;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.server.AccessToken;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves models over HTTP with the JDK's own server. */
public final class EndpointHttpServer implements EndpointServer {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointHttpServer.class);

  private static final int THREADS = 16;
  private static final int WAITING = 512;
  private static final int GRACE_SECONDS = 2;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final Restoring restoring = new Restoring();
  private final AccessToken token;
  private final Router router;
  private final String host;
  private final AtomicInteger running = new AtomicInteger();

  private EndpointHttpServer(HttpServer server, String host, AccessToken token) {
    this.server = server;
    this.host = host;
    this.token = token;
    this.router = new Router(endpoints, restoring, token);
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            60,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            work -> {
              Thread thread = new Thread(work, "weft-http");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens the port.
   *
   * @param port 0 for any free one
   */
  public static EndpointHttpServer start(String host, int port, AccessToken token) {
    try {
      HttpServer http = HttpServer.create(new InetSocketAddress(host, port), 0);
      EndpointHttpServer server = new EndpointHttpServer(http, host, token);
      http.setExecutor(server.threads);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (BindException taken) {
      throw ErrorCode.PORT_TAKEN.failure(place(), port, host, "--http-port");
    } catch (IOException failed) {
      throw ErrorCode.SERVE_FAILED.failure(place(), "http", failed.toString());
    }
  }

  /** {@code http://host:port}. */
  public String url() {
    return "http://" + host + ":" + server.getAddress().getPort();
  }

  /**
   * Makes endpoints from another thread; until it has ended, a request for one that is not there
   * yet waits.
   */
  public void restore(Runnable work) {
    restoring.start(work);
  }

  @Override
  public URI serve(String endpoint, Served model, Run run) {
    Endpoint before = endpoints.put(endpoint, new Endpoint(model));
    if (before != null) {
      before.retire();
    }
    String name = URLEncoder.encode(endpoint, StandardCharsets.UTF_8).replace("+", "%20");
    return URI.create(url() + "/v1/endpoints/" + name + "/predict");
  }

  @Override
  public void remove(String endpoint) {
    Endpoint before = endpoints.remove(endpoint);
    if (before != null) {
      before.retire();
    }
  }

  @Override
  public String token() {
    return token.reveal();
  }

  /** Lets running requests end for a moment, then closes the models. */
  @Override
  public void close() {
    // The JDK's own delay always lasts to its end, also when no request runs.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    while (running.get() > 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    server.stop(0);
    threads.shutdownNow();
    endpoints.keySet().forEach(this::remove);
  }

  private void handle(HttpExchange exchange) {
    running.incrementAndGet();
    try (exchange) {
      router.answer(exchange);
    } catch (IOException gone) {
      LOG.debug("a client went away before its answer", gone);
    } finally {
      running.decrementAndGet();
    }
  }

  private static Span place() {
    return Span.all(new Source("<server>", ""));
  }
}
