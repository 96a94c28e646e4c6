package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.engine.spi.ArrowSource;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.PythonExchange;
import dev.weft.ml.wire.PythonPart;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.Ticket;

/** Rows that an actor holds after code has made them: let go when nothing reads them any more. */
final class PythonTables implements ArrowSource {

  private static final Cleaner CLEANER = Cleaner.create();

  private final List<Part> parts;
  private final Cleaner.Cleanable lease;

  private PythonTables(List<Part> parts, Runnable release) {
    this.parts = List.copyOf(parts);
    AtomicBoolean done = new AtomicBoolean();
    this.lease =
        CLEANER.register(
            this,
            () -> {
              if (!done.getAndSet(true)) {
                release.run();
              }
            });
  }

  /**
   * Asks an actor where the rows of a code are.
   *
   * @param columns their names in order
   * @param limit how long one batch may take
   * @param release ends the actor
   */
  static PythonTables of(
      Endpoint endpoint, String key, List<String> columns, Duration limit, Runnable release) {
    byte[] command = PythonExchange.newBuilder().setKey(key).build().toByteArray();
    FlightInfo info =
        Connections.to(endpoint)
            .client()
            .getInfo(FlightDescriptor.command(command), Connection.token(endpoint.getToken()));
    List<Part> parts =
        info.getEndpoints().stream()
            .map(part -> (Part) Rows.of(endpoint, columns, limit, part.getTicket()))
            .toList();
    return new PythonTables(parts, release);
  }

  @Override
  public List<Part> parts() {
    return parts;
  }

  @Override
  public void close() {
    lease.clean();
  }

  /** A stretch of the rows. */
  record Rows(Endpoint endpoint, List<String> columns, Duration limit, PythonPart part)
      implements Part {

    Rows {
      columns = List.copyOf(columns);
    }

    static Rows of(Endpoint endpoint, List<String> columns, Duration limit, Ticket ticket) {
      try {
        return new Rows(endpoint, columns, limit, PythonPart.parseFrom(ticket.getBytes()));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a ticket that cannot be read", e);
      }
    }

    @Override
    public Reader open(List<String> wanted) {
      PythonPart.Builder chosen = part.toBuilder().setChosen(true);
      wanted.forEach(name -> chosen.addColumns(columns.indexOf(name)));
      return new PythonRead(endpoint, chosen.build(), limit);
    }
  }
}
