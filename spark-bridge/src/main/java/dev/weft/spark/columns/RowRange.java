package dev.weft.spark.columns;

import org.apache.spark.unsafe.Platform;

/** Rows that are being made, at most {@link #MOST} at once. */
final class RowRange {

  /** So many rows at once stay in the nearest cache, however many columns there are. */
  static final int MOST = 512;

  /** Each row's begin, and the end of the last. */
  final int[] starts = new int[MOST + 1];

  /** Where the next value that is no word goes, seen from where its row begins. */
  final int[] ends = new int[MOST];

  final int bitset;
  byte[] bytes = new byte[0];

  /** Which of the batch's rows is the first here. */
  int first;

  int rows;

  RowRange(int bitset) {
    this.bitset = bitset;
  }

  /** Where a column's word is, seen from where a row begins. */
  long word(int column) {
    return RowBlock.BASE + bitset + (long) column * Long.BYTES;
  }

  void setNull(int row, int column) {
    long word = RowBlock.BASE + starts[row] + (long) (column >> 6) * Long.BYTES;
    Platform.putLong(bytes, word, Platform.getLong(bytes, word) | 1L << column);
  }

  /** Puts a value of some length behind the words, of which it takes whole ones. */
  long place(int row, int column, int length, int room) {
    long at = ends[row];
    Platform.putLong(bytes, word(column) + starts[row], at << Integer.SIZE | length);
    ends[row] += room;
    return RowBlock.BASE + starts[row] + at;
  }
}
