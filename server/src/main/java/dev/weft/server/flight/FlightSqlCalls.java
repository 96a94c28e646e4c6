package dev.weft.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.weft.engine.Session;
import dev.weft.server.wire.Actions;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.CloseSessionRequest;
import org.apache.arrow.flight.CloseSessionResult;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.GetSessionOptionsRequest;
import org.apache.arrow.flight.GetSessionOptionsResult;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.SetSessionOptionsRequest;
import org.apache.arrow.flight.SetSessionOptionsResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.BasicFlightSqlProducer;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.DoPutPreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** Each Flight SQL call in one line, handed to the class that knows how to answer it. */
final class FlightSqlCalls extends BasicFlightSqlProducer {

  private final ClientSessions sessions;
  private final StatementCalls statements;
  private final ScriptCalls scripts;
  private final BufferAllocator allocator;

  FlightSqlCalls(ClientSessions sessions, BufferAllocator allocator, Executor threads) {
    this.sessions = sessions;
    this.allocator = allocator;
    this.statements = new StatementCalls(threads);
    this.scripts = new ScriptCalls(sessions, threads);
  }

  // Statements.

  @Override
  public FlightInfo getFlightInfoStatement(
      CommandStatementQuery command, CallContext call, FlightDescriptor descriptor) {
    return guarded(() -> statements.plan(sessions.of(call), command.getQuery(), descriptor));
  }

  @Override
  public SchemaResult getSchemaStatement(
      CommandStatementQuery command, CallContext call, FlightDescriptor descriptor) {
    return guarded(
        () -> new SchemaResult(statements.schema(sessions.of(call), command.getQuery())));
  }

  @Override
  public void getStreamStatement(
      TicketStatementQuery ticket, CallContext call, ServerStreamListener listener) {
    ByteString handle = ticket.getStatementHandle();
    guarded(
        () -> {
          statements.fetch(sessions.of(call), handle, listener);
          return handle;
        });
  }

  @Override
  public Runnable acceptPutStatement(
      CommandStatementUpdate command,
      CallContext call,
      FlightStream stream,
      StreamListener<PutResult> ack) {
    ClientSession session = sessions.of(call);
    return () -> update(session, call, ack, () -> List.of(session.complete(command.getQuery())));
  }

  // Prepared statements.

  @Override
  public void createPreparedStatement(
      ActionCreatePreparedStatementRequest request,
      CallContext call,
      StreamListener<Result> listener) {
    Message made = guarded(() -> statements.prepare(sessions.of(call), request.getQuery()));
    listener.onNext(new Result(Any.pack(made).toByteArray()));
    listener.onCompleted();
  }

  @Override
  public void closePreparedStatement(
      ActionClosePreparedStatementRequest request,
      CallContext call,
      StreamListener<Result> listener) {
    sessions.find(call).ifPresent(session -> session.forget(request.getPreparedStatementHandle()));
    listener.onCompleted();
  }

  @Override
  public FlightInfo getFlightInfoPreparedStatement(
      CommandPreparedStatementQuery command, CallContext call, FlightDescriptor descriptor) {
    return guarded(
        () -> {
          ClientSession session = sessions.of(call);
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
          Session.Prepared planned = statements.prepared(sessions.of(call), handle).planned();
          return new SchemaResult(ColumnMetadata.enrich(planned.schema()));
        });
  }

