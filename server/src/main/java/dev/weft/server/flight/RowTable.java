package dev.weft.server.flight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A small table of Java values as an answer to a metadata call. */
final class RowTable {

  private RowTable() {}

  /** Sends the rows, each with one value per column of the schema, and ends the stream. */
  static void send(
      Schema schema,
      List<? extends List<? extends @Nullable Object>> rows,
      BufferAllocator allocator,
      ServerStreamListener listener) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      root.allocateNew();
      for (int column = 0; column < schema.getFields().size(); column++) {
        fill(root.getVector(column), rows, column);
      }
      root.setRowCount(rows.size());
      listener.start(root);
      listener.putNext();
      listener.completed();
    } catch (RuntimeException | Error failure) {
      listener.error(FlightErrors.of(failure));
    }
  }

  private static void fill(
      FieldVector vector, List<? extends List<? extends @Nullable Object>> rows, int column) {
    for (int row = 0; row < rows.size(); row++) {
      Object value = rows.get(row).get(column);
      if (value != null) {
        set(vector, row, value);
      }
    }
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof VarCharVector text) {
      text.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector binary) {
      binary.setSafe(row, (byte[]) value);
    } else if (vector instanceof IntVector number) {
      number.setSafe(row, (Integer) value);
    } else if (vector instanceof BitVector bit) {
      bit.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof ListVector list) {
      UnionListWriter writer = list.getWriter();
      writer.setPosition(row);
      writer.startList();
      ((List<?>) value).forEach(item -> writer.writeVarChar(String.valueOf(item)));
      writer.endList();
    } else {
      throw new IllegalArgumentException("no writer for " + vector.getField());
    }
  }
}
