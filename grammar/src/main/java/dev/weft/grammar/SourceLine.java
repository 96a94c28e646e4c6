package dev.weft.grammar;

/**
 * The line of a place as a terminal shows it, and the carets under it; a long line is cut to what
 * stands around the place.
 */
record SourceLine(String text, String carets) {

  private static final int WIDTH = 120;
  private static final int BEFORE = 60;
  private static final String CUT = "…";

  static SourceLine of(Span span) {
    String line = span.lineText();
    int start = line.offsetByCodePoints(0, Math.min(span.column() - 1, points(line)));
    int end = Math.max(start, Math.min(line.length(), start + (span.end() - span.start())));
    int from = line.length() <= WIDTH ? 0 : boundary(line, Math.max(0, start - BEFORE));
    int to = boundary(line, Math.min(line.length(), from + WIDTH));
    String shown =
        (from > 0 ? CUT : "") + line.substring(from, to) + (to < line.length() ? CUT : "");
    String before = (from > 0 ? " " : "") + blank(line.substring(from, start));
    return new SourceLine(
        shown, before + "^".repeat(Math.max(1, columns(line, start, Math.min(end, to)))));
  }

  private static int points(String line) {
    return line.codePointCount(0, line.length());
  }

  /** Does not cut a character of two units in halves. */
  private static int boundary(String line, int index) {
    boolean inside =
        index > 0 && index < line.length() && Character.isLowSurrogate(line.charAt(index));
    return inside ? index - 1 : index;
  }

  /** As many columns of blanks; tabs stay, so that they end where those above end. */
  private static String blank(String text) {
    StringBuilder blank = new StringBuilder();
    text.codePoints()
        .forEach(c -> blank.append(c == '\t' ? "\t" : " ".repeat(CharacterWidth.of(c))));
    return blank.toString();
  }

  private static int columns(String line, int from, int to) {
    return line.substring(from, Math.max(from, to)).codePoints().map(CharacterWidth::of).sum();
  }
}
