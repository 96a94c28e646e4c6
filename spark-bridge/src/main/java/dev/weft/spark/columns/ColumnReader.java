package dev.weft.spark.columns;

import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.spark.unsafe.Platform;
import org.jspecify.annotations.Nullable;

/** Reads a vector's values into a column of rows. */
interface ColumnReader {

  /** Whether values are not in the words alone. */
  default boolean needsRoom() {
    return false;
  }

  /** Bytes that a row's value takes behind the words. */
  default int room(int row) {
    return 0;
  }

  /** Writes the values of a range of rows. */
  void read(RowRange rows, int column);

  /** The reader of a vector; null where its values are no words and no bytes. */
  static @Nullable ColumnReader of(FieldVector vector) {
    if (vector instanceof BitVector bits) {
      return new BitReader(bits, bits.getNullCount() > 0);
    }
    if (vector instanceof DecimalVector decimals) {
      return new DecimalReader(decimals);
    }
    if (vector instanceof VarCharVector || vector instanceof VarBinaryVector) {
      return new BytesReader((BaseVariableWidthVector) vector);
    }
    int width = FixedWidth.of(vector);
    return width > 0
        ? new FixedReader(FixedWidth.cast(vector), width, vector.getNullCount() > 0)
        : null;
  }

  /** Booleans. */
  record BitReader(BitVector vector, boolean nulls) implements ColumnReader {

    @Override
    public void read(RowRange rows, int column) {
      long word = rows.word(column);
      for (int i = 0; i < rows.rows; i++) {
        boolean there = !nulls || !vector.isNull(rows.first + i);
        Platform.putLong(rows.bytes, word + rows.starts[i], 0);
        if (there) {
          boolean value = vector.get(rows.first + i) == 1;
          Platform.putBoolean(rows.bytes, word + rows.starts[i], value);
        } else {
          rows.setNull(i, column);
        }
      }
    }
  }
}
