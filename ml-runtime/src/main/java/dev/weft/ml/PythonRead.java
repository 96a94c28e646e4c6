package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.engine.spi.ArrowSource;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.PythonPart;
import java.time.Duration;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a ticket, which have to be as many as it says. The actor keeps them, so a stream that
 * is cut goes on behind the rows that have come.
 */
final class PythonRead implements ArrowSource.Reader {

  /** Without a row between them. */
  private static final int MOST_LOSSES = 2;

  private final Endpoint endpoint;
  private final PythonPart part;
  private final Duration limit;
  private FlightStream stream;
  private long read;
  private int losses;
  private boolean closed;
  private volatile boolean slow;

  /**
   * Opens the first stream.
   *
   * @param limit how long one batch may take
   */
  PythonRead(Endpoint endpoint, PythonPart part, Duration limit) {
    this.endpoint = endpoint;
    this.part = part;
    this.limit = limit;
    stream = open();
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    while (true) {
      Watchdog.Watch watch = Watchdog.over(this::giveUp, limit);
      try {
        return arrived();
      } catch (FlightRuntimeException gone) {
        if (slow) {
          throw lost("its actor took longer than " + limit.toSeconds() + " s");
        }
        if (read == part.getRows()) {
          return null;
        }
      } finally {
        watch.close();
      }
      again();
    }
  }

  private @Nullable VectorSchemaRoot arrived() {
    if (!more()) {
      if (read != part.getRows()) {
        throw lost("its actor sent too few of them");
      }
      return null;
    }
    read += stream.getRoot().getRowCount();
    if (read > part.getRows()) {
      throw lost("its actor sent too many of them");
    }
    losses = 0;
    return stream.getRoot();
  }

  private boolean more() {
    try {
      return Metadata.next(stream);
    } catch (InvalidProtocolBufferException e) {
      throw lost("what its actor sent was damaged on the way");
    }
  }

  private void again() {
    losses++;
    if (losses > MOST_LOSSES) {
      throw lost("its actor is gone");
    }
    end();
    Connections.to(endpoint).retry();
    stream = open();
  }

  private FlightStream open() {
    PythonPart rest =
        part.toBuilder().setFirst(part.getFirst() + read).setRows(part.getRows() - read).build();
    return Connections.to(endpoint)
        .client()
        .getStream(new Ticket(rest.toByteArray()), Connection.token(endpoint.getToken()));
  }

  private void giveUp() {
    slow = true;
    stream.cancel("too slow", null);
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
    if (!closed) {
      closed = true;
      end();
    }
  }

  private void end() {
    stream.cancel("closed", null);
    try {
      stream.close();
    } catch (Exception e) {
      // A cancelled stream complains about being cancelled.
    }
  }
}
