package dev.weft.spark.columns;

import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.spark.unsafe.Platform;

/** Texts and binary values, of which a row's word says where they are and how long. */
final class BytesWriter implements ColumnWriter {

  private final BaseVariableWidthVector vector;
  private final int column;
  private int end;

  BytesWriter(BaseVariableWidthVector vector, int column) {
    this.vector = vector;
    this.column = column;
  }

  @Override
  public void begin(RowBlock rows) {
    byte[] bytes = rows.bytes();
    int[] starts = rows.starts();
    long word = rows.word(column);
    long total = 0;
    for (int row = 0; row < rows.rows(); row++) {
      total += (int) Platform.getLong(bytes, word + starts[row]);
    }
    vector.allocateNew(Math.max(1, total), rows.rows());
    Platform.putInt(null, vector.getOffsetBufferAddress(), 0);
  }

  @Override
  public void write(RowBlock rows, int from, int to) {
    byte[] bytes = rows.bytes();
    int[] starts = rows.starts();
    long word = rows.word(column);
    long data = vector.getDataBufferAddress();
    long offsets = vector.getOffsetBufferAddress();
    for (int row = from; row < to; row++) {
      long place = Platform.getLong(bytes, word + starts[row]);
      int length = (int) place;
      long source = RowBlock.BASE + starts[row] + (place >>> Integer.SIZE);
      Platform.copyMemory(bytes, source, null, data + end, length);
      end += length;
      Platform.putInt(null, offsets + (row + 1L) * Integer.BYTES, end);
    }
  }

  @Override
  public void end(RowBlock rows) {
    ColumnWriter.validity(rows, column, vector.getValidityBuffer());
    vector.setLastSet(rows.rows() - 1);
  }
}