  @Override
  public Runnable acceptPutPreparedStatementQuery(
      CommandPreparedStatementQuery command,
      CallContext call,
      FlightStream stream,
      StreamListener<PutResult> ack) {
    ClientSession session = sessions.of(call);
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
    ClientSession session = sessions.of(call);
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

  // Metadata.

  @Override
  public void getStreamCatalogs(CallContext call, ServerStreamListener listener) {
    RowTable.send(Schemas.GET_CATALOGS_SCHEMA, CatalogRows.catalogs(), allocator, listener);
  }

  @Override
  public void getStreamSchemas(
      CommandGetDbSchemas command, CallContext call, ServerStreamListener listener) {
    CatalogRows catalog = guarded(() -> new CatalogRows(sessions.of(call).names()));
    RowTable.send(Schemas.GET_SCHEMAS_SCHEMA, catalog.schemas(command), allocator, listener);
  }

  @Override
  public void getStreamTables(
      CommandGetTables command, CallContext call, ServerStreamListener listener) {
    CatalogRows catalog = guarded(() -> new CatalogRows(sessions.of(call).names()));
    Schema schema =
        command.getIncludeSchema()
            ? Schemas.GET_TABLES_SCHEMA
            : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA;
    RowTable.send(schema, catalog.tables(command), allocator, listener);
  }

  @Override
  public void getStreamTableTypes(CallContext call, ServerStreamListener listener) {
    RowTable.send(Schemas.GET_TABLE_TYPES_SCHEMA, CatalogRows.tableTypes(), allocator, listener);
  }

  @Override
  public void getStreamPrimaryKeys(
      CommandGetPrimaryKeys command, CallContext call, ServerStreamListener listener) {
    RowTable.send(Schemas.GET_PRIMARY_KEYS_SCHEMA, List.of(), allocator, listener);
  }

  @Override
  public void getStreamExportedKeys(
      CommandGetExportedKeys command, CallContext call, ServerStreamListener listener) {
    RowTable.send(Schemas.GET_EXPORTED_KEYS_SCHEMA, List.of(), allocator, listener);
  }

  @Override
  public void getStreamImportedKeys(
      CommandGetImportedKeys command, CallContext call, ServerStreamListener listener) {
    RowTable.send(Schemas.GET_IMPORTED_KEYS_SCHEMA, List.of(), allocator, listener);
  }

  @Override
  public void getStreamCrossReference(
      CommandGetCrossReference command, CallContext call, ServerStreamListener listener) {
    RowTable.send(Schemas.GET_CROSS_REFERENCE_SCHEMA, List.of(), allocator, listener);
  }

  @Override
  public void getStreamSqlInfo(
      CommandGetSqlInfo command, CallContext call, ServerStreamListener listener) {
    SqlInfoSender.send(SqlInfoTable.values(command.getInfoList()), allocator, listener);
  }

  @Override
  public void getStreamTypeInfo(
      CommandGetXdbcTypeInfo command, CallContext call, ServerStreamListener listener) {
    RowTable.send(
        Schemas.GET_TYPE_INFO_SCHEMA,
        TypeInfoTable.rows(command.hasDataType(), command.getDataType()),
        allocator,
        listener);
  }

  // Sessions and cancelling.

  @Override
  public void cancelFlightInfo(
      CancelFlightInfoRequest request, CallContext call, StreamListener<CancelStatus> listener) {
    boolean stopped =
        sessions.find(call).stream()
            .flatMap(
                session ->
                    request.getInfo().getEndpoints().stream()
                        .flatMap(endpoint -> session.ticketed(handle(endpoint)).stream()))
            .map(Ticketed::cancel)
            .reduce(false, Boolean::logicalOr);
    listener.onNext(stopped ? CancelStatus.CANCELLING : CancelStatus.NOT_CANCELLABLE);
    listener.onCompleted();
  }

  @Override
  public void setSessionOptions(
      SetSessionOptionsRequest request,
      CallContext call,
      StreamListener<SetSessionOptionsResult> listener) {
    listener.onNext(SessionOptions.set(request));
    listener.onCompleted();
  }

  @Override
  public void getSessionOptions(
      GetSessionOptionsRequest request,
      CallContext call,
      StreamListener<GetSessionOptionsResult> listener) {
    listener.onNext(SessionOptions.get());
    listener.onCompleted();
  }

  @Override
  public void closeSession(
      CloseSessionRequest request, CallContext call, StreamListener<CloseSessionResult> listener) {
    sessions.find(call).ifPresent(sessions::end);
    listener.onNext(new CloseSessionResult(CloseSessionResult.Status.CLOSED));
    listener.onCompleted();
  }

  @Override
  public void listActions(CallContext call, StreamListener<ActionType> listener) {
    ScriptCalls.TYPES.forEach(listener::onNext);
    super.listActions(call, listener);
  }

  @Override
  public void doAction(CallContext call, Action action, StreamListener<Result> listener) {
    guarded(
        () -> {
          if (action.getType().startsWith(Actions.PREFIX)) {
            scripts.answer(call, action, listener);
          } else {
            super.doAction(call, action, listener);
          }
          return action;
        });
  }

  @Override
  public void close() {
    sessions.close();
  }

  @Override
  protected <T extends Message> List<FlightEndpoint> determineEndpoints(
      T request, FlightDescriptor descriptor, Schema schema) {
    return List.of(new FlightEndpoint(new Ticket(Any.pack(request).toByteArray())));
  }

  private void update(
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
    try (ArrowBuf buffer = allocator.buffer(bytes.length)) {
      buffer.writeBytes(bytes);
      ack.onNext(PutResult.metadata(buffer));
    }
  }

  private static ByteString handle(FlightEndpoint endpoint) {
    try {
      return Any.parseFrom(endpoint.getTicket().getBytes())
          .unpack(TicketStatementQuery.class)
          .getStatementHandle();
    } catch (InvalidProtocolBufferException notOurs) {
      return ByteString.EMPTY;
    }
  }

  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      throw FlightErrors.of(failure);
    }
  }
}
