package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.engine.spi.OutOfMemory;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Answer;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** One DoExchange: every answer has to carry the number and the row count of its batch. */
final class ExchangeStream implements AutoCloseable {

  private final String model;
  private final Duration limit;
  private final Conversation wire;
  private final Deque<Integer> out = new ArrayDeque<>();
  private long received;
  private final String before;
  private boolean finished;
  private volatile boolean slow;

  ExchangeStream(
      String model, Endpoint endpoint, Duration limit, BufferAllocator parent, Schema input) {
    this.model = model;
    this.limit = limit;
    this.before = endpoint.getLost();
    Exchange command = Exchange.newBuilder().setModel(model).build();
    wire = new Conversation("exchange", endpoint, command, parent, input);
  }

  void send(ArrowRecordBatch batch) {
    if (!wire.awaitReady(() -> false, limit)) {
      throw new ActorLost(failed("its actor does not take rows any more"));
    }
    wire.send(batch);
    out.add(batch.getLength());
  }

  void finish() {
    finished = true;
    wire.finish();
  }

  @Nullable VectorSchemaRoot receive() {
    Watchdog.Watch watch = Watchdog.over(this::giveUp, limit);
    try {
      return next();
    } catch (FlightRuntimeException e) {
      if (slow) {
        throw ActorLost.slow(failed("its actor took longer than " + limit.toSeconds() + " s"));
      }
      if (OutOfMemory.in(e)) {
        throw OutOfMemory.failure();
      }
      throw new ActorLost(gone());
    } catch (InvalidProtocolBufferException e) {
      throw failed("its actor sent an answer that cannot be read");
    } finally {
      watch.close();
    }
  }

  /**
   * A batch that ends one actor after the other ends all for one reason, which the first has told.
   */
  private RemoteFailure gone() {
    return before.isEmpty()
        ? failed("its actor is gone")
        : new RemoteFailure(
            ErrorCode.PREDICTION_FAILED,
            "the model '%s' did not answer: %s".formatted(model, before));
  }

  private void giveUp() {
    slow = true;
    wire.cancel();
  }

  private @Nullable VectorSchemaRoot next() throws InvalidProtocolBufferException {
    Answer answer = wire.next(Answer.parser());
    if (answer == null) {
      return checkedEnd();
    }
    if (answer.hasError()) {
      throw Failures.remote(answer.getError());
    }
    return checked(answer, wire.rows(answer.getSharing()));
  }

  private VectorSchemaRoot checked(Answer answer, VectorSchemaRoot rows) {
    Integer expected = out.poll();
    if (expected == null
        || answer.getSequence() != received
        || answer.getRows() != expected
        || rows.getRowCount() != expected) {
      throw failed("an answer was lost or came twice");
    }
    received++;
    return rows;
  }

  private @Nullable VectorSchemaRoot checkedEnd() {
    if (!finished || !out.isEmpty()) {
      // It has seen the end of a connection that was cut as the end of the rows.
      throw new ActorLost(
          failed("its actor ended the stream with " + out.size() + " batches unanswered"));
    }
    return null;
  }

  private RemoteFailure failed(String why) {
    return new RemoteFailure(
        ErrorCode.PREDICTION_FAILED,
        "the model '%s' did not answer: %s; run the statement again".formatted(model, why));
  }

  @Override
  public void close() {
    wire.close();
  }
}
