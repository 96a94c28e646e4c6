package dev.weft.server.remote;

import dev.weft.engine.Rows;
import dev.weft.grammar.WeftException;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Rows as they arrive; the server computes no faster than they are read. */
final class RemoteRows implements Rows {

  private final FlightStream stream;
  private final RemoteEvents events;

  RemoteRows(FlightStream stream, RemoteEvents events) {
    this.stream = stream;
    this.events = events;
  }

  @Override
  public Schema schema() {
    try {
      return stream.getSchema();
    } catch (FlightRuntimeException failure) {
      throw events.failure(failure);
    }
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    try {
      return stream.next() ? stream.getRoot() : null;
    } catch (FlightRuntimeException failure) {
      throw events.failure(failure);
    }
  }

  @Override
  public void close() {
    try {
      stream.cancel("enough", null);
      stream.close();
    } catch (WeftException failure) {
      throw failure;
    } catch (Exception ignored) {
      // What is left of a stream that nobody reads any more cannot fail anything.
      return;
    }
  }
}
