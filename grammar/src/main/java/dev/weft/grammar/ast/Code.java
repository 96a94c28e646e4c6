package dev.weft.grammar.ast;

import dev.weft.grammar.Span;

/**
 * A user's code between its fences, without the indentation that all its lines share.
 *
 * @param span the block with its fences
 * @param line the script's line that the text begins on, from 1
 */
public record Code(Span span, String text, int line) {

  /** The script's text of one of its lines, without the blanks around it. */
  public Span place(int scriptLine) {
    String all = span.source().text();
    int start = 0;
    for (int line = 1; line < scriptLine && all.indexOf('\n', start) >= 0; line++) {
      start = all.indexOf('\n', start) + 1;
    }
    int end = all.indexOf('\n', start) < 0 ? all.length() : all.indexOf('\n', start);
    start = Math.max(start, Math.min(span.start(), end));
    end = Math.max(start, Math.min(end, span.end()));
    while (start < end && Character.isWhitespace(all.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(all.charAt(end - 1))) {
      end--;
    }
    return new Span(span.source(), start, end);
  }
}
