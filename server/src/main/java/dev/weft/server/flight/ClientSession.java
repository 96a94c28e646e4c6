package dev.weft.server.flight;

import com.google.protobuf.ByteString;
import dev.weft.engine.Names;
import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.grammar.Source;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One client's Weft session with its prepared statements and tickets. Statements start one after
 * the other; rows of plain queries may be read side by side.
 */
final class ClientSession implements AutoCloseable {

  /** Prepared statements and tickets that a client may have open; the oldest go first. */
  private static final int MOST_HANDLES = 1000;

  private static final SessionListener QUIET = new SessionListener() {};

  private final String name = UUID.randomUUID().toString();
  private final Session session;
  private final Path folder;
  private final BufferAllocator allocator;
  private final ReentrantLock lane = new ReentrantLock(true);
  private final AtomicInteger computing = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final Map<ByteString, PreparedHandle> prepared = bounded();
  private final Map<ByteString, Ticketed> tickets = bounded();
  private final Map<Outflow, Boolean> outflows = new ConcurrentHashMap<>();
  private volatile @Nullable Names lastNames;
  private volatile boolean closed;

  ClientSession(Session session, Path folder, BufferAllocator allocator) {
    this.session = session;
    this.folder = folder;
    this.allocator = allocator;
  }

  /** The secret name that the client's cookie carries. */
  String name() {
    return name;
  }

  /** Plans one statement of plain SQL. */
  Session.Prepared prepare(String text, List<Object> parameters) {
    return prepare(new Source("<statement>", text), folder, parameters);
  }

  /** Plans one statement of a client of ours, which names its text and folder. */
  Session.Prepared prepare(Source source, Path start, List<Object> parameters) {
    return alone(weft -> weft.prepare(source, start, parameters));
  }

  /** Plans one statement that is to run as it stands. */
  Session.Prepared complete(String text) {
    return complete(prepare(text, List.of()));
  }

  /** Refuses a statement with parameters that nothing was bound to. */
  static Session.Prepared complete(Session.Prepared statement) {
    int parameters = statement.parameters().getFields().size();
    if (parameters > 0) {
      throw CallStatus.INVALID_ARGUMENT
          .withDescription("the statement has " + parameters + " parameters; bind values to them")
          .toRuntimeException();
    }
    return statement;
  }

  /** Keeps a prepared statement and gives its handle. */
  ByteString keep(PreparedHandle handle) {
    return put(prepared, handle);
  }

  Optional<PreparedHandle> prepared(ByteString handle) {
    return Optional.ofNullable(prepared.get(handle));
  }

  void forget(ByteString handle) {
    prepared.remove(handle);
  }

  /** Makes a ticket. */
  ByteString issue(Ticketed ticketed) {
    return put(tickets, ticketed);
  }

  Optional<Ticketed> ticketed(ByteString ticket) {
    return Optional.ofNullable(tickets.get(ticket));
  }

  /** Forgets a ticket. */
  void redeem(ByteString ticket) {
    tickets.remove(ticket);
  }

  /** Starts a statement; the caller closes the rows. */
  Rows run(Session.Prepared statement) {
    return run(statement, QUIET);
  }

  /** Starts a statement that tells a listener how it goes; the caller closes the rows. */
  Rows run(Session.Prepared statement, SessionListener listener) {
    return alone(weft -> computing(() -> statement.run(listener)));
  }

  /** Where relative paths of a client without a folder start. */
  Path folder() {
    return folder;
  }

  /** Uses the session when no other statement does. */
  <T> T alone(Function<Session, T> use) {
    running.incrementAndGet();
    lane.lock();
    try {
      return use.apply(session);
    } finally {
      lane.unlock();
      running.decrementAndGet();
    }
  }

  /** Sends rows to a client; cancelled with it or with the session. */
  void send(Rows rows, Outflow outflow) {
    running.incrementAndGet();
    outflows.put(outflow, true);
    try {
      Schema schema = ColumnMetadata.enrich(rows.schema());
      outflow.send(new Observed(rows), schema, allocator);
    } finally {
      outflows.remove(outflow);
      running.decrementAndGet();
    }
  }

  /** Reads rows that nobody wants. */
  void drain(Rows rows) {
    Rows observed = new Observed(rows);
    while (observed.next() != null) {
      // An update has no rows; reading lets it come to its end.
    }
  }

  /** Stops everything of this client, from any thread. */
  void cancel() {
    session.cancel();
    outflows.keySet().forEach(Outflow::cancel);
  }

  /**
   * Stops the one statement that computes, from any thread. With several under way it stops none,
   * as a session cannot tell them apart: the cancelled one ends at its next batch.
   */
  boolean cancelComputing() {
    if (computing.get() == 1) {
      session.cancel();
    }
    return computing.get() > 0;
  }

  /** What the session knows; the last known while a statement runs. */
  Names names() {
    Names known = lastNames;
    if (known != null && lane.isLocked()) {
      return known;
    }
    Names fresh = alone(Session::names);
    lastNames = fresh;
    return fresh;
  }

  boolean isBusy() {
    return running.get() > 0;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    cancel();
    session.close();
  }

  private <T> T computing(Supplier<T> work) {
    computing.incrementAndGet();
    try {
      return work.get();
    } finally {
      computing.decrementAndGet();
    }
  }

  private static <T> ByteString put(Map<ByteString, T> map, T value) {
    ByteString key = ByteString.copyFromUtf8(UUID.randomUUID().toString());
    map.put(key, value);
    return key;
  }

  private static <T> Map<ByteString, T> bounded() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteString, T> eldest) {
            return size() > MOST_HANDLES;
          }
        });
  }

  /** Rows that tell when they compute. */
  private final class Observed implements Rows {

    private final Rows rows;

    Observed(Rows rows) {
      this.rows = rows;
    }

    @Override
    public Schema schema() {
      return rows.schema();
    }

    @Override
    public @Nullable VectorSchemaRoot next() {
      computing.incrementAndGet();
      try {
        return rows.next();
      } finally {
        computing.decrementAndGet();
      }
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
