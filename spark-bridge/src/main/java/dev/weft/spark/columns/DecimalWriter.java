package dev.weft.spark.columns;

import java.math.BigInteger;
import org.apache.arrow.vector.DecimalVector;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.Platform;

/** Decimals: Spark's are a word or, with many digits, bytes; Arrow's are always two words. */
record DecimalWriter(DecimalVector vector, int column) implements PlainWriter {

  @Override
  public void write(RowBlock rows, int from, int to) {
    if (vector.getPrecision() <= Decimal.MAX_LONG_DIGITS()) {
      words(rows, from, to);
      return;
    }
    for (int row = from; row < to; row++) {
      if (!rows.isNull(row, column)) {
        byte[] digits = rows.row(row).getBinary(column);
        vector.setBigEndian(row, digits.length == 0 ? BigInteger.ZERO.toByteArray() : digits);
      }
    }
  }

  private void words(RowBlock rows, int from, int to) {
    byte[] bytes = rows.bytes();
    int[] starts = rows.starts();
    long word = rows.word(column);
    long target = vector.getDataBufferAddress() + (long) from * DecimalVector.TYPE_WIDTH;
    for (int row = from; row < to; row++, target += DecimalVector.TYPE_WIDTH) {
      long value = Platform.getLong(bytes, word + starts[row]);
      Platform.putLong(null, target, value);
      Platform.putLong(null, target + Long.BYTES, value >> Long.SIZE - 1);
    }
  }
}
