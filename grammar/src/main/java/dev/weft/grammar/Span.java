package dev.weft.grammar;

/**
 * A stretch of a source: offsets count UTF-16 units from 0, the end is exclusive; lines and columns
 * count from 1, columns in characters (code points).
 */
public record Span(Source source, int start, int end) {

  /** Rejects offsets outside the source's text. */
  public Span {
    if (start < 0 || end < start || end > source.text().length()) {
      throw new IllegalArgumentException("span " + start + ".." + end + " is outside the text");
    }
  }

  /** The whole of a source. */
  public static Span all(Source source) {
    return new Span(source, 0, source.text().length());
  }

  /** The stretch from the start of {@code first} to the end of {@code last}, both of one source. */
  public static Span between(Span first, Span last) {
    return new Span(first.source, first.start, Math.max(first.end, last.end));
  }

  /** The text of the stretch. */
  public String text() {
    return source.text().substring(start, end);
  }

  /** The line of the first character, from 1. */
  public int line() {
    int line = 1;
    for (int end = source.text().indexOf('\n'); end >= 0 && end < start; line++) {
      end = source.text().indexOf('\n', end + 1);
    }
    return line;
  }

  /** The column of the first character, from 1, in characters. */
  public int column() {
    return source.text().codePointCount(lineStart(), start) + 1;
  }

  /** The text of the line of the first character, without its end. */
  public String lineText() {
    int end = source.text().indexOf('\n', start);
    String line = source.text().substring(lineStart(), end < 0 ? source.text().length() : end);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /** {@code name:line:column}. */
  public String place() {
    return source.name() + ":" + line() + ":" + column();
  }

  private int lineStart() {
    return source.text().lastIndexOf('\n', start - 1) + 1;
  }
}
