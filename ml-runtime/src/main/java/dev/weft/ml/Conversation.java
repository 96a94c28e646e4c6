package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.Frame;
import dev.weft.ml.wire.Sharing;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.FlightClient.ClientStreamListener;
import org.apache.arrow.flight.FlightClient.ExchangeReaderWriter;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The wire of one DoExchange: numbered batches go out, answers come in, and no buffer stays. */
final class Conversation implements AutoCloseable {

  private final Connection connection;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;
  private final FlightStream reader;
  private final ClientStreamListener writer;
  private final Call call = new Call();
  private final Lent lent = new Lent();
  private final SharedBatches shared;
  private long sent;
  private boolean ended;
  private boolean closed;

  /**
   * Opens it.
   *
   * @param name what its memory is for
   * @param command says to the actor what is asked
   */
  Conversation(
      String name, Endpoint endpoint, Message command, BufferAllocator parent, Schema input) {
    connection = Connections.to(endpoint);
    allocator = parent.newChildAllocator(name, 0, Long.MAX_VALUE);
    root = VectorSchemaRoot.create(input, allocator);
    shared = new SharedBatches(allocator);
    ExchangeReaderWriter both =
        connection
            .client()
            .doExchange(
                FlightDescriptor.command(command.toByteArray()),
                Connection.token(endpoint.getToken()),
                call);
    reader = both.getReader();
    writer = both.getWriter();
    writer.setUseZeroCopy(true);
    writer.start(root);
  }

  /**
   * Waits until a batch can be sent, or until nothing is waited for any more.
   *
   * @return false where the other side takes none for too long
   */
  boolean awaitReady(BooleanSupplier givenUp, Duration limit) {
    return connection.awaitReady(
        () -> writer.isReady() || call.over() || givenUp.getAsBoolean(), limit.toNanos());
  }

  /**
   * Sends a batch; shares its buffers until the network has written them. A call that is over takes
   * none, and why it is over is what reading says.
   */
  void send(ArrowRecordBatch batch) {
    if (!call.over()) {
      Frame.Builder frame = Frame.newBuilder().setSequence(sent).setRows(batch.getLength());
      if (shared.send(batch, frame)) {
        writer.putMetadata(Metadata.of(allocator, frame.build()));
      } else {
        new VectorLoader(root).load(batch);
        writer.putNext(Metadata.of(allocator, frame.build()));
        lent.add(root);
        root.clear();
      }
    }
    sent++;
  }

  void finish() {
    if (!call.over()) {
      writer.completed();
    }
  }

  /**
   * What the next answer says of itself; null at the end.
   *
   * @throws InvalidProtocolBufferException where it is damaged, whatever reads it first
   */
  <A> @Nullable A next(Parser<A> parser) throws InvalidProtocolBufferException {
    if (!Metadata.next(reader)) {
      ended = true;
      return null;
    }
    return Metadata.read(parser, reader.getLatestMetadata());
  }

  /**
   * The rows of the answer read last.
   *
   * @param sharing what it says of memory
   * @throws InvalidProtocolBufferException where they are damaged
   */
  VectorSchemaRoot rows(Sharing sharing) throws InvalidProtocolBufferException {
    VectorSchemaRoot found = shared.receive(sharing, reader.getSchema());
    return found == null ? reader.getRoot() : found;
  }

  /** Makes whoever reads fail. */
  void cancel() {
    reader.cancel("too slow", null);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    root.close();
    shared.close();
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
