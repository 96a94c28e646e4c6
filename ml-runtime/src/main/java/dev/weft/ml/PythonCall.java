package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.engine.spi.OutOfMemory;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.PythonAnswer;
import dev.weft.ml.wire.PythonExchange;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** One DoExchange with users' code: answers say which batch they are for, and which part of it. */
final class PythonCall implements AutoCloseable {

  private final PythonMap map;
  private final Conversation wire;
  private final String before;
  private long answered;
  private long part;
  private volatile boolean slow;

  PythonCall(PythonMap map, Endpoint endpoint, BufferAllocator parent, Schema input) {
    this.map = map;
    this.before = endpoint.getLost();
    PythonExchange command = PythonExchange.newBuilder().setKey(map.key()).build();
    wire = new Conversation("python", endpoint, command, parent, input);
  }

  void send(ArrowRecordBatch batch) {
    boolean there = wire.awaitReady(() -> Thread.currentThread().isInterrupted(), map.limit());
    stopIfInterrupted();
    if (!there) {
      throw new ActorLost(failed("its actor does not take rows any more"));
    }
    wire.send(batch);
  }

  void finish() {
    wire.finish();
  }

  /** The next part; {@link #isLast} says whether it ends a batch. Null at the end of the stream. */
  @Nullable VectorSchemaRoot receive() {
    Watchdog.Watch watch = Watchdog.over(this::giveUp, map.limit());
    try {
      return next();
    } catch (FlightRuntimeException e) {
      stopIfInterrupted();
      if (slow) {
        throw new RemoteFailure(
            ErrorCode.PYTHON_FAILED,
            "the code ran longer than its timeout of " + map.limit().toSeconds() + " s");
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

  /** Whether the part received last ends its batch. */
  boolean isLast() {
    return part == 0;
  }

  /** Code that ends one actor after the other ends all for one reason, which the first has told. */
  private RemoteFailure gone() {
    return before.isEmpty()
        ? failed("its actor is gone")
        : new RemoteFailure(ErrorCode.PYTHON_FAILED, "the Python code did not answer: " + before);
  }

  private void giveUp() {
    slow = true;
    wire.cancel();
  }

  private @Nullable VectorSchemaRoot next() throws InvalidProtocolBufferException {
    PythonAnswer answer = wire.next(PythonAnswer.parser());
    if (answer == null) {
      return null;
    }
    PythonPrints.pass(map.key(), answer.getPrintedList());
    if (answer.hasPython()) {
      throw map.fault().failure(answer.getPython());
    }
    if (answer.hasError()) {
      throw Failures.remote(answer.getError());
    }
    VectorSchemaRoot rows = wire.rows(answer.getSharing());
    if (answer.getSequence() != answered
        || answer.getPart() != part
        || answer.getRows() != rows.getRowCount()) {
      throw failed("an answer was lost or came twice");
    }
    answered += answer.getLast() ? 1 : 0;
    part = answer.getLast() ? 0 : part + 1;
    return rows;
  }

  private static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new RemoteFailure(ErrorCode.PYTHON_FAILED, "the task was interrupted");
    }
  }

  static RemoteFailure failed(String why) {
    return new RemoteFailure(
        ErrorCode.PYTHON_FAILED,
        "the Python code did not answer: " + why + "; run the statement again");
  }

  @Override
  public void close() {
    wire.close();
  }
}
