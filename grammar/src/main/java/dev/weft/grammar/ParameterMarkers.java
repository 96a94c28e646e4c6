package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.antlr.v4.runtime.Token;

/** Where a text that is Spark's own has {@code :name}: not in strings, names or comments. */
public final class ParameterMarkers {

  /** What {@code :name} behind it is the field of, or the type of. */
  private static final Set<Integer> NAMES =
      Set.of(
          WeftLexer.IDENTIFIER,
          WeftLexer.BACKQUOTED,
          WeftLexer.RIGHT_PAREN,
          WeftLexer.RIGHT_BRACKET,
          WeftLexer.STRING,
          WeftLexer.DOUBLE_QUOTED);

  private ParameterMarkers() {}

  /** A parameter: its name, and its place with the colon. */
  public record Marker(String name, Span span) {}

  /**
   * The parameters in the order of the text.
   *
   * @param declared tells which names have been declared; behind a word, as in {@code a:b} and
   *     {@code a : int}, only those that follow a blank are parameters
   */
  public static List<Marker> of(Span text, Predicate<String> declared) {
    if (text.text().indexOf(':') < 0) {
      return List.of();
    }
    Source source = new Source(text.source().name(), text.text());
    List<Token> tokens = TokenText.of(source).tokens();
    List<Marker> markers = new ArrayList<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token name = tokens.get(i + 1);
      boolean touches = name.getStartIndex() == tokens.get(i).getStopIndex() + 1;
      if (tokens.get(i).getType() == WeftLexer.COLON && touches && isName(name)) {
        String meant = Quotes.name(name.getText());
        if (isValue(tokens, i) || isApart(tokens, i) && declared.test(meant)) {
          int start = text.start() + tokens.get(i).getStartIndex();
          int end = text.start() + name.getStopIndex() + 1;
          markers.add(new Marker(meant, new Span(text.source(), start, end)));
        }
      }
    }
    return markers;
  }

  private static boolean isName(Token token) {
    return token.getType() == WeftLexer.IDENTIFIER
        || token.getType() == WeftLexer.BACKQUOTED
        || token.getType() == WeftLexer.UNIT
        || Keywords.isKeyword(token.getType());
  }

  /** Behind an operator or bracket a value begins. */
  private static boolean isValue(List<Token> tokens, int at) {
    Token before = at == 0 ? null : tokens.get(at - 1);
    return before != null && !NAMES.contains(before.getType()) && !isName(before);
  }

  private static boolean isApart(List<Token> tokens, int at) {
    return at > 0 && tokens.get(at - 1).getStopIndex() + 1 < tokens.get(at).getStartIndex();
  }
}
