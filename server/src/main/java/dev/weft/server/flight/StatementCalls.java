package dev.weft.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutUpdateResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The statements of Flight SQL clients. Asking for a FlightInfo only plans; fetching the rows runs.
 * What changes something starts with the FlightInfo and runs once, however it is fetched.
 */
final class StatementCalls {

  /** How long a FlightInfo waits for a statement with effects, to report its early errors. */
  private static final long EFFECTS_WAIT_MILLIS = 1000;

  /** {@code is_update} of ActionCreatePreparedStatementResult, newer than our generated classes. */
  private static final int IS_UPDATE = 4;

  /**
   * Spark does not count changed rows. Flight SQL's -1 would say so, but the JDBC driver takes that
   * for a result set.
   */
  private static final long UNKNOWN_COUNT = 0;

  private final Executor threads;

  StatementCalls(Executor threads) {
    this.threads = threads;
  }

  FlightInfo plan(ClientSession session, String text, FlightDescriptor descriptor) {
    return info(session, session.complete(text), descriptor);
  }

  FlightInfo plan(ClientSession session, PreparedHandle handle, FlightDescriptor descriptor) {
    List<Session.Prepared> executions = handle.executions(session);
    if (executions.size() > 1) {
      throw CallStatus.INVALID_ARGUMENT
          .withDescription("a query takes one row of parameters; run it once for each")
          .toRuntimeException();
    }
    return info(session, executions.get(0), descriptor);
  }

  Schema schema(ClientSession session, String text) {
    return ColumnMetadata.enrich(session.prepare(text, List.of()).schema());
  }

  ActionCreatePreparedStatementResult prepare(ClientSession session, String text) {
    Session.Prepared planned = session.prepare(text, List.of());
    ByteString handle = session.keep(new PreparedHandle(text, planned));
    UnknownFieldSet.Field isUpdate =
        UnknownFieldSet.Field.newBuilder().addVarint(planned.isUpdate() ? 1 : 0).build();
    return ActionCreatePreparedStatementResult.newBuilder()
        .setPreparedStatementHandle(handle)
        .setDatasetSchema(bytes(ColumnMetadata.enrich(planned.schema())))
        .setParameterSchema(bytes(ParameterRows.schema(planned.parameters())))
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(IS_UPDATE, isUpdate).build())
        .build();
  }

  PreparedHandle prepared(ClientSession session, ByteString handle) {
    return session
        .prepared(handle)
        .orElseThrow(() -> notFound("the prepared statement is closed; prepare it again"));
  }

  /**
   * Runs statements for their effects, until the client gives up; rows that one gives all the same
   * are read and dropped.
   */
  DoPutUpdateResult update(
      ClientSession session, List<Session.Prepared> statements, BooleanSupplier abandoned) {
    for (Session.Prepared statement : statements) {
      if (abandoned.getAsBoolean()) {
        break;
      }
      try (Rows rows = session.run(statement)) {
        session.drain(rows);
      }
    }
    return DoPutUpdateResult.newBuilder().setRecordCount(UNKNOWN_COUNT).build();
  }

  void fetch(ClientSession session, ByteString ticket, ServerStreamListener listener) {
    session
        .ticketed(ticket)
        .orElseThrow(() -> notFound("the result is gone; run the statement again"))
        .fetch(listener);
  }

  /** A ticket for something that has rows. */
  static Ticket ticket(ByteString handle) {
    TicketStatementQuery query =
        TicketStatementQuery.newBuilder().setStatementHandle(handle).build();
    return new Ticket(Any.pack(query).toByteArray());
  }

  private FlightInfo info(
      ClientSession session, Session.Prepared statement, FlightDescriptor descriptor) {
    StatementRun run = new StatementRun(session, statement, threads);
    ByteString handle = session.issue(run);
    run.startEffects(EFFECTS_WAIT_MILLIS);
    FlightEndpoint endpoint = new FlightEndpoint(ticket(handle));
    return new FlightInfo(run.schema(), descriptor, List.of(endpoint), -1, -1);
  }

  private static ByteString bytes(Schema schema) {
    return ByteString.copyFrom(ByteBuffer.wrap(schema.serializeAsMessage()));
  }

  private static FlightRuntimeException notFound(String sentence) {
    return CallStatus.NOT_FOUND.withDescription(sentence).toRuntimeException();
  }
}
