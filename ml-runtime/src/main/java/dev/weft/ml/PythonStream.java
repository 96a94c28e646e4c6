package dev.weft.ml;

import dev.weft.engine.spi.ArrowMap;
import dev.weft.ml.wire.Endpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A stream that outlives its actor, as {@link RetriedStream} does: batches are kept until they are
 * answered whole. One that ends in the middle of an answer cannot be asked again, since the code
 * may answer something else.
 */
final class PythonStream implements ArrowMap.Stream {

  static final int WINDOW = 4;
  private static final int MOST_LOSSES = 2;

  private final PythonMap map;
  private final BufferAllocator allocator;
  private final Schema input;
  private final Deque<ArrowRecordBatch> unanswered = new ArrayDeque<>();
  private PythonCall call;
  private boolean finished;
  private int losses;

  PythonStream(PythonMap map, BufferAllocator allocator, Schema input) {
    this.map = map;
    this.allocator = allocator;
    this.input = input;
    call = connect(map.endpoints());
  }

  @Override
  public boolean wantsInput() {
    return !finished && (map.whole() || unanswered.size() < WINDOW);
  }

  @Override
  public void send(VectorSchemaRoot batch) {
    ArrowRecordBatch buffers = new VectorUnloader(batch).getRecordBatch();
    unanswered.add(buffers);
    try {
      call.send(buffers);
    } catch (ActorLost lost) {
      recover(lost);
    }
  }

  @Override
  public void finish() {
    finished = true;
    call.finish();
  }

  @Override
  public @Nullable VectorSchemaRoot receive() {
    while (true) {
      boolean inside = !call.isLast();
      try {
        VectorSchemaRoot rows = call.receive();
        if (rows == null && !unanswered.isEmpty()) {
          // It has seen the end of a connection that was cut as the end of the rows.
          throw new ActorLost(PythonCall.failed("its actor ended the stream too early"));
        }
        if (rows != null && call.isLast()) {
          answered();
        }
        return rows;
      } catch (ActorLost lost) {
        if (inside) {
          throw lost.failure();
        }
        recover(lost);
      }
    }
  }

  @Override
  public void close() {
    try {
      call.close();
    } finally {
      unanswered.forEach(ArrowRecordBatch::close);
      unanswered.clear();
    }
  }

  private void answered() {
    losses = 0;
    do {
      ArrowRecordBatch batch = unanswered.poll();
      if (batch == null) {
        return;
      }
      batch.close();
    } while (map.whole());
  }

  private void recover(ActorLost first) {
    ActorLost lost = first;
    while (true) {
      losses++;
      if (losses > MOST_LOSSES || Thread.currentThread().isInterrupted()) {
        throw lost.failure();
      }
      List<Endpoint> endpoints = Reopening.again(map.key()).orElseThrow(lost::failure);
      call.close();
      endpoints.forEach(endpoint -> Connections.to(endpoint).retry());
      call = connect(endpoints);
      try {
        unanswered.forEach(call::send);
        if (finished) {
          call.finish();
        }
        return;
      } catch (ActorLost again) {
        lost = again;
      }
    }
  }

  private PythonCall connect(List<Endpoint> endpoints) {
    Endpoint endpoint = endpoints.get(ThreadLocalRandom.current().nextInt(endpoints.size()));
    return new PythonCall(map, endpoint, allocator, input);
  }
}
