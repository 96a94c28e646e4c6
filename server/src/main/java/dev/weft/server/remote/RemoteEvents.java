package dev.weft.server.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.engine.SessionListener;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.Source;
import dev.weft.grammar.WeftException;
import dev.weft.server.wire.DiagnosticJson;
import dev.weft.server.wire.EventJson;
import dev.weft.server.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.Ticket;

/** The events of one running script, read in order and told to a listener. */
final class RemoteEvents {

  private final FlightClient client;
  private final Iterator<Result> events;
  private final Source source;
  private final SessionListener listener;
  private final RemoteErrors errors;
  private final CallOption token;
  private final List<Diagnostic> found = new ArrayList<>();

  RemoteEvents(
      FlightClient client,
      Iterator<Result> events,
      Source source,
      SessionListener listener,
      RemoteErrors errors,
      CallOption token) {
    this.client = client;
    this.events = events;
    this.source = source;
    this.listener = listener;
    this.errors = errors;
    this.token = token;
  }

  /** Tells everything to the end; throws what the script failed with. */
  void finish() {
    while (true) {
      JsonNode event = next();
      if (EventJson.kind(event).equals(EventJson.DONE)) {
        return;
      }
      if (EventJson.kind(event).equals(EventJson.ROWS)) {
        try (RemoteRows rows = rows(event)) {
          listener.rows(rows);
        }
      } else {
        take(event);
      }
    }
  }

  /** Tells everything up to the rows of a single statement. */
  RemoteRows firstRows() {
    while (true) {
      JsonNode event = next();
      if (EventJson.kind(event).equals(EventJson.ROWS)) {
        return rows(event);
      }
      take(event);
    }
  }

  /** What a check found. */
  List<Diagnostic> found() {
    return found;
  }

  /** The error behind a stream of rows that broke: the script's own, which has its place. */
  WeftException failure(FlightRuntimeException broken) {
    try {
      finish();
    } catch (WeftException cause) {
      return cause;
    }
    return errors.of(broken);
  }

  private void take(JsonNode event) {
    switch (EventJson.kind(event)) {
      case EventJson.FAILED ->
          throw new WeftException(DiagnosticJson.read(event.path("diagnostics"), source));
      case EventJson.FOUND -> found.addAll(DiagnosticJson.read(event.path("diagnostics"), source));
      default -> EventJson.tell(event, source, listener);
    }
  }

  private JsonNode next() {
    try {
      if (events.hasNext()) {
        return Json.read(events.next().getBody());
      }
      return EventJson.done();
    } catch (FlightRuntimeException failure) {
      throw errors.of(failure);
    }
  }

  private RemoteRows rows(JsonNode event) {
    try {
      Ticket ticket = new Ticket(event.path("ticket").binaryValue());
      return new RemoteRows(client.getStream(ticket, token), this);
    } catch (IOException notBase64) {
      throw new IllegalArgumentException("the ticket of rows is damaged", notBase64);
    } catch (FlightRuntimeException failure) {
      throw failure(failure);
    }
  }
}
