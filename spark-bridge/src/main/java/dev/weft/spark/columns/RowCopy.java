package dev.weft.spark.columns;

import org.apache.spark.unsafe.Platform;

/** Copies a row to the begin of a wider one. */
final class RowCopy {

  private RowCopy() {}

  static void zero(byte[] bytes, int start, int length) {
    for (int i = 0; i < length; i += Long.BYTES) {
      Platform.putLong(bytes, RowBlock.BASE + (long) start + i, 0);
    }
  }

  /**
   * Copies a row.
   *
   * @param fixed where the wider row's words end
   * @param tail how many bytes follow the row's own words
   * @param movable the columns whose words say where in the row their values are
   */
  static void behind(
      RowBlock rows, int number, RowRange range, int i, int fixed, int tail, int[] movable) {
    byte[] from = rows.bytes();
    byte[] to = range.bytes;
    long source = RowBlock.BASE + (long) rows.starts()[number];
    long target = RowBlock.BASE + (long) range.starts[i];
    for (int at = 0; at < rows.bitset(); at += Long.BYTES) {
      Platform.putLong(to, target + at, Platform.getLong(from, source + at));
    }
    int words = rows.fields() * Long.BYTES;
    long wider = target + range.bitset;
    long own = source + rows.bitset();
    for (int at = 0; at < words; at += Long.BYTES) {
      Platform.putLong(to, wider + at, Platform.getLong(from, own + at));
    }
    long moved = (long) (fixed - rows.bitset() - words) << Integer.SIZE;
    for (int column : movable) {
      long word = wider + (long) column * Long.BYTES;
      long place = Platform.getLong(to, word);
      // A null has no place.
      if (place != 0) {
        Platform.putLong(to, word, place + moved);
      }
    }
    Platform.copyMemory(from, own + words, to, target + fixed, tail);
  }
}
