package dev.weft.repl.print;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;

/** Draws the lines of a boxed table; columns without a width are left out. */
final class Grid {

  private final Appendable out;
  private final List<Field> fields;
  private final int[] widths;

  Grid(Appendable out, List<Field> fields, int[] widths) {
    this.out = out;
    this.fields = fields;
    this.widths = widths;
  }

  /** How many columns are drawn. */
  int columns() {
    return widths.length;
  }

  void header() throws IOException {
    rule("┌", "┬", "┐");
    line(fields.stream().map(Field::getName).map(CellWidth::oneLine).toList());
    line(fields.stream().map(TypeName::of).toList());
    rule("├", "┼", "┤");
  }

  void rows(List<List<String>> rows) throws IOException {
    for (List<String> row : rows) {
      row(row);
    }
  }

  void row(List<String> cells) throws IOException {
    line(cells);
  }

  /** Marks the rows left out in the middle. */
  void gap() throws IOException {
    line(fields.stream().map(field -> "⋮").toList());
  }

  void footer() throws IOException {
    rule("└", "┴", "┘");
  }

  private void line(List<String> cells) throws IOException {
    for (int i = 0; i < widths.length; i++) {
      boolean right = TypeName.isNumber(fields.get(i));
      out.append("│ ").append(CellWidth.fit(cells.get(i), widths[i], right)).append(' ');
    }
    out.append("│\n");
  }

  private void rule(String left, String middle, String right) throws IOException {
    List<String> parts = IntStream.of(widths).mapToObj(width -> "─".repeat(width + 2)).toList();
    out.append(left).append(String.join(middle, parts)).append(right).append('\n');
  }
}
