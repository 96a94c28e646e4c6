package dev.weft.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.server.wire.Actions;
import java.util.List;
import java.util.concurrent.Executor;
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
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.memory.BufferAllocator;

/** Each Flight SQL call in one line, handed to the class that knows how to answer it. */
final class FlightSqlCalls extends PreparedCalls {

  private final StatementCalls statements;
  private final ScriptCalls scripts;

  FlightSqlCalls(ClientSessions sessions, BufferAllocator allocator, Executor threads) {
    this(sessions, allocator, new StatementCalls(threads), new ScriptCalls(sessions, threads));
  }

  private FlightSqlCalls(
      ClientSessions sessions,
      BufferAllocator allocator,
      StatementCalls statements,
      ScriptCalls scripts) {
    super(sessions, allocator, statements);
    this.statements = statements;
    this.scripts = scripts;
  }

  // Statements.

  @Override
  public FlightInfo getFlightInfoStatement(
      CommandStatementQuery command, CallContext call, FlightDescriptor descriptor) {
    return guarded(() -> statements.plan(sessions().of(call), command.getQuery(), descriptor));
  }

  @Override
  public SchemaResult getSchemaStatement(
      CommandStatementQuery command, CallContext call, FlightDescriptor descriptor) {
    return guarded(
        () -> new SchemaResult(statements.schema(sessions().of(call), command.getQuery())));
  }

  @Override
  public void getStreamStatement(
      TicketStatementQuery ticket, CallContext call, ServerStreamListener listener) {
    ByteString handle = ticket.getStatementHandle();
    guarded(
        () -> {
          statements.fetch(sessions().of(call), handle, listener);
          return handle;
        });
  }

  @Override
  public Runnable acceptPutStatement(
      CommandStatementUpdate command,
      CallContext call,
      FlightStream stream,
      StreamListener<PutResult> ack) {
    ClientSession session = sessions().of(call);
    return () -> update(session, call, ack, () -> List.of(session.complete(command.getQuery())));
  }

  // Sessions and cancelling.

  @Override
  public void cancelFlightInfo(
      CancelFlightInfoRequest request, CallContext call, StreamListener<CancelStatus> listener) {
    boolean stopped =
        sessions().find(call).stream()
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
    sessions().find(call).ifPresent(sessions()::end);
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

  private static ByteString handle(FlightEndpoint endpoint) {
    try {
      return Any.parseFrom(endpoint.getTicket().getBytes())
          .unpack(TicketStatementQuery.class)
          .getStatementHandle();
    } catch (InvalidProtocolBufferException notOurs) {
      return ByteString.EMPTY;
    }
  }
}
