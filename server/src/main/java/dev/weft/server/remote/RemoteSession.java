package dev.weft.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.engine.Names;
import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.Source;
import dev.weft.grammar.WeftException;
import dev.weft.server.wire.Actions;
import dev.weft.server.wire.DiagnosticJson;
import dev.weft.server.wire.EventJson;
import dev.weft.server.wire.Json;
import dev.weft.server.wire.SubmissionJson;
import dev.weft.server.wire.ValueJson;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * A session in a Weft server, used like an embedded one: the same events, rows and errors with the
 * same places.
 */
public final class RemoteSession implements Session {

  private final BufferAllocator allocator;
  private final FlightClient client;
  private final CallOption token;
  private final RemoteErrors errors;

  private RemoteSession(ServerAddress address) {
    this.allocator = new RootAllocator();
    this.client =
        FlightClient.builder(allocator, Location.forGrpcInsecure(address.host(), address.port()))
            .intercept(new ClientCookieMiddleware.Factory())
            .build();
    CallHeaders headers = new FlightCallHeaders();
    headers.insert("authorization", "Bearer " + address.token());
    this.token = new HeaderCallOption(headers);
    this.errors = new RemoteErrors(address);
  }

  /**
   * Connects to a server by the URL it printed, {@code jdbc:arrow-flight-sql://…} or {@code
   * grpc://host:port?token=…}.
   *
   * @throws WeftException CONNECTION_FAILED when it does not answer or refuses the token
   */
  public static RemoteSession connect(String url) {
    RemoteSession session = new RemoteSession(ServerAddress.parse(url));
    try {
      session.ask(Actions.HELLO, Json.object());
      return session;
    } catch (RuntimeException refused) {
      session.closeClient();
      throw refused;
    }
  }

  @Override
  public void run(Submission submission, SessionListener listener) {
    events(Actions.RUN_SCRIPT, SubmissionJson.write(submission), submission.source(), listener)
        .finish();
  }

  @Override
  public List<Diagnostic> check(Submission submission, SessionListener listener) {
    RemoteEvents events =
        events(Actions.CHECK, SubmissionJson.write(submission), submission.source(), listener);
    events.finish();
    return events.found();
  }

  @Override
  public Prepared prepare(Source source, Path folder, List<Object> parameters) {
    ObjectNode body = SubmissionJson.write(source, folder);
    body.set("values", ValueJson.write(parameters));
    JsonNode planned = ask(Actions.PREPARE, body);
    if (EventJson.kind(planned).equals(EventJson.FAILED)) {
      throw new WeftException(DiagnosticJson.read(planned.path("diagnostics"), source));
    }
    return new RemoteStatement(
        planned, listener -> events(Actions.RUN_STATEMENT, body, source, listener));
  }

  @Override
  public void cancel() {
    ask(Actions.CANCEL, Json.object());
  }

  @Override
  public Names names() {
    return Json.names(ask(Actions.NAMES, Json.object()));
  }

  /** Ends the session in the server, if that still answers, and the connection. */
  @Override
  public void close() {
    try {
      ask(Actions.CLOSE, Json.object());
    } catch (WeftException gone) {
      // The server ends the session itself when the connection is gone.
      return;
    } finally {
      closeClient();
    }
  }

  private RemoteEvents events(
      String action, JsonNode body, Source source, SessionListener listener) {
    return new RemoteEvents(client, call(action, body), source, listener, errors, token);
  }

  private JsonNode ask(String action, JsonNode body) {
    try {
      Iterator<Result> answer = call(action, body);
      JsonNode reply = answer.hasNext() ? Json.read(answer.next().getBody()) : Json.object();
      while (answer.hasNext()) {
        answer.next();
      }
      return reply;
    } catch (FlightRuntimeException failure) {
      throw errors.of(failure);
    }
  }

  private Iterator<Result> call(String action, JsonNode body) {
    return client.doAction(new Action(action, Json.write(body)), token);
  }

  private void closeClient() {
    try {
      client.close();
      allocator.close();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException unread) {
      // A stream that was cancelled just now may still hold a batch; the process lets go of it.
      return;
    }
  }
}
