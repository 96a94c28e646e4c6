package dev.weft.repl.terminal;

import dev.weft.grammar.Highlighting;
import dev.weft.grammar.StyledToken;
import dev.weft.grammar.StyledToken.Kind;
import java.util.List;
import org.jline.reader.CompletingParsedLine;

/**
 * The word that the cursor touches, up to the cursor: part of a name, or what stands between an
 * open quote and the cursor.
 *
 * @param start where the word starts in the line
 */
record Word(String line, int cursor, int start) implements CompletingParsedLine {

  /** Finds it. */
  static Word at(String line, int cursor) {
    String before = line.substring(0, cursor);
    List<StyledToken> tokens = Highlighting.tokens(before);
    StyledToken last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    if (last != null && openQuote(before, last)) {
      return new Word(line, cursor, last.start() + 1);
    }
    int start = cursor;
    while (start > 0 && isPart(line.charAt(start - 1))) {
      start--;
    }
    boolean command = start == 1 && line.charAt(0) == '.';
    return new Word(line, cursor, command ? 0 : start);
  }

  /** Whether the last token is a quote that nobody has closed. */
  static boolean openQuote(String text, StyledToken token) {
    boolean quoted = token.kind() == Kind.QUOTED_NAME || token.kind() == Kind.STRING;
    if (!quoted || token.end() != text.length()) {
      return false;
    }
    char quote = text.charAt(token.start());
    boolean closed = token.end() - token.start() > 1 && text.charAt(token.end() - 1) == quote;
    return (quote == '`' || quote == '\'' || quote == '"') && !closed;
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  @Override
  public String word() {
    return line.substring(start, cursor);
  }

  @Override
  public int wordCursor() {
    return cursor - start;
  }

  @Override
  public int wordIndex() {
    return 0;
  }

  @Override
  public List<String> words() {
    return List.of(word());
  }

  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    return candidate;
  }

  @Override
  public int rawWordCursor() {
    return wordCursor();
  }

  @Override
  public int rawWordLength() {
    return wordCursor();
  }
}
