package dev.weft.repl.print;

import dev.weft.engine.Rows;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** A table for a Markdown page; numbers stand right. */
final class MarkdownPrinter implements ResultPrinter {

  private final Appendable out;
  private boolean first = true;

  MarkdownPrinter(Appendable out) {
    this.out = out;
  }

  @Override
  public long print(Rows rows) throws IOException {
    out.append(first ? "" : "\n");
    first = false;
    write(RowReader.names(rows));
    for (Field field : rows.schema().getFields()) {
      out.append(TypeName.isNumber(field) ? "|---:" : "|---");
    }
    out.append("|\n");
    return RowReader.forEach(rows, this::write);
  }

  private void write(List<? extends @Nullable Object> values) throws IOException {
    for (Object value : values) {
      String text = PlainText.of(value).replace("\\", "\\\\").replace("|", "\\|");
      out.append("| ").append(text.replace("\r", "").replace("\n", "<br>")).append(' ');
    }
    out.append("|\n");
  }
}
