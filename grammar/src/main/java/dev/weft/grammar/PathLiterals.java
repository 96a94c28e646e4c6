package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** Where a statement of Spark's own names files: the quoted paths in its text. */
public final class PathLiterals {

  /** Whether a literal behind this text names a file. */
  public static boolean follows(String text) {
    PathLiterals literals =
        new PathLiterals(TokenText.of(new Source("<before>", text + "''")).tokens());
    return literals.isNamedPath(literals.tokens.size() - 1);
  }

  /** Words that a path in quotes follows. */
  private static final Set<String> BEFORE = Set.of("LOCATION", "INPATH", "DIRECTORY", "PATH");

  private final List<Token> tokens;

  private PathLiterals(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * The literals, quotes included, in the order of the text.
   *
   * @param formats what may stand before a dot and a path in back quotes, lower case
   */
  public static List<Span> of(Span statement, Set<String> formats) {
    Source text = new Source(statement.source().name(), statement.text());
    PathLiterals literals = new PathLiterals(TokenText.of(text).tokens());
    List<Span> found = new ArrayList<>();
    for (int i = 0; i < literals.tokens.size(); i++) {
      if (literals.isQueriedFile(i, formats) || literals.isNamedPath(i)) {
        Token token = literals.tokens.get(i);
        int start = statement.start() + token.getStartIndex();
        found.add(
            new Span(statement.source(), start, statement.start() + token.getStopIndex() + 1));
      }
    }
    return found;
  }

  private boolean isQueriedFile(int at, Set<String> formats) {
    return type(at) == WeftLexer.BACKQUOTED
        && type(at - 1) == WeftLexer.DOT
        && type(at - 2) != WeftLexer.DOT
        && type(at - 3) != WeftLexer.DOT
        && formats.contains(Quotes.name(text(at - 2)).toLowerCase(Locale.ROOT));
  }

  /** {@code LOCATION 'p'}, {@code OPTIONS (path 'p')}, {@code OPTIONS ('path' = "p")}. */
  private boolean isNamedPath(int at) {
    if (!isString(at)) {
      return false;
    }
    int word = text(at - 1).equals("=") ? at - 2 : at - 1;
    String name = isString(word) ? Quotes.string(text(word)) : Quotes.name(text(word));
    return BEFORE.contains(name.toUpperCase(Locale.ROOT));
  }

  private boolean isString(int at) {
    return type(at) == WeftLexer.STRING || type(at) == WeftLexer.DOUBLE_QUOTED;
  }

  private int type(int at) {
    return at < 0 ? Token.EOF : tokens.get(at).getType();
  }

  private String text(int at) {
    return at < 0 ? "" : tokens.get(at).getText();
  }
}
