package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.engine.spi.ArrowSource;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.PythonExchange;
import dev.weft.ml.wire.PythonPart;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

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
   * @param release ends the actor
   */
  static PythonTables of(Endpoint endpoint, String key, List<String> columns, Runnable release) {
    byte[] command = PythonExchange.newBuilder().setKey(key).build().toByteArray();
    FlightInfo info =
        Connections.to(endpoint)
            .client()
            .getInfo(FlightDescriptor.command(command), Connection.token(endpoint.getToken()));
    List<Part> parts =
        info.getEndpoints().stream()
            .map(part -> (Part) Rows.of(endpoint, columns, part.getTicket()))
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

  private record Rows(Endpoint endpoint, List<String> columns, PythonPart part) implements Part {

    Rows {
      columns = List.copyOf(columns);
    }

    static Rows of(Endpoint endpoint, List<String> columns, Ticket ticket) {
      try {
        return new Rows(endpoint, columns, PythonPart.parseFrom(ticket.getBytes()));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a ticket that cannot be read", e);
      }
    }

    @Override
    public Reader open(List<String> wanted) {
      PythonPart.Builder chosen = part.toBuilder().setChosen(true);
      wanted.forEach(name -> chosen.addColumns(columns.indexOf(name)));
      return new Read(endpoint, chosen.build());
    }
  }

  /** One DoGet, whose rows have to be as many as its ticket says. */
  private static final class Read implements Reader {

    private final FlightStream stream;
    private long left;

    Read(Endpoint endpoint, PythonPart part) {
      left = part.getRows();
      stream =
          Connections.to(endpoint)
              .client()
              .getStream(new Ticket(part.toByteArray()), Connection.token(endpoint.getToken()));
    }

    @Override
    public @Nullable VectorSchemaRoot next() {
      try {
        if (stream.next()) {
          left -= stream.getRoot().getRowCount();
          return stream.getRoot();
        }
      } catch (FlightRuntimeException gone) {
        throw lost("its actor is gone");
      }
      if (left != 0) {
        throw lost("its actor sent too few of them");
      }
      return null;
    }

    private static RemoteFailure lost(String why) {
      return new RemoteFailure(
          ErrorCode.PYTHON_FAILED,
          "the rows that Python has made cannot be read: "
              + why
              + "; run the PYTHON statement again");
    }

    @Override
    public void close() {
      if (left != 0) {
        stream.cancel("closed", null);
      }
      try {
        stream.close();
      } catch (Exception e) {
        // A cancelled stream complains about being cancelled.
      }
    }
  }
}
