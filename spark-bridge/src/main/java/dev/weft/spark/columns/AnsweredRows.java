package dev.weft.spark.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.util.ArrowUtils;
import org.jspecify.annotations.Nullable;

/** The rows of a batch of answers, each behind the row that it answers. */
public final class AnsweredRows {

  private final List<DataType> asked;
  private final List<DataType> answers;
  private final MadeRows made;
  private @Nullable ProjectedRows projected;
  private boolean direct;

  /**
   * Rows without answers yet.
   *
   * @param asked types of the rows that are answered; none where the answers stand alone
   * @param answers types of the answers
   */
  public AnsweredRows(List<DataType> asked, List<DataType> answers) {
    this.asked = List.copyOf(asked);
    this.answers = List.copyOf(answers);
    this.made = new MadeRows(this.asked, answers.size());
  }

  /**
   * Takes the next batch.
   *
   * @param rows those that are answered; where the answers stand alone, any without columns
   * @param vectors the answers, which are cast where they have other types
   * @param count how many
   */
  public void start(RowBlock rows, List<FieldVector> vectors, int count) {
    List<ColumnReader> readers = readers(vectors);
    direct = readers.size() == vectors.size();
    if (direct) {
      made.start(rows, readers, count);
      return;
    }
    if (projected == null) {
      projected = new ProjectedRows(asked, answers);
    }
    projected.start(rows, vectors, count);
  }

  /** Forgets the batch, whose memory is about to go. */
  public void clear() {
    direct = true;
    made.start(new RowBlock(asked), List.of(), 0);
    projected = null;
  }

  /** Whether the batch has another row. */
  public boolean hasNext() {
    return direct ? made.hasNext() : projected != null && projected.hasNext();
  }

  /** The next row, which the one after it changes. */
  public InternalRow next() {
    return direct || projected == null ? made.next() : projected.next();
  }

  /** One for each vector; fewer where a vector's values have to be made otherwise. */
  private List<ColumnReader> readers(List<FieldVector> vectors) {
    List<ColumnReader> readers = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      DataType given = ArrowUtils.fromArrowField(vectors.get(i).getField());
      ColumnReader reader = ColumnReader.of(vectors.get(i));
      if (reader != null && DataType.equalsIgnoreNullability(given, answers.get(i))) {
        readers.add(reader);
      }
    }
    return readers;
  }

  /** Rows made a column at a stretch. */
  private static final class MadeRows {

    private static final int MOST_BYTES = 1 << 20;

    private final int[] movable;
    private final int before;
    private final int fixed;
    private final RowRange range;
    private final UnsafeRow row;
    private RowBlock rows;
    private List<ColumnReader> readers = List.of();
    private List<ColumnReader> roomy = List.of();
    private int count;
    private int at;

    MadeRows(List<DataType> asked, int answers) {
      before = asked.size();
      int fields = before + answers;
      movable =
          IntStream.range(0, before).filter(i -> !UnsafeRow.isFixedLength(asked.get(i))).toArray();
      range = new RowRange(UnsafeRow.calculateBitSetWidthInBytes(fields));
      fixed = range.bitset + fields * Long.BYTES;
      row = new UnsafeRow(fields);
      rows = new RowBlock(asked);
    }

    void start(RowBlock rows, List<ColumnReader> readers, int count) {
      this.rows = rows;
      this.readers = readers;
      this.roomy = readers.stream().filter(ColumnReader::needsRoom).toList();
      this.count = count;
      at = 0;
      range.first = 0;
      range.rows = 0;
    }

    boolean hasNext() {
      return at < count;
    }

    UnsafeRow next() {
      if (at == range.first + range.rows) {
        make();
      }
      int start = range.starts[at - range.first];
      int end = range.starts[at - range.first + 1];
      row.pointTo(range.bytes, RowBlock.BASE + (long) start, end - start);
      at++;
      return row;
    }

    private void make() {
      range.first = at;
      range.rows = 0;
      int total = 0;
      while (range.rows < RowRange.MOST && at + range.rows < count && total < MOST_BYTES) {
        int size = fixed + tail(at + range.rows);
        for (ColumnReader reader : roomy) {
          size += reader.room(at + range.rows);
        }
        total = Math.addExact(total, size);
        range.rows++;
        range.starts[range.rows] = total;
      }
      if (range.bytes.length < total) {
        range.bytes = new byte[total];
      }
      for (int i = 0; i < range.rows; i++) {
        begin(i);
      }
      for (int column = 0; column < readers.size(); column++) {
        readers.get(column).read(range, before + column);
      }
    }

    /** Bytes behind the words of a row that is answered. */
    private int tail(int number) {
      return before == 0 ? 0 : rows.size(number) - rows.bitset() - before * Long.BYTES;
    }

    private void begin(int i) {
      RowCopy.zero(range.bytes, range.starts[i], range.bitset);
      int tail = tail(range.first + i);
      if (before > 0) {
        RowCopy.behind(rows, range.first + i, range, i, fixed, tail, movable);
      }
      range.ends[i] = fixed + tail;
    }
  }
}
