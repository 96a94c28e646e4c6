package dev.weft.repl.print;

import dev.weft.engine.Rows;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * A boxed table with a row of types. On a terminal it shows the first and last rows of a long
 * result and fits its width; elsewhere every row is written, with widths taken from the first ones.
 */
final class TablePrinter implements ResultPrinter {

  /** So many rows decide how wide the columns of an endless table are. */
  private static final int MEASURED = 1000;

  private final Appendable out;
  private final Page page;
  private boolean first = true;

  TablePrinter(Appendable out, Page page) {
    this.out = out;
    this.page = page;
  }

  @Override
  public long print(Rows rows) throws IOException {
    out.append(first ? "" : "\n");
    first = false;
    return page.rows() == Integer.MAX_VALUE ? printAll(rows) : printEnds(rows);
  }

  private long printEnds(Rows rows) throws IOException {
    int half = page.rows() / 2;
    List<List<String>> head = new ArrayList<>();
    Deque<List<String>> tail = new ArrayDeque<>();
    long count =
        RowReader.forEach(
            rows,
            values -> {
              if (head.size() < half) {
                head.add(cells(values));
                return;
              }
              tail.add(cells(values));
              if (tail.size() > half) {
                tail.removeFirst();
              }
            });
    List<List<String>> shown = new ArrayList<>(head);
    shown.addAll(tail);
    List<Field> fields = rows.schema().getFields();
    Grid grid = new Grid(out, fields, ColumnWidths.fit(fields, shown, page.width()));
    grid.header();
    grid.rows(head);
    if (count > shown.size()) {
      grid.gap();
    }
    grid.rows(List.copyOf(tail));
    grid.footer();
    out.append(Summary.of(count, shown.size(), fields.size(), grid.columns())).append('\n');
    return count;
  }

  private long printAll(Rows rows) throws IOException {
    List<Field> fields = rows.schema().getFields();
    List<List<String>> measured = new ArrayList<>();
    List<Grid> grid = new ArrayList<>(1);
    long count =
        RowReader.forEach(
            rows,
            values -> {
              if (!grid.isEmpty()) {
                grid.get(0).row(cells(values));
                return;
              }
              measured.add(cells(values));
              if (measured.size() == MEASURED) {
                grid.add(begin(fields, measured));
              }
            });
    if (grid.isEmpty()) {
      grid.add(begin(fields, measured));
    }
    grid.get(0).footer();
    out.append(Summary.of(count, count, fields.size(), fields.size())).append('\n');
    return count;
  }

  private Grid begin(List<Field> fields, List<List<String>> measured) throws IOException {
    Grid grid = new Grid(out, fields, ColumnWidths.fit(fields, measured, page.width()));
    grid.header();
    grid.rows(measured);
    return grid;
  }

  private static List<String> cells(List<@Nullable Object> values) {
    return values.stream().map(PlainText::of).map(CellWidth::oneLine).toList();
  }
}
