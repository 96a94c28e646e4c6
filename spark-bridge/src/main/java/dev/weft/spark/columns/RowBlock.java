package dev.weft.spark.columns;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.Platform;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;

/** Rows copied back to back into one array, of which a column can be read at a stretch. */
public final class RowBlock {

  static final int BASE = Platform.BYTE_ARRAY_OFFSET;

  /** Shorter rows are copied word by word, which costs less than a call. */
  private static final int LONG_ROW = 256;

  /** The longest array that every JVM has. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  private final List<DataType> types;
  private final int bitset;
  private final long[] nulls;
  private final UnsafeRow row;
  private @Nullable UnsafeProjection projection;
  private byte[] bytes = new byte[1 << 12];
  private int[] starts = new int[1 << 8];
  private int rows;

  /**
   * A block without rows.
   *
   * @param types of the rows' columns
   */
  public RowBlock(List<DataType> types) {
    this.types = types;
    bitset = UnsafeRow.calculateBitSetWidthInBytes(types.size());
    nulls = new long[bitset / Long.BYTES];
    row = new UnsafeRow(types.size());
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /**
   * Takes other rows instead of those it has.
   *
   * @param most how many rows at most
   * @param mostBytes after how many bytes no further row is taken
   */
  public void fill(Iterator<InternalRow> from, int most, int mostBytes) {
    clear();
    while (rows < most && starts[rows] < mostBytes && from.hasNext()) {
      InternalRow next = from.next();
      add(next instanceof UnsafeRow unsafe ? unsafe : projected(next));
    }
  }

  /** A row, which the next call changes. */
  UnsafeRow row(int number) {
    row.pointTo(bytes, BASE + (long) starts[number], size(number));
    return row;
  }

  void clear() {
    rows = 0;
    starts[0] = 0;
    Arrays.fill(nulls, 0);
  }

  void add(UnsafeRow added) {
    int start = starts[rows];
    int size = added.getSizeInBytes();
    reserve(start, size);
    Object from = added.getBaseObject();
    long offset = added.getBaseOffset();
    long to = BASE + (long) start;
    if (size < LONG_ROW) {
      for (int i = 0; i < size; i += Long.BYTES) {
        Platform.putLong(bytes, to + i, Platform.getLong(from, offset + i));
      }
    } else {
      Platform.copyMemory(from, offset, bytes, to, size);
    }
    for (int word = 0; word < nulls.length; word++) {
      nulls[word] |= Platform.getLong(bytes, to + (long) word * Long.BYTES);
    }
    rows++;
    starts[rows] = start + size;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where each row begins, and where the last one ends. */
  int[] starts() {
    return starts;
  }

  int size(int number) {
    return starts[number + 1] - starts[number];
  }

  int fields() {
    return types.size();
  }

  /** Bytes of the words that say which values are null. */
  int bitset() {
    return bitset;
  }

  /** Where a column's word is, seen from where a row begins. */
  long word(int column) {
    return BASE + bitset + (long) column * Long.BYTES;
  }

  /** Whether any row has a null in a column. */
  boolean hasNull(int column) {
    return (nulls[column >> 6] >>> column & 1) != 0;
  }

  boolean isNull(int number, int column) {
    long word = BASE + starts[number] + (long) (column >> 6) * Long.BYTES;
    return (Platform.getLong(bytes, word) >>> column & 1) != 0;
  }

  private UnsafeRow projected(InternalRow other) {
    if (projection == null) {
      projection = UnsafeProjection.create(types.toArray(DataType[]::new));
    }
    return projection.apply(other);
  }

  private void reserve(int start, int size) {
    if (rows + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
    }
    if (bytes.length - start < size) {
      if ((long) start + size > MOST_BYTES) {
        throw new IllegalArgumentException("a row of " + size + " bytes is too long for a batch");
      }
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(MOST_BYTES, Math.max(2L * bytes.length, start + size)));
    }
  }
}
