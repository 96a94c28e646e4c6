package dev.weft.engine;

import dev.weft.planner.spi.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A handful of rows in memory as a stream: what SHOW, DESCRIBE, TRAIN and SERVE answer. */
public final class TableRows implements Rows {

  private final BufferAllocator allocator = new RootAllocator();
  private final VectorSchemaRoot root;
  private boolean read;

  private TableRows(Schema schema, List<? extends List<? extends @Nullable Object>> rows) {
    this.root = VectorSchemaRoot.create(schema, allocator);
    root.allocateNew();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < schema.getFields().size(); column++) {
        put(root.getVector(column), row, rows.get(row).get(column));
      }
    }
    root.setRowCount(rows.size());
  }

  /**
   * The rows as one batch.
   *
   * @param columns of type string, int, bigint, double or boolean
   * @param rows values String, Integer, Long, Double, Boolean or null, as the columns say
   */
  public static TableRows of(
      List<Column> columns, List<? extends List<? extends @Nullable Object>> rows) {
    return new TableRows(schema(columns), rows);
  }

  /** A stream without columns and rows, for statements that only do something. */
  public static TableRows none() {
    return of(List.of(), List.of());
  }

  /** The columns as Arrow has them. */
  public static Schema schema(List<Column> columns) {
    return new Schema(
        columns.stream()
            .map(c -> new Field(c.name(), new FieldType(c.nullable(), type(c.type()), null), null))
            .toList());
  }

  @Override
  public Schema schema() {
    return root.getSchema();
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    boolean first = !read;
    read = true;
    return first && !schema().getFields().isEmpty() ? root : null;
  }

  @Override
  public void close() {
    root.close();
    allocator.close();
  }

  private static ArrowType type(String name) {
    return switch (name) {
      case "string" -> new ArrowType.Utf8();
      case "int" -> new ArrowType.Int(32, true);
      case "bigint" -> new ArrowType.Int(64, true);
      case "double" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case "boolean" -> new ArrowType.Bool();
      default -> throw new IllegalArgumentException("no small table has a column of type " + name);
    };
  }

  private static void put(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof VarCharVector text) {
      text.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof IntVector number) {
      number.setSafe(row, ((Number) value).intValue());
    } else if (vector instanceof BigIntVector number) {
      number.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof Float8Vector number) {
      number.setSafe(row, ((Number) value).doubleValue());
    } else if (vector instanceof BitVector truth) {
      truth.setSafe(row, (Boolean) value ? 1 : 0);
    }
  }
}
