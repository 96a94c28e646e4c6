package dev.weft.grammar;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text as ANTLR reads it: characters are code points, positions are UTF-16 offsets, so that a
 * token's place is a place in the text as Java counts it.
 */
final class SourceStream implements CharStream {

  /** The letter and the sign that stand for all beyond ASCII; see the end of the lexer. */
  private static final int LETTER = 1;

  private static final int OTHER = 2;
  private static final int NO_BREAK_SPACE = 0xA0;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final Source source;
  private final String text;
  private int position;

  SourceStream(Source source) {
    this.source = source;
    this.text = source.text();
  }

  @Override
  public void consume() {
    if (position >= text.length()) {
      throw new IllegalStateException("cannot consume the end of the text");
    }
    position += Character.charCount(text.codePointAt(position));
  }

  @Override
  public int LA(int ahead) {
    if (ahead == 0) {
      return 0;
    }
    if (ahead < 0) {
      int index = position + ahead;
      return index < 0 ? IntStream.EOF : kind(text.charAt(index));
    }
    int index = position;
    for (int i = 1; i < ahead && index < text.length(); i++) {
      index += Character.charCount(text.codePointAt(index));
    }
    return index < text.length() ? kind(text.codePointAt(index)) : IntStream.EOF;
  }

  /** An ASCII character as it is, of the others only what the lexer asks of them. */
  private static int kind(int character) {
    if (character > 2 && character < 128) {
      return character;
    }
    if (character == NO_BREAK_SPACE || character == BYTE_ORDER_MARK) {
      return ' ';
    }
    return character > 2 && Character.isAlphabetic(character) ? LETTER : OTHER;
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {
    // The whole text is in memory: nothing was marked.
  }

  @Override
  public int index() {
    return position;
  }

  @Override
  public void seek(int index) {
    position = Math.min(index, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return source.name();
  }

  @Override
  public String getText(Interval interval) {
    int end = Math.min(interval.b + 1, text.length());
    return interval.a >= end ? "" : text.substring(interval.a, end);
  }
}
