package dev.weft.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A statement that the server has planned. */
final class RemoteStatement implements Session.Prepared {

  private final JsonNode planned;
  private final Function<SessionListener, RemoteEvents> start;

  RemoteStatement(JsonNode planned, Function<SessionListener, RemoteEvents> start) {
    this.planned = planned;
    this.start = start;
  }

  @Override
  public boolean isUpdate() {
    return planned.path("isUpdate").asBoolean();
  }

  @Override
  public boolean hasEffects() {
    return planned.path("hasEffects").asBoolean();
  }

  @Override
  public Schema schema() {
    return schema("schema");
  }

  @Override
  public Schema parameters() {
    return schema("parameters");
  }

  @Override
  public Rows run(SessionListener listener) {
    RemoteEvents events = start.apply(listener);
    return new LastRows(events.firstRows(), events);
  }

  private Schema schema(String name) {
    try {
      return Schema.deserializeMessage(ByteBuffer.wrap(planned.path(name).binaryValue()));
    } catch (IOException notBase64) {
      throw new IllegalArgumentException("the schema is damaged", notBase64);
    }
  }

  /** Rows after which the statement's last events come. */
  private record LastRows(RemoteRows rows, RemoteEvents events) implements Rows {

    @Override
    public Schema schema() {
      return rows.schema();
    }

    @Override
    public @Nullable VectorSchemaRoot next() {
      VectorSchemaRoot batch = rows.next();
      if (batch == null) {
        events.finish();
      }
      return batch;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
