package dev.weft.repl.print;

/** The line under a table. */
final class Summary {

  private Summary() {}

  static String of(long rows, long shownRows, int columns, int shownColumns) {
    StringBuilder line = new StringBuilder(count(rows, "row"));
    if (shownRows < rows) {
      line.append(", ").append(shownRows).append(" shown");
    }
    if (shownColumns < columns) {
      line.append("; ").append(count(columns, "column")).append(", ").append(shownColumns);
      line.append(" shown: .mode vertical or --format vertical shows all");
    }
    return line.toString();
  }

  private static String count(long n, String noun) {
    return String.format(java.util.Locale.ROOT, "%,d", n) + " " + noun + (n == 1 ? "" : "s");
  }
}
