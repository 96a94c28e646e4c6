package dev.weft.ml;

import dev.weft.planner.PredictionColumns;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/** Between rows as maps and batches. */
final class RowBatches {

  private final ModelSignature signature;
  private final List<String> answers;
  private final Schema schema;

  RowBatches(ModelSignature signature) {
    this.signature = signature;
    answers = PredictionColumns.of(signature).stream().map(Column::name).toList();
    schema = new Schema(signature.features().stream().map(RowBatches::field).toList());
  }

  /** The columns of a batch of rows. */
  Schema schema() {
    return schema;
  }

  /** Rows as a batch; a feature that a row lacks is null. */
  VectorSchemaRoot write(List<Map<String, Object>> rows, BufferAllocator allocator) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    for (ModelSignature.Feature feature : signature.features()) {
      FieldVector vector = root.getVector(feature.name());
      for (int row = 0; row < rows.size(); row++) {
        set(vector, row, rows.get(row).get(feature.name()));
      }
    }
    root.setRowCount(rows.size());
    return root;
  }

  /** A batch of answers as rows, in order. */
  List<Map<String, Object>> read(VectorSchemaRoot batch) {
    List<Map<String, Object>> rows = new ArrayList<>(batch.getRowCount());
    for (int row = 0; row < batch.getRowCount(); row++) {
      Map<String, Object> answer = new LinkedHashMap<>();
      for (String name : answers) {
        Object value = value(batch.getVector(name), row);
        if (value != null) {
          answer.put(name, value);
        }
      }
      rows.add(answer);
    }
    return rows;
  }

  private static Field field(ModelSignature.Feature feature) {
    ArrowType type =
        switch (feature.kind()) {
          case NUMBER, DATETIME -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
          case BOOLEAN -> ArrowType.Bool.INSTANCE;
          case CATEGORY, TEXT -> ArrowType.Utf8.INSTANCE;
          case IMAGE -> ArrowType.Binary.INSTANCE;
          case NUMBERS, TEXTS ->
              throw new IllegalStateException("no algorithm on Ray takes " + feature.kind());
        };
    return Field.nullable(feature.name(), type);
  }

  private static void set(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof Float8Vector numbers) {
      numbers.setSafe(row, ((Number) value).doubleValue());
    } else if (vector instanceof BitVector flags) {
      flags.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector files) {
      files.setSafe(row, (byte[]) value);
    }
  }

  private static @Nullable Object value(ValueVector vector, int row) {
    if (vector instanceof MapVector maps) {
      return map(maps, row);
    }
    Object value = vector.getObject(row);
    return value instanceof Text text ? text.toString() : value;
  }

  private static Map<Object, Object> map(MapVector maps, int row) {
    List<FieldVector> entries = maps.getDataVector().getChildrenFromFields();
    Map<Object, Object> found = new LinkedHashMap<>();
    for (int at = maps.getElementStartIndex(row); at < maps.getElementEndIndex(row); at++) {
      Object label = value(entries.get(0), at);
      Object probability = value(entries.get(1), at);
      if (label != null && probability != null) {
        found.put(label, probability);
      }
    }
    return found;
  }
}
