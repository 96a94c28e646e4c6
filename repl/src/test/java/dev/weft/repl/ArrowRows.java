package dev.weft.repl;

import dev.weft.engine.Rows;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** One batch of rows made by a test. */
public final class ArrowRows implements Rows {

  private final BufferAllocator allocator = new RootAllocator();
  private final VectorSchemaRoot batch;
  private boolean read;

  /** Columns and what fills them; {@code fill} also sets the row count. */
  public ArrowRows(List<Field> fields, Consumer<VectorSchemaRoot> fill) {
    batch = VectorSchemaRoot.create(new Schema(fields), allocator);
    batch.allocateNew();
    fill.accept(batch);
  }

  /** A column {@code n} with 1 to {@code count}. */
  public static ArrowRows numbers(int count) {
    Field n = Field.nullable("n", new ArrowType.Int(32, true));
    return new ArrowRows(
        List.of(n),
        root -> {
          IntVector vector = (IntVector) root.getVector("n");
          for (int i = 0; i < count; i++) {
            vector.setSafe(i, i + 1);
          }
          root.setRowCount(count);
        });
  }

  @Override
  public Schema schema() {
    return batch.getSchema();
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    if (read) {
      return null;
    }
    read = true;
    return batch;
  }

  @Override
  public void close() {
    batch.close();
    allocator.close();
  }
}
