package dev.weft.spark.columns;

import java.util.Objects;
import org.apache.arrow.vector.DecimalVector;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.Platform;

/** Decimals, which are a word where they have few digits and else take two behind the words. */
final class DecimalReader implements ColumnReader {

  private static final int ROOM = 2 * Long.BYTES;

  private final DecimalVector vector;
  private final boolean nulls;
  private final boolean words;

  DecimalReader(DecimalVector vector) {
    this.vector = vector;
    nulls = vector.getNullCount() > 0;
    words = vector.getPrecision() <= Decimal.MAX_LONG_DIGITS();
  }

  @Override
  public boolean needsRoom() {
    return !words;
  }

  /** Spark leaves the room of a null, so that a value can be put there later. */
  @Override
  public int room(int row) {
    return words ? 0 : ROOM;
  }

  @Override
  public void read(RowRange rows, int column) {
    for (int i = 0; i < rows.rows; i++) {
      int row = rows.first + i;
      boolean there = !nulls || !vector.isNull(row);
      if (!there) {
        rows.setNull(i, column);
      }
      if (words) {
        long source = vector.getDataBufferAddress() + (long) row * DecimalVector.TYPE_WIDTH;
        long value = there ? Platform.getLong(null, source) : 0;
        Platform.putLong(rows.bytes, rows.word(column) + rows.starts[i], value);
      } else {
        byte[] digits =
            there
                ? Objects.requireNonNull(vector.getObject(row)).unscaledValue().toByteArray()
                : new byte[0];
        long target = rows.place(i, column, digits.length, ROOM);
        Platform.putLong(rows.bytes, target, 0);
        Platform.putLong(rows.bytes, target + Long.BYTES, 0);
        Platform.copyMemory(digits, Platform.BYTE_ARRAY_OFFSET, rows.bytes, target, digits.length);
      }
    }
  }
}
