package dev.weft.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.weft.engine.Session;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutPreparedStatementResult;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Prepared statements, which the JDBC driver makes of every statement, and updates. */
abstract class PreparedCalls extends MetadataCalls {

  private final StatementCalls statements;

  PreparedCalls(ClientSessions sessions, BufferAllocator allocator, StatementCalls statements) {
    super(sessions, allocator);
    this.statements = statements;
  }

  @Override
  public void createPreparedStatement(
      ActionCreatePreparedStatementRequest request,
      CallContext call,
      StreamListener<Result> listener) {
    Message made = guarded(() -> statements.prepare(sessions().of(call), request.getQuery()));
    listener.onNext(new Result(Any.pack(made).toByteArray()));
    listener.onCompleted();
  }

  @Override
  public void closePreparedStatement(
      ActionClosePreparedStatementRequest request,
      CallContext call,
      StreamListener<Result> listener) {
    sessions()
        .find(call)
        .ifPresent(session -> session.forget(request.getPreparedStatementHandle()));
    listener.onCompleted();
  }

  @Override
  public FlightInfo getFlightInfoPreparedStatement(
      CommandPreparedStatementQuery command, CallContext call, FlightDescriptor descriptor) {
    return guarded(
        () -> {
          ClientSession session = sessions().of(call);
          ByteString handle = command.getPreparedStatementHandle();
          return statements.plan(session, statements.prepared(session, handle), descriptor);
        });
  }

  @Override
  public SchemaResult getSchemaPreparedStatement(
      CommandPreparedStatementQuery command, CallContext call, FlightDescriptor descriptor) {
    return guarded(
        () -> {
          ByteString handle = command.getPreparedStatementHandle();
          Session.Prepared planned = statements.prepared(sessions().of(call), handle).planned();
          return new SchemaResult(ColumnMetadata.enrich(planned.schema()));
        });
  }

  @Override
  public Runnable acceptPutPreparedStatementQuery(
      CommandPreparedStatementQuery command,
      CallContext call,
      FlightStream stream,
      StreamListener<PutResult> ack) {
    ClientSession session = sessions().of(call);
    return () -> {
      ByteString handle = command.getPreparedStatementHandle();
      guarded(
          () -> {
            statements.prepared(session, handle).bind(ParameterRows.read(stream));
            return handle;
          });
      put(
          ack,
          DoPutPreparedStatementResult.newBuilder().setPreparedStatementHandle(handle).build());
      ack.onCompleted();
    };
  }

  @Override
  public Runnable acceptPutPreparedStatementUpdate(
      CommandPreparedStatementUpdate command,
      CallContext call,
      FlightStream stream,
      StreamListener<PutResult> ack) {
    ClientSession session = sessions().of(call);
    return () ->
        update(
            session,
            call,
            ack,
            () -> {
              PreparedHandle handle =
                  statements.prepared(session, command.getPreparedStatementHandle());
              handle.bind(ParameterRows.read(stream));
              return handle.executions(session);
            });
  }

  /** Runs statements for their effects until the client gives up, then tells it so. */
  final void update(
      ClientSession session,
      CallContext call,
      StreamListener<PutResult> ack,
      Supplier<List<Session.Prepared>> statementsToRun) {
    try (CancelWatch watch = new CancelWatch(call, session::cancel)) {
      put(
          ack,
          guarded(() -> statements.update(session, statementsToRun.get(), watch::isCancelled)));
    }
    ack.onCompleted();
  }

  private void put(StreamListener<PutResult> ack, Message message) {
    byte[] bytes = message.toByteArray();
    try (ArrowBuf buffer = allocator().buffer(bytes.length)) {
      buffer.writeBytes(bytes);
      ack.onNext(PutResult.metadata(buffer));
    }
  }
}
