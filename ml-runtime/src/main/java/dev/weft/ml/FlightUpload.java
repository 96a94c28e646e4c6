package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.engine.spi.ArrowSink;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Frame;
import dev.weft.ml.wire.PutPartition;
import dev.weft.ml.wire.PutReply;
import dev.weft.ml.wire.Receipt;
import java.time.Duration;
import org.apache.arrow.flight.FlightClient.ClientStreamListener;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** One DoPut: numbered batches, then their counts, then a receipt that has to agree. */
final class FlightUpload implements ArrowSink.Upload {

  private final Connection connection;
  private final PutPartition partition;
  private final Duration limit;
  private final VectorSchemaRoot root;
  private final BufferAllocator allocator;
  private final Receipts receipts = new Receipts();
  private final ClientStreamListener stream;
  private final Call call = new Call();
  private final Lent lent = new Lent();
  private long rows;
  private long batches;
  private boolean committed;

  FlightUpload(
      Connection connection,
      String token,
      PutPartition partition,
      Duration limit,
      BufferAllocator allocator,
      VectorSchemaRoot root) {
    this.connection = connection;
    this.partition = partition;
    this.limit = limit;
    this.root = root;
    this.allocator = allocator.newChildAllocator("upload", 0, Long.MAX_VALUE);
    FlightDescriptor descriptor = FlightDescriptor.command(partition.toByteArray());
    stream =
        connection.client().startPut(descriptor, root, receipts, Connection.token(token), call);
    stream.setUseZeroCopy(true);
  }

  @Override
  public void send() {
    awaitReady();
    Frame frame = Frame.newBuilder().setSequence(batches).setRows(root.getRowCount()).build();
    stream.putNext(Metadata.of(allocator, frame));
    lent.add(root);
    batches++;
    rows += root.getRowCount();
  }

  @Override
  public ArrowSink.Sent commit() {
    awaitReady();
    Frame last = Frame.newBuilder().setLast(true).setBatches(batches).setRows(rows).build();
    stream.putMetadata(Metadata.of(allocator, last));
    stream.completed();
    Receipt receipt = receipt(receipts.await(limit));
    if (receipt.getRows() != rows || receipt.getBatches() != batches) {
      throw failed("%d rows were sent and %d arrived".formatted(rows, receipt.getRows()));
    }
    committed = true;
    return new ArrowSink.Sent(partition.getPartition(), partition.getAttempt(), rows, batches);
  }

  @Override
  public void close() {
    if (!committed) {
      stream.error(new IllegalStateException("the attempt was given up"));
      receipts.awaitEnd(Duration.ofSeconds(2));
    }
    call.release();
    root.clear();
    lent.takeBack();
    Drained.close(allocator);
  }

  private void awaitReady() {
    boolean ready =
        connection.awaitReady(() -> stream.isReady() || receipts.ended(), limit.toNanos());
    if (receipts.ended()) {
      receipt(receipts.await(limit));
      throw failed("the actor that takes the rows ended the stream too early");
    }
    if (!ready) {
      throw failed(
          "the actor that takes the rows does not take rows any more; run the statement again");
    }
  }

  private static Receipt receipt(byte[] reply) {
    try {
      PutReply message = PutReply.parseFrom(reply);
      if (message.hasError()) {
        throw Failures.remote(message.getError());
      }
      return message.getReceipt();
    } catch (InvalidProtocolBufferException e) {
      throw failed("the actor that takes the rows sent a receipt that cannot be read");
    }
  }

  static RemoteFailure failed(String message) {
    return new RemoteFailure(ErrorCode.TRAINING_FAILED, message);
  }
}
