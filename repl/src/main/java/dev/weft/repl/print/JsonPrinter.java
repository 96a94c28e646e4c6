package dev.weft.repl.print;

import dev.weft.engine.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One JSON object per row and line. */
final class JsonPrinter implements ResultPrinter {

  private final Appendable out;

  JsonPrinter(Appendable out) {
    this.out = out;
  }

  @Override
  public long print(Rows rows) throws IOException {
    List<String> keys = keys(RowReader.names(rows));
    return RowReader.forEach(rows, values -> write(keys, values));
  }

  /** Column names may repeat, keys may not: the second {@code a} becomes {@code a_2}. */
  private static List<String> keys(List<String> names) throws IOException {
    Set<String> taken = new HashSet<>(names);
    Set<String> seen = new HashSet<>();
    List<String> keys = new ArrayList<>();
    for (String name : names) {
      String unique = name;
      for (int i = 2; !seen.add(unique); i++) {
        unique = taken.contains(name + "_" + i) ? unique : name + "_" + i;
      }
      StringBuilder key = new StringBuilder();
      JsonText.appendString(key, unique);
      keys.add(key.append(':').toString());
    }
    return keys;
  }

  private void write(List<String> keys, List<@Nullable Object> values) throws IOException {
    out.append('{');
    for (int i = 0; i < keys.size(); i++) {
      out.append(i == 0 ? "" : ",").append(keys.get(i));
      JsonText.append(out, values.get(i));
    }
    out.append("}\n");
  }
}
