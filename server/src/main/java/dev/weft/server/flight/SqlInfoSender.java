package dev.weft.server.flight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;

/** Writes SqlInfo values into the dense union that Flight SQL asks for. */
final class SqlInfoSender {

  private static final byte TEXT = 0;
  private static final byte BOOL = 1;
  private static final byte BIGINT = 2;
  private static final byte BITS = 3;
  private static final byte TEXTS = 4;
  private static final byte MAP = 5;

  private final VectorSchemaRoot root;
  private final DenseUnionVector union;
  private final int[] used = new int[MAP + 1];

  private SqlInfoSender(VectorSchemaRoot root) {
    this.root = root;
    this.union = (DenseUnionVector) root.getVector("value");
  }

  /** Sends the values by code and ends the stream. */
  static void send(
      Map<Integer, Object> values, BufferAllocator allocator, ServerStreamListener listener) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(SqlInfoTable.schema(), allocator)) {
      root.allocateNew();
      new SqlInfoSender(root).write(values);
      listener.start(root);
      listener.putNext();
      listener.completed();
    } catch (RuntimeException | Error failure) {
      listener.error(FlightErrors.of(failure));
    }
  }

  private void write(Map<Integer, Object> values) {
    UInt4Vector codes = (UInt4Vector) root.getVector("info_name");
    int row = 0;
    for (Map.Entry<Integer, Object> value : values.entrySet()) {
      codes.setSafe(row, value.getKey());
      byte type = type(value.getValue());
      int at = used[type]++;
      set((FieldVector) union.getVectorByType(type), at, value.getValue());
      union.setTypeId(row, type);
      union.setOffset(row, at);
      row++;
    }
    for (byte type = TEXT; type <= MAP; type++) {
      union.getVectorByType(type).setValueCount(used[type]);
    }
    root.setRowCount(row);
  }

  private static byte type(Object value) {
    if (value instanceof String) {
      return TEXT;
    }
    if (value instanceof Boolean) {
      return BOOL;
    }
    if (value instanceof Long) {
      return BIGINT;
    }
    return value instanceof Integer ? BITS : value instanceof List ? TEXTS : MAP;
  }

  private static void set(FieldVector vector, int at, Object value) {
    if (vector instanceof VarCharVector text) {
      text.setSafe(at, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof BitVector bit) {
      bit.setSafe(at, (Boolean) value ? 1 : 0);
    } else if (vector instanceof BigIntVector number) {
      number.setSafe(at, (Long) value);
    } else if (vector instanceof IntVector bits) {
      bits.setSafe(at, (Integer) value);
    } else if (vector instanceof MapVector map) {
      map.startNewValue(at);
      map.endValue(at, 0);
    } else if (vector instanceof ListVector list) {
      UnionListWriter writer = list.getWriter();
      writer.setPosition(at);
      writer.startList();
      ((List<?>) value).forEach(item -> writer.writeVarChar(String.valueOf(item)));
      writer.endList();
    }
  }
}
