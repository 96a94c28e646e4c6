package dev.weft.repl.print;

import dev.weft.engine.Rows;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line per value: for rows that are wider than the screen. */
final class VerticalPrinter implements ResultPrinter {

  private final Appendable out;
  private boolean first = true;
  private long row;

  VerticalPrinter(Appendable out) {
    this.out = out;
  }

  @Override
  public long print(Rows rows) throws IOException {
    out.append(first ? "" : "\n");
    first = false;
    row = 0;
    List<String> names = RowReader.names(rows);
    int width = names.stream().mapToInt(CellWidth::of).max().orElse(0);
    return RowReader.forEach(rows, values -> write(names, width, values));
  }

  private void write(List<String> names, int width, List<@Nullable Object> values)
      throws IOException {
    row++;
    out.append("-[ row " + row + " ]-").append("-".repeat(Math.max(0, width - 4))).append('\n');
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      out.append(name).append(" ".repeat(width - CellWidth.of(name)));
      out.append(" | ").append(PlainText.of(values.get(i))).append('\n');
    }
  }
}
