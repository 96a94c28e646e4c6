package dev.weft.ml;

import dev.weft.engine.spi.ArrowSink;
import dev.weft.engine.spi.TrainingData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Rows with a number, a flag and a text as features, sent without any Spark. */
final class SampleRows implements TrainingData {

  static final Schema FEATURES =
      new Schema(
          List.of(
              Field.nullable("x", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
              Field.nullable("flag", ArrowType.Bool.INSTANCE),
              Field.nullable("city", ArrowType.Utf8.INSTANCE)));

  private final BufferAllocator allocator;
  private final Schema schema;
  private final List<List<@Nullable Object>> rows;
  private final int partitions;

  SampleRows(BufferAllocator allocator, ArrowType label, List<List<@Nullable Object>> rows) {
    this.allocator = allocator;
    this.rows = rows;
    partitions = 2;
    List<Field> fields = new ArrayList<>(FEATURES.getFields());
    fields.add(Field.nullable("y", label));
    fields.add(Field.nullable(ORDER, new ArrowType.Int(64, true)));
    schema = new Schema(fields);
  }

  /** Rows whose label depends on x and city; every 20th has a null. */
  static SampleRows of(BufferAllocator allocator, ArrowType type, int count, Label label) {
    Random random = new Random(5);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      double x = random.nextGaussian();
      String city = List.of("Ulm", "Bonn", "Kiel").get(random.nextInt(3));
      Object y = label.of(x + random.nextGaussian() / 4, city);
      boolean hole = row % 20 == 0;
      rows.add(Arrays.asList(hole ? null : x, random.nextBoolean(), hole ? null : city, y));
    }
    return new SampleRows(allocator, type, rows);
  }

  /** What a row's label is. */
  interface Label {
    @Nullable Object of(double x, String city);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public List<ArrowSink.Sent> send(ArrowSink sink) {
    List<ArrowSink.Sent> receipts = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      receipts.add(sendPartition(sink, partition, partition + 100, true));
    }
    return receipts;
  }

  /** Sends one partition; without commit it is given up after its batches. */
  ArrowSink.@Nullable Sent sendPartition(
      ArrowSink sink, int partition, long attempt, boolean commit) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
        ArrowSink.Upload upload = sink.open(partition, attempt, allocator, root)) {
      int from = rows.size() * partition / partitions;
      int to = rows.size() * (partition + 1) / partitions;
      for (int start = from; start < to; start += 1000) {
        fill(root, rows.subList(start, Math.min(to, start + 1000)), start);
        upload.send();
      }
      return commit ? upload.commit() : null;
    }
  }

  /** Writes rows, with as many of their values as the root has columns, into fresh vectors. */
  static void fill(VectorSchemaRoot root, List<List<@Nullable Object>> rows, long order) {
    root.allocateNew();
    for (int row = 0; row < rows.size(); row++) {
      List<FieldVector> vectors = root.getFieldVectors();
      for (int column = 0; column < vectors.size(); column++) {
        boolean isOrder = vectors.get(column).getName().equals(ORDER);
        set(vectors.get(column), row, isOrder ? order + row : rows.get(row).get(column));
      }
    }
    root.setRowCount(rows.size());
  }

  private static void set(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof Float8Vector numbers) {
      numbers.setSafe(row, ((Number) value).doubleValue());
    } else if (vector instanceof BigIntVector numbers) {
      numbers.setSafe(row, ((Number) value).longValue());
    } else if (vector instanceof BitVector flags) {
      flags.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }
}
