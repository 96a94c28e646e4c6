package dev.weft.spark.columns;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.spark.unsafe.Platform;

/** Values of one, two, four or eight bytes. */
record FixedWriter(BaseFixedWidthVector vector, int width, int column) implements PlainWriter {

  @Override
  public void write(RowBlock rows, int from, int to) {
    byte[] bytes = rows.bytes();
    int[] starts = rows.starts();
    long word = rows.word(column);
    long target = vector.getDataBufferAddress() + (long) from * width;
    // A loop for each width: a choice inside would be made for every value.
    switch (width) {
      case Long.BYTES -> {
        for (int row = from; row < to; row++, target += Long.BYTES) {
          Platform.putLong(null, target, Platform.getLong(bytes, word + starts[row]));
        }
      }
      case Integer.BYTES -> {
        for (int row = from; row < to; row++, target += Integer.BYTES) {
          Platform.putInt(null, target, Platform.getInt(bytes, word + starts[row]));
        }
      }
      case Short.BYTES -> {
        for (int row = from; row < to; row++, target += Short.BYTES) {
          Platform.putShort(null, target, Platform.getShort(bytes, word + starts[row]));
        }
      }
      default -> {
        for (int row = from; row < to; row++, target++) {
          Platform.putByte(null, target, Platform.getByte(bytes, word + starts[row]));
        }
      }
    }
  }
}
