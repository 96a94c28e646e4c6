package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** Says in one sentence what is wrong with tokens that the grammar refused. */
final class SyntaxErrors {

  private static final Set<String> WORDS_FOR_ROWS = Set.of("ALL", "ANY", "SOME");

  private static final Set<Integer> COMPARISONS =
      Set.of(
          WeftLexer.EQUAL,
          WeftLexer.NOT_EQUAL,
          WeftLexer.LESS,
          WeftLexer.GREATER,
          WeftLexer.LESS_EQUAL,
          WeftLexer.GREATER_EQUAL);

  private SyntaxErrors() {}

  /** The error of a part of a text that is no whole statement. */
  static Diagnostic of(Source source, List<Token> tokens, SyntaxStop stop) {
    Token offending = tokens.get(stop.index());
    Optional<Diagnostic> plain = brackets(source, tokens, stop.index());
    if (plain.isPresent()) {
      return plain.get();
    }
    if (comparesWithAll(tokens, stop.index())) {
      return ErrorCode.SYNTAX.at(
          Places.of(source, tokens.get(stop.index() - 2)),
          "nothing compares with ALL or ANY rows of a query; compare with (SELECT max(…) …), or"
              + " write IN or EXISTS");
    }
    String expected = ExpectedWords.join(stop.expected());
    String message =
        expected.isEmpty()
            ? shown(offending) + " cannot stand here"
            : offending.getType() == Token.EOF
                ? "expected " + expected + ", but it ends here"
                : offending.getType() == WeftLexer.UNRECOGNIZED
                    ? strange(offending.getText())
                    : "expected " + expected + ", not " + shown(offending);
    return ErrorCode.SYNTAX.at(Places.of(source, offending), message);
  }

  /** Whether a query begins behind {@code > ALL (}, which Spark has for no comparison. */
  private static boolean comparesWithAll(List<Token> tokens, int index) {
    if (index < 3 || tokens.get(index - 1).getType() != WeftLexer.LEFT_PAREN) {
      return false;
    }
    boolean query = Set.of(WeftLexer.SELECT, WeftLexer.WITH).contains(tokens.get(index).getType());
    boolean word =
        WORDS_FOR_ROWS.contains(tokens.get(index - 2).getText().toUpperCase(Locale.ROOT));
    return query && word && COMPARISONS.contains(tokens.get(index - 3).getType());
  }

  /** A bracket that closes nothing, or one left open at the end. */
  private static Optional<Diagnostic> brackets(Source source, List<Token> tokens, int index) {
    List<Token> open = new ArrayList<>();
    for (Token token : tokens.subList(0, index)) {
      if (token.getType() == WeftLexer.LEFT_PAREN) {
        open.add(token);
      } else if (token.getType() == WeftLexer.RIGHT_PAREN && !open.isEmpty()) {
        open.remove(open.size() - 1);
      }
    }
    Token offending = tokens.get(index);
    if (offending.getType() == WeftLexer.RIGHT_PAREN && open.isEmpty()) {
      String message = "this ')' closes no bracket; remove it";
      return Optional.of(ErrorCode.SYNTAX.at(Places.of(source, offending), message));
    }
    if (offending.getType() == Token.EOF && !open.isEmpty()) {
      Span place = Places.of(source, open.get(open.size() - 1));
      return Optional.of(
          ErrorCode.SYNTAX.at(place, "the bracket that opens here has no closing ')'"));
    }
    return Optional.empty();
  }

  private static String strange(String character) {
    boolean quote = "‘’“”´".contains(character);
    return "the character '"
        + character
        + "' means nothing here"
        + (quote ? "; write straight quotes" : "");
  }

  private static String shown(Token token) {
    String text = token.getText();
    String cut = text.length() > 30 ? text.substring(0, 29) + "…" : text;
    boolean quoted = cut.startsWith("'") || cut.startsWith("\"");
    return quoted ? "the string " + cut : "'" + cut + "'";
  }
}
