package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.Frame;
import dev.weft.ml.wire.PythonAnswer;
import dev.weft.ml.wire.PythonExchange;
import org.apache.arrow.flight.FlightClient.ClientStreamListener;
import org.apache.arrow.flight.FlightClient.ExchangeReaderWriter;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** One DoExchange with users' code: answers say which batch they are for, and which part of it. */
final class PythonCall implements AutoCloseable {

  private final PythonMap map;
  private final Connection connection;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;
  private final FlightStream reader;
  private final ClientStreamListener writer;
  private final Call call = new Call();
  private final Lent lent = new Lent();
  private long sent;
  private long answered;
  private long part;
  private boolean ended;
  private boolean closed;
  private volatile boolean slow;

  PythonCall(PythonMap map, Endpoint endpoint, BufferAllocator parent, Schema input) {
    this.map = map;
    connection = Connections.to(endpoint);
    allocator = parent.newChildAllocator("python", 0, Long.MAX_VALUE);
    root = VectorSchemaRoot.create(input, allocator);
    byte[] command = PythonExchange.newBuilder().setKey(map.key()).build().toByteArray();
    ExchangeReaderWriter both =
        connection
            .client()
            .doExchange(
                FlightDescriptor.command(command), Connection.token(endpoint.getToken()), call);
    reader = both.getReader();
    writer = both.getWriter();
    writer.setUseZeroCopy(true);
    writer.start(root);
  }

  /**
   * Sends a batch; shares its buffers until the network has written them. A call that is over takes
   * none, and why it is over is what {@link #receive} says.
   */
  void send(ArrowRecordBatch batch) {
    boolean there =
        connection.awaitReady(
            () -> writer.isReady() || call.over() || Thread.currentThread().isInterrupted(),
            map.limit().toNanos());
    stopIfInterrupted();
    if (!there) {
      throw new ActorLost(failed("its actor does not take rows any more"));
    }
    if (!call.over()) {
      new VectorLoader(root).load(batch);
      Frame frame = Frame.newBuilder().setSequence(sent).setRows(batch.getLength()).build();
      writer.putNext(Metadata.of(allocator, frame));
      lent.add(root);
      root.clear();
    }
    sent++;
  }

  void finish() {
    if (!call.over()) {
      writer.completed();
    }
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
      throw new ActorLost(failed("its actor is gone"));
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

  private void giveUp() {
    slow = true;
    reader.cancel("too slow", null);
  }

  private @Nullable VectorSchemaRoot next() throws InvalidProtocolBufferException {
    if (!arrived()) {
      ended = true;
      return null;
    }
    PythonAnswer answer = Metadata.read(PythonAnswer.parser(), reader.getLatestMetadata());
    PythonPrints.pass(map.key(), answer.getPrintedList());
    if (answer.hasPython()) {
      throw map.fault().failure(answer.getPython());
    }
    if (answer.hasError()) {
      throw Failures.remote(answer.getError());
    }
    VectorSchemaRoot rows = reader.getRoot();
    if (answer.getSequence() != answered
        || answer.getPart() != part
        || answer.getRows() != rows.getRowCount()) {
      throw failed("an answer was lost or came twice");
    }
    answered += answer.getLast() ? 1 : 0;
    part = answer.getLast() ? 0 : part + 1;
    return rows;
  }

  /** Whether there is another answer; one that is damaged fails in whatever reads it first. */
  private boolean arrived() {
    try {
      return reader.next();
    } catch (FlightRuntimeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed("its actor sent an answer that cannot be read");
    }
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
    if (closed) {
      return;
    }
    closed = true;
    root.close();
    if (!ended) {
      reader.cancel("closed", null);
    }
    try {
      reader.close();
    } catch (Exception e) {
      // A cancelled stream complains about being cancelled.
    }
    call.release();
    lent.takeBack();
    Drained.close(allocator);
  }
}
