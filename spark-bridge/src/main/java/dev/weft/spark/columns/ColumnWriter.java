package dev.weft.spark.columns;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.spark.unsafe.Platform;

/** Writes a column of a block of rows into a vector. */
interface ColumnWriter {

  /** Makes room for all rows. */
  void begin(RowBlock rows);

  /** Writes the values of the rows from one number up to another. */
  void write(RowBlock rows, int from, int to);

  /** Ends when all have been written. */
  void end(RowBlock rows);

  /** The writer for a vector that has no memory yet. */
  static ColumnWriter of(FieldVector vector, int column) {
    if (vector instanceof BitVector bits) {
      return new BitWriter(bits, column);
    }
    if (vector instanceof DecimalVector decimals) {
      return new DecimalWriter(decimals, column);
    }
    if (vector instanceof VarCharVector || vector instanceof VarBinaryVector) {
      return new BytesWriter((BaseVariableWidthVector) vector, column);
    }
    int width = FixedWidth.of(vector);
    return width > 0
        ? new FixedWriter(FixedWidth.cast(vector), width, column)
        : new OtherWriter(vector, column);
  }

  /** Says which values there are. */
  static void validity(RowBlock rows, int column, ArrowBuf validity) {
    int count = rows.rows();
    if (!rows.hasNull(column)) {
      int whole = count / Byte.SIZE;
      validity.setOne(0L, (long) whole);
      if (count % Byte.SIZE > 0) {
        validity.setByte(whole, (1 << count % Byte.SIZE) - 1);
      }
      return;
    }
    long address = validity.memoryAddress();
    for (int row = 0; row < count; row += Byte.SIZE) {
      int present = 0;
      for (int bit = 0; bit < Math.min(Byte.SIZE, count - row); bit++) {
        present |= rows.isNull(row + bit, column) ? 0 : 1 << bit;
      }
      Platform.putByte(null, address + row / Byte.SIZE, (byte) present);
    }
  }

  /** Booleans, a bit each. */
  record BitWriter(BitVector vector, int column) implements PlainWriter {

    @Override
    public void write(RowBlock rows, int from, int to) {
      byte[] bytes = rows.bytes();
      int[] starts = rows.starts();
      long word = rows.word(column);
      ArrowBuf bits = vector.getDataBuffer();
      for (int row = from; row < to; row++) {
        if (Platform.getBoolean(bytes, word + starts[row])) {
          BitVectorHelper.setBit(bits, row);
        }
      }
    }
  }
}
