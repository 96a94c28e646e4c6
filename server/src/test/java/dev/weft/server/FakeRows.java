package dev.weft.server;

import dev.weft.engine.Rows;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Numbered rows in batches, written into the same vectors again and again. */
public final class FakeRows implements Rows {

  /** The columns. */
  public static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field(
                  "id",
                  org.apache.arrow.vector.types.pojo.FieldType.notNullable(
                      new ArrowType.Int(64, true)),
                  null),
              Field.nullable("name", new ArrowType.Utf8())));

  private static final int BATCH = 10_000;

  private final BufferAllocator allocator = new RootAllocator();
  private final VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
  private final long total;
  private final long pauseMillis;
  private final BooleanSupplier cancelled;
  private final Span span;
  private final AtomicLong given;
  private final Runnable ended;
  private long next;

  /** Rows that count what they have given in {@code given}, and tell {@code ended} their end. */
  public FakeRows(
      long total,
      long pauseMillis,
      BooleanSupplier cancelled,
      Span span,
      AtomicLong given,
      Runnable ended) {
    this.ended = ended;
    this.total = total;
    this.pauseMillis = pauseMillis;
    this.cancelled = cancelled;
    this.span = span;
    this.given = given;
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    pause();
    if (cancelled.getAsBoolean()) {
      throw ErrorCode.CANCELLED.failure(span);
    }
    int count = (int) Math.min(pauseMillis > 0 ? 10 : BATCH, total - next);
    if (count <= 0) {
      return null;
    }
    BigIntVector ids = (BigIntVector) root.getVector(0);
    VarCharVector names = (VarCharVector) root.getVector(1);
    root.clear();
    for (int i = 0; i < count; i++) {
      ids.setSafe(i, next + i);
      if ((next + i) % 10 != 3) {
        names.setSafe(i, ("row " + (next + i)).getBytes(StandardCharsets.UTF_8));
      }
    }
    root.setRowCount(count);
    next += count;
    given.set(next);
    return root;
  }

  @Override
  public void close() {
    root.close();
    allocator.close();
    ended.run();
  }

  private void pause() {
    long end = System.nanoTime() + pauseMillis * 1_000_000;
    try {
      while (System.nanoTime() < end && !cancelled.getAsBoolean()) {
        Thread.sleep(5);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
