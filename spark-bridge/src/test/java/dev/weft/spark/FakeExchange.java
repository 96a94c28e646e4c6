package dev.weft.spark;

import dev.weft.engine.spi.ArrowExchange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A model in this process: answers one more than the first feature, or null for null. */
record FakeExchange(String name, int failAtBatch, boolean hangs) implements ArrowExchange {

  private static final long serialVersionUID = 1L;
  private static final Map<String, AtomicInteger> SENT = new ConcurrentHashMap<>();

  static FakeExchange of(String name) {
    return new FakeExchange(name, -1, false);
  }

  /** Rows sent to the model of this name so far. */
  static AtomicInteger sent(String name) {
    return SENT.computeIfAbsent(name, n -> new AtomicInteger());
  }

  @Override
  public Stream open(BufferAllocator allocator, Schema input) {
    return new Echo(allocator);
  }

  private final class Echo implements Stream {

    private final BufferAllocator allocator;
    private final Deque<VectorSchemaRoot> answers = new ArrayDeque<>();
    private @Nullable VectorSchemaRoot given;
    private int batches;

    Echo(BufferAllocator parent) {
      this.allocator = parent.newChildAllocator("echo", 0, Long.MAX_VALUE);
    }

    @Override
    public int window() {
      return 3;
    }

    @Override
    public void send(VectorSchemaRoot batch) {
      if (batches++ == failAtBatch) {
        throw new dev.weft.engine.spi.RemoteFailure(
            dev.weft.grammar.ErrorCode.PREDICTION_FAILED, "the fake model is broken");
      }
      sent(name).addAndGet(batch.getRowCount());
      answers.add(answer(batch));
    }

    private VectorSchemaRoot answer(VectorSchemaRoot batch) {
      ArrowType real = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      Schema schema = new Schema(List.of(Field.nullable("y_pred", real)));
      VectorSchemaRoot answer = VectorSchemaRoot.create(schema, allocator);
      FieldVector input = batch.getVector(0);
      Float8Vector output = (Float8Vector) answer.getVector(0);
      output.allocateNew(batch.getRowCount());
      for (int i = 0; i < batch.getRowCount(); i++) {
        if (input.isNull(i)) {
          output.setNull(i);
        } else {
          output.set(i, ((Float8Vector) input).get(i) + 1);
        }
      }
      answer.setRowCount(batch.getRowCount());
      return answer;
    }

    @Override
    public void finish() {}

    @Override
    public @Nullable VectorSchemaRoot receive() {
      if (hangs) {
        sleep();
      }
      if (given != null) {
        given.close();
      }
      given = answers.poll();
      return given;
    }

    private void sleep() {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException("interrupted", stopped);
      }
    }

    @Override
    public void close() {
      if (given != null) {
        given.close();
      }
      answers.forEach(VectorSchemaRoot::close);
      allocator.close();
    }
  }
}
