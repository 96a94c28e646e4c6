package dev.weft.server;

import dev.weft.engine.Rows;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** One row of Java values as rows. */
final class ValueRows implements Rows {

  private final BufferAllocator allocator = new RootAllocator();
  private final VectorSchemaRoot root;
  private boolean given;

  ValueRows(Schema schema, List<? extends @Nullable Object> values) {
    root = VectorSchemaRoot.create(schema, allocator);
    root.allocateNew();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value != null) {
        set(root.getVector(i), value);
      }
    }
    root.setRowCount(1);
  }

  @Override
  public Schema schema() {
    return root.getSchema();
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    boolean first = !given;
    given = true;
    return first && !root.getFieldVectors().isEmpty() ? root : null;
  }

  @Override
  public void close() {
    root.close();
    allocator.close();
  }

  private static void set(FieldVector vector, Object value) {
    if (vector instanceof IntVector v) {
      v.setSafe(0, ((Number) value).intValue());
    } else if (vector instanceof BigIntVector v) {
      v.setSafe(0, ((Number) value).longValue());
    } else if (vector instanceof Float8Vector v) {
      v.setSafe(0, ((Number) value).doubleValue());
    } else if (vector instanceof BitVector v) {
      v.setSafe(0, (Boolean) value ? 1 : 0);
    } else if (vector instanceof DateDayVector v) {
      v.setSafe(0, (int) ((LocalDate) value).toEpochDay());
    } else if (vector instanceof TimeStampMicroTZVector v) {
      Instant instant =
          value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
      v.setSafe(0, instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    } else if (vector instanceof TimeStampMicroVector v) {
      Instant instant = ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
      v.setSafe(0, instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    } else if (vector instanceof DecimalVector v) {
      v.setSafe(0, ((BigDecimal) value).setScale(v.getScale()));
    } else if (vector instanceof VarCharVector v) {
      v.setSafe(0, value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
