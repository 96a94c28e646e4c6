package dev.weft.server.flight;

import dev.weft.engine.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each client its own session: by the cookie it sends back (JDBC does, ADBC when asked), else
 * by its network connection. A session ends when it is closed, when it was idle for long, or a
 * while after its last connection ended.
 */
final class ClientSessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClientSessions.class);

  private static final int MOST_SESSIONS = 256;
  private static final Duration AFTER_CONNECTION = Duration.ofSeconds(60);

  private final Supplier<Session> open;
  private final Function<Session, ClientSession> wrap;
  private final Duration idle;
  private final Map<String, Entry> byName = new ConcurrentHashMap<>();
  private final Map<Long, Entry> byConnection = new ConcurrentHashMap<>();
  private final ScheduledFuture<?> sweeping;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "weft-session-sweeper");
            thread.setDaemon(true);
            return thread;
          });

  ClientSessions(Supplier<Session> open, Path folder, BufferAllocator allocator, Duration idle) {
    this.open = open;
    this.wrap = session -> new ClientSession(session, folder, allocator);
    this.idle = idle;
    this.sweeping = sweeper.scheduleWithFixedDelay(this::sweepSafely, 1, 1, TimeUnit.SECONDS);
  }

  /** The session of the client that calls; a new one at its first call. */
  synchronized ClientSession of(CallContext call) {
    SessionCookie cookie = call.getMiddleware(SessionCookie.KEY);
    Optional<Entry> known = lookUp(cookie);
    if (known.isEmpty() && cookie.brought().isPresent()) {
      // The next call gets a new session; this one must not run in it unawares.
      cookie.give(create().session.name());
      throw CallStatus.NOT_FOUND
          .withDescription(
              "the session has ended, and what it named is gone; run again to use a new one")
          .toRuntimeException();
    }
    Entry entry = known.orElseGet(this::create);
    cookie.give(entry.session.name());
    entry.touch();
    return entry.session;
  }

  /** The session of the client that calls, if it has one. */
  synchronized Optional<ClientSession> find(CallContext call) {
    return lookUp(call.getMiddleware(SessionCookie.KEY)).map(entry -> entry.session);
  }

  /** Ends a client's session. */
  synchronized void end(ClientSession session) {
    Entry entry = byName.remove(session.name());
    if (entry != null) {
      byConnection.values().removeIf(other -> other == entry);
      entry.session.close();
    }
  }

  /** Notes that a connection is gone. */
  synchronized void ended(long connection) {
    Entry entry = byConnection.remove(connection);
    if (entry != null) {
      entry.connections.remove(connection);
      entry.touch();
    }
  }

  int count() {
    return byName.size();
  }

  @Override
  public void close() {
    sweeping.cancel(false);
    sweeper.shutdownNow();
    List.copyOf(byName.values()).forEach(entry -> end(entry.session));
  }

  private Optional<Entry> lookUp(SessionCookie cookie) {
    long connection = Connections.current();
    Entry entry =
        cookie.brought().isPresent()
            ? byName.get(cookie.brought().get())
            : byConnection.get(connection);
    if (entry != null) {
      attach(entry, connection);
    }
    return Optional.ofNullable(entry);
  }

  private Entry create() {
    if (byName.size() >= MOST_SESSIONS) {
      throw CallStatus.RESOURCE_EXHAUSTED
          .withDescription("the server has " + MOST_SESSIONS + " sessions already; try again later")
          .toRuntimeException();
    }
    Entry entry = new Entry(wrap.apply(open.get()));
    byName.put(entry.session.name(), entry);
    attach(entry, Connections.current());
    return entry;
  }

  private void attach(Entry entry, long connection) {
    entry.connections.add(connection);
    byConnection.put(connection, entry);
  }

  /** A failure once must not end the sweeping for good. */
  private void sweepSafely() {
    try {
      sweep();
    } catch (RuntimeException failure) {
      LOG.warn("a session did not close cleanly", failure);
    }
  }

  private void sweep() {
    List<ClientSession> finished = new ArrayList<>();
    synchronized (this) {
      for (Entry entry : byName.values()) {
        if (entry.session.isBusy()) {
          entry.touch();
        } else if (entry.isOver(idle)) {
          finished.add(entry.session);
        }
      }
    }
    finished.forEach(this::end);
  }

  private static final class Entry {

    final ClientSession session;
    final Set<Long> connections = new HashSet<>();
    private volatile long touched = System.nanoTime();

    Entry(ClientSession session) {
      this.session = session;
    }

    void touch() {
      touched = System.nanoTime();
    }

    boolean isOver(Duration idle) {
      Duration quiet = Duration.ofNanos(System.nanoTime() - touched);
      boolean gone = connections.isEmpty() && quiet.compareTo(AFTER_CONNECTION) > 0;
      return gone || quiet.compareTo(idle) > 0;
    }
  }
}
