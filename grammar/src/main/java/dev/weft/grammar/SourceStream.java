package dev.weft.grammar;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text as ANTLR reads it: characters are code points, positions are UTF-16 offsets, so that a
 * token's place is a place in the text as Java counts it.
 */
final class SourceStream implements CharStream {

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
      return index < 0 ? IntStream.EOF : text.charAt(index);
    }
    int index = position;
    for (int i = 1; i < ahead && index < text.length(); i++) {
      index += Character.charCount(text.codePointAt(index));
    }
    return index < text.length() ? text.codePointAt(index) : IntStream.EOF;
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
