package dev.weft.spark.columns;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.spark.unsafe.Platform;

/** Values of one, two, four or eight bytes. */
record FixedReader(BaseFixedWidthVector vector, int width, boolean nulls) implements ColumnReader {

  @Override
  public void read(RowRange rows, int column) {
    byte[] bytes = rows.bytes;
    int[] starts = rows.starts;
    long word = rows.word(column);
    long source = vector.getDataBufferAddress() + (long) rows.first * width;
    if (width < Long.BYTES) {
      for (int i = 0; i < rows.rows; i++) {
        Platform.putLong(bytes, word + starts[i], 0);
      }
    }
    // A loop for each width: a choice inside would be made for every value.
    switch (width) {
      case Long.BYTES -> {
        for (int i = 0; i < rows.rows; i++, source += Long.BYTES) {
          Platform.putLong(bytes, word + starts[i], Platform.getLong(null, source));
        }
      }
      case Integer.BYTES -> {
        for (int i = 0; i < rows.rows; i++, source += Integer.BYTES) {
          Platform.putInt(bytes, word + starts[i], Platform.getInt(null, source));
        }
      }
      case Short.BYTES -> {
        for (int i = 0; i < rows.rows; i++, source += Short.BYTES) {
          Platform.putShort(bytes, word + starts[i], Platform.getShort(null, source));
        }
      }
      default -> {
        for (int i = 0; i < rows.rows; i++, source++) {
          Platform.putByte(bytes, word + starts[i], Platform.getByte(null, source));
        }
      }
    }
    if (nulls) {
      setNulls(rows, column, word);
    }
  }

  private void setNulls(RowRange rows, int column, long word) {
    for (int i = 0; i < rows.rows; i++) {
      if (vector.isNull(rows.first + i)) {
        rows.setNull(i, column);
        Platform.putLong(rows.bytes, word + rows.starts[i], 0);
      }
    }
  }
}
