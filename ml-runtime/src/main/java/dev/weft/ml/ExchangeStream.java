package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Answer;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.Exchange;
import dev.weft.ml.wire.Frame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

/** One DoExchange: every answer has to carry the number and the row count of its batch. */
final class ExchangeStream implements AutoCloseable {

  private final String model;
  private final Duration limit;
  private final Connection connection;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;
  private final FlightStream reader;
  private final ClientStreamListener writer;
  private final Call call = new Call();
  private final Lent lent = new Lent();
  private final Deque<Integer> out = new ArrayDeque<>();
  private long sent;
  private long received;
  private boolean finished;
  private boolean ended;
  private boolean closed;
  private volatile boolean slow;

  ExchangeStream(
      String model, Endpoint endpoint, Duration limit, BufferAllocator parent, Schema input) {
    this.model = model;
    this.limit = limit;
    connection = Connections.to(endpoint);
    allocator = parent.newChildAllocator("exchange", 0, Long.MAX_VALUE);
    root = VectorSchemaRoot.create(input, allocator);
    FlightDescriptor descriptor =
        FlightDescriptor.command(Exchange.newBuilder().setModel(model).build().toByteArray());
    ExchangeReaderWriter both =
        connection.client().doExchange(descriptor, Connection.token(endpoint.getToken()), call);
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
    if (!connection.awaitReady(() -> writer.isReady() || call.over(), limit.toNanos())) {
      throw new ActorLost(failed("its actor does not take rows any more"));
    }
    int rows = batch.getLength();
    if (!call.over()) {
      new VectorLoader(root).load(batch);
      Frame frame = Frame.newBuilder().setSequence(sent).setRows(rows).build();
      writer.putNext(Metadata.of(allocator, frame));
      lent.add(root);
      root.clear();
    }
    out.add(rows);
    sent++;
  }

  void finish() {
    finished = true;
    if (!call.over()) {
      writer.completed();
    }
  }

  @Nullable VectorSchemaRoot receive() {
    Watchdog.Watch watch = Watchdog.over(this::giveUp, limit);
    try {
      return next();
    } catch (FlightRuntimeException e) {
      if (slow) {
        throw ActorLost.slow(failed("its actor took longer than " + limit.toSeconds() + " s"));
      }
      throw new ActorLost(failed("its actor is gone"));
    } catch (InvalidProtocolBufferException e) {
      throw failed("its actor sent an answer that cannot be read");
    } finally {
      watch.close();
    }
  }

  private void giveUp() {
    slow = true;
    reader.cancel("too slow", null);
  }

  private @Nullable VectorSchemaRoot next() throws InvalidProtocolBufferException {
    if (!arrived()) {
      ended = true;
      return checkedEnd();
    }
    Answer answer = Metadata.read(Answer.parser(), reader.getLatestMetadata());
    if (answer.hasError()) {
      throw Failures.remote(answer.getError());
    }
    return checked(answer, reader.getRoot());
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
      throw failed("its actor ended the stream with " + out.size() + " batches unanswered");
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
