package dev.weft.spark.columns;

import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.array.ByteArrayMethods;

/** Texts and binary values. */
final class BytesReader implements ColumnReader {

  private final BaseVariableWidthVector vector;
  private final boolean nulls;
  private final long offsets;
  private final long data;

  BytesReader(BaseVariableWidthVector vector) {
    this.vector = vector;
    nulls = vector.getNullCount() > 0;
    offsets = vector.getOffsetBufferAddress();
    data = vector.getDataBufferAddress();
  }

  @Override
  public boolean needsRoom() {
    return true;
  }

  @Override
  public int room(int row) {
    return isNull(row) ? 0 : ByteArrayMethods.roundNumberOfBytesToNearestWord(length(row));
  }

  @Override
  public void read(RowRange rows, int column) {
    for (int i = 0; i < rows.rows; i++) {
      int row = rows.first + i;
      if (isNull(row)) {
        rows.setNull(i, column);
        Platform.putLong(rows.bytes, rows.word(column) + rows.starts[i], 0);
        continue;
      }
      int length = length(row);
      int room = ByteArrayMethods.roundNumberOfBytesToNearestWord(length);
      long target = rows.place(i, column, length, room);
      if (room > length) {
        Platform.putLong(rows.bytes, target + room - Long.BYTES, 0);
      }
      Platform.copyMemory(null, data + start(row), rows.bytes, target, length);
    }
  }

  private boolean isNull(int row) {
    return nulls && vector.isNull(row);
  }

  private int start(int row) {
    return Platform.getInt(null, offsets + (long) row * Integer.BYTES);
  }

  private int length(int row) {
    return start(row + 1) - start(row);
  }
}
