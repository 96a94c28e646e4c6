package dev.weft.server.flight;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Source;
import dev.weft.server.wire.Actions;
import dev.weft.server.wire.EventJson;
import dev.weft.server.wire.Json;
import dev.weft.server.wire.SubmissionJson;
import dev.weft.server.wire.ValueJson;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.ActionType;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.FlightProducer.StreamListener;
import org.apache.arrow.flight.Result;

/** Weft's own protocol: scripts in, events and rows out. */
final class ScriptCalls {

  /** What the actions are, for ListActions. */
  static final List<ActionType> TYPES =
      List.of(
          new ActionType(Actions.HELLO, "Says that the server is there."),
          new ActionType(Actions.RUN_SCRIPT, "Runs a script; gives events as JSON."),
          new ActionType(Actions.RUN_STATEMENT, "Runs one statement; gives events as JSON."),
          new ActionType(Actions.PREPARE, "Plans one statement; gives its schemas."),
          new ActionType(Actions.CHECK, "Checks a script; gives events as JSON."),
          new ActionType(Actions.NAMES, "Gives the names that can be completed."),
          new ActionType(Actions.CANCEL, "Stops what runs in the session."),
          new ActionType(Actions.CLOSE, "Ends the session."));

  private final ClientSessions sessions;
  private final Executor threads;

  ScriptCalls(ClientSessions sessions, Executor threads) {
    this.sessions = sessions;
    this.threads = threads;
  }

  /** Answers one of our actions, from another thread where it may take long. */
  void answer(CallContext call, Action action, StreamListener<Result> out) {
    ClientSession session = sessions.of(call);
    JsonNode body = action.getBody().length == 0 ? Json.object() : Json.read(action.getBody());
    switch (action.getType()) {
      case Actions.HELLO -> reply(out, Json.object().put("version", "0.1.0"));
      case Actions.CANCEL -> {
        session.cancel();
        reply(out, Json.object());
      }
      case Actions.CLOSE -> {
        sessions.end(session);
        reply(out, Json.object());
      }
      case Actions.NAMES -> later(out, () -> Json.names(session.names()));
      case Actions.PREPARE -> later(out, () -> prepare(session, body));
      case Actions.CHECK -> run(session, call, body, out, this::check);
      case Actions.RUN_SCRIPT -> run(session, call, body, out, this::runScript);
      case Actions.RUN_STATEMENT -> run(session, call, body, out, this::runStatement);
      default ->
          throw CallStatus.UNIMPLEMENTED
              .withDescription("there is no action '" + action.getType() + "'")
              .toRuntimeException();
    }
  }

  private void run(
      ClientSession session,
      CallContext call,
      JsonNode body,
      StreamListener<Result> out,
      BiConsumer<RunningCall, JsonNode> work) {
    threads.execute(
        () -> {
          Source source = SubmissionJson.source(body);
          try (CancelWatch watch = new CancelWatch(call, session::cancel)) {
            EventSender events = new EventSender(session, source, out, watch::isCancelled);
            try {
              work.accept(new RunningCall(session, events), body);
              events.end(EventJson.done());
            } catch (RuntimeException | Error failure) {
              events.end(EventJson.failed(FlightErrors.diagnostics(failure), source));
            }
          }
        });
  }

  private void runScript(RunningCall call, JsonNode body) {
    Submission submission = SubmissionJson.read(body, call.session().folder());
    call.session()
        .alone(
            weft -> {
              weft.run(submission, call.events());
              return submission;
            });
  }

  private void runStatement(RunningCall call, JsonNode body) {
    ClientSession session = call.session();
    Session.Prepared planned = plan(session, body);
    Session.Prepared statement =
        body.path("values").isEmpty() ? ClientSession.complete(planned) : planned;
    try (Rows rows = session.run(statement, call.events())) {
      call.events().hand(rows, session::cancelComputing);
    }
  }

  private void check(RunningCall call, JsonNode body) {
    Submission submission = SubmissionJson.read(body, call.session().folder());
    call.events().found(call.session().alone(weft -> weft.check(submission, call.events())));
  }

  /** Errors are part of the reply, since a status could not carry their places. */
  private static JsonNode prepare(ClientSession session, JsonNode body) {
    try {
      Session.Prepared planned = plan(session, body);
      return Json.object()
          .put("isUpdate", planned.isUpdate())
          .put("hasEffects", planned.hasEffects())
          .put("schema", planned.schema().serializeAsMessage())
          .put("parameters", planned.parameters().serializeAsMessage());
    } catch (RuntimeException | Error failure) {
      return EventJson.failed(FlightErrors.diagnostics(failure), SubmissionJson.source(body));
    }
  }

  private static Session.Prepared plan(ClientSession session, JsonNode body) {
    return session.prepare(
        SubmissionJson.source(body),
        SubmissionJson.folder(body, session.folder()),
        ValueJson.read(body.path("values")));
  }

  private void later(StreamListener<Result> out, Supplier<JsonNode> work) {
    threads.execute(
        () -> {
          try {
            reply(out, work.get());
          } catch (RuntimeException | Error failure) {
            out.onError(FlightErrors.of(failure));
          }
        });
  }

  private static void reply(StreamListener<Result> out, JsonNode message) {
    out.onNext(new Result(Json.write(message)));
    out.onCompleted();
  }

  /** A script or statement under way. */
  private record RunningCall(ClientSession session, EventSender events) {}
}
