package dev.weft.server.flight;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.SessionListener;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.Source;
import dev.weft.server.wire.EventJson;
import dev.weft.server.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.FlightProducer.StreamListener;
import org.apache.arrow.flight.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a session tells to a client. Rows go as a ticket: the client fetches them as a stream
 * of their own, which holds the script back while the client reads slowly.
 */
final class EventSender implements SessionListener {

  private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);

  private final ClientSession session;
  private final Source source;
  private final StreamListener<Result> out;
  private final BooleanSupplier abandoned;

  EventSender(
      ClientSession session, Source source, StreamListener<Result> out, BooleanSupplier abandoned) {
    this.session = session;
    this.source = source;
    this.out = out;
    this.abandoned = abandoned;
  }

  /** Sends the last event and ends the stream. */
  synchronized void end(JsonNode last) {
    send(last);
    try {
      out.onCompleted();
    } catch (RuntimeException gone) {
      LOG.debug("the client went away before the end", gone);
    }
  }

  /** Tells what a check found. */
  void found(List<Diagnostic> diagnostics) {
    send(EventJson.found(diagnostics, source));
  }

  @Override
  public void started(int number, int total, String title) {
    send(EventJson.started(number, total, title));
  }

  @Override
  public void progress(Progress progress) {
    send(EventJson.progress(progress));
  }

  @Override
  public void warning(Diagnostic warning) {
    send(EventJson.warning(warning, source));
  }

  @Override
  public void note(String line) {
    send(EventJson.note(line));
  }

  @Override
  public void produced(String what, String where) {
    send(EventJson.produced(what, where));
  }

  @Override
  public void rows(Rows rows) {
    hand(rows, () -> {});
  }

  @Override
  public void finished(int number, int total, String outcome, Duration took) {
    send(EventJson.finished(number, total, outcome, took));
  }

  /** Offers rows and waits until the client has them or has seen enough. */
  void hand(Rows rows, Runnable onStop) {
    HandedRows handed = new HandedRows(session, onStop);
    ByteString handle = session.issue(handed);
    try {
      send(EventJson.rows(StatementCalls.ticket(handle).getBytes()));
      handed.hand(rows, abandoned);
    } finally {
      session.redeem(handle);
    }
  }

  private synchronized void send(JsonNode event) {
    try {
      out.onNext(new Result(Json.write(event)));
    } catch (RuntimeException gone) {
      // The watch on the call stops the script; an event that nobody hears is no error of it.
      LOG.debug("an event reached nobody", gone);
    }
  }
}
