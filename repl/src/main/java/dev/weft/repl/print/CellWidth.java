package dev.weft.repl.print;

import org.jline.utils.WCWidth;

/** Text measured and cut in terminal cells, where an East Asian character takes two. */
final class CellWidth {

  private CellWidth() {}

  /** Cells taken by a text without control characters. */
  static int of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return wide(text);
      }
    }
    return text.length();
  }

  private static int wide(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }

  /** Line breaks and other control characters become visible, so that a cell stays one line. */
  static String oneLine(String text) {
    if (text.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == 0x9b)) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(visible(c)));
    return line.toString();
  }

  private static int visible(int c) {
    return switch (c) {
      case '\n' -> '⏎';
      case '\t' -> ' ';
      default -> c < ' ' || c == 0x7f || c == 0x9b ? '�' : c;
    };
  }

  /** The text in exactly {@code width} cells; what does not fit ends in an ellipsis. */
  static String fit(String text, int width, boolean right) {
    int cells = of(text);
    if (cells > width) {
      String cut = cut(text, width - 1) + "…";
      return cut + " ".repeat(width - of(cut));
    }
    String padding = " ".repeat(width - cells);
    return right ? padding + text : text + padding;
  }

  private static String cut(String text, int width) {
    int cells = 0;
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      cells += Math.max(0, WCWidth.wcwidth(c));
      if (cells > width) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }
}
