package dev.weft.ml;

import dev.weft.engine.spi.ArrowMap;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Endpoint;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A stream that outlives its actor, as {@link RetriedStream} does: batches are kept until they are
 * answered whole. One that ends in the middle of an answer cannot be asked again, since the code
 * may answer something else. What ends an actor for want of memory comes in halves: {@code
 * batch_rows} are the most rows of a batch, and where one ends is never promised.
 */
final class PythonStream implements ArrowMap.Stream {

  static final int WINDOW = 4;
  private static final int MOST_LOSSES = 2;
  private static final Starved.Failing FAILING =
      new Starved.Failing(ErrorCode.PYTHON_FAILED, "the Python code");

  private final PythonMap map;
  private final BufferAllocator allocator;
  private final Schema input;
  private final Unanswered unanswered;
  private List<Endpoint> known;
  private PythonCall call;
  private boolean finished;
  private boolean endsBatch;
  private int losses;

  PythonStream(PythonMap map, BufferAllocator allocator, Schema input) {
    this.map = map;
    this.allocator = allocator;
    this.input = input;
    unanswered = new Unanswered(allocator, input);
    known = map.endpoints();
    call = connect(known);
  }

  @Override
  public boolean wantsInput() {
    return !finished && (map.whole() || unanswered.batches() < WINDOW);
  }

  @Override
  public void send(VectorSchemaRoot batch) {
    try {
      unanswered.add(batch).forEach(call::send);
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
        endsBatch = call.isLast() && unanswered.endsBatch();
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

  /** Whether the rows received last end the answer to a batch that was sent. */
  boolean endsBatch() {
    return endsBatch;
  }

  @Override
  public void close() {
    try {
      call.close();
    } finally {
      unanswered.close();
    }
  }

  private void answered() {
    losses = 0;
    do {
      unanswered.answered();
    } while (map.whole() && !unanswered.isEmpty());
  }

  private void recover(ActorLost first) {
    ActorLost lost = first;
    while (true) {
      losses++;
      if (losses > MOST_LOSSES || Thread.currentThread().isInterrupted()) {
        throw lost.failure();
      }
      List<Endpoint> endpoints = Reopening.again(map.key()).orElseThrow(lost::failure);
      if (!map.whole()) {
        Starved.halve(unanswered, known, endpoints, losses, FAILING);
      }
      known = endpoints;
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
