package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.format.Comments;
import dev.weft.grammar.format.Doc;
import dev.weft.grammar.format.Layout;
import dev.weft.grammar.format.Printer;
import dev.weft.grammar.format.Word;
import dev.weft.grammar.format.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/**
 * Writes scripts in the house style: keywords small, clauses on lines, at most 100 characters where
 * a break can help. Only blanks, line ends and the case of keywords change; statements that are
 * Spark's own and code in other languages stay as they stand.
 */
public final class ScriptFormatter {

  private final Source source;
  private final List<Token> all;
  private final Comments comments;
  private final IdentityHashMap<Token, Integer> places = new IdentityHashMap<>();
  private final StringBuilder out = new StringBuilder();
  private int kept;

  private ScriptFormatter(Source source) {
    this.source = source;
    this.all = TokenText.all(source);
    this.comments = new Comments(all);
    for (int i = 0; i < all.size(); i++) {
      places.put(all.get(i), i);
    }
  }

  /**
   * The text in the house style.
   *
   * @throws WeftException with every error of a text that does not parse
   */
  public static String format(Source source) {
    return whole(source).text();
  }

  /** The same, and how many statements stayed as they were because they could not be laid out. */
  static Formatted whole(Source source) {
    List<Diagnostic> errors = ScriptParser.parse(source).errors();
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
    return DeepStack.run(() -> new ScriptFormatter(source).formatted());
  }

  /** What came of a text. */
  record Formatted(String text, int kept) {}

  private Formatted formatted() {
    StatementEnds ends = new StatementEnds();
    List<Token> open = new ArrayList<>();
    Token end = all.get(all.size() - 1);
    for (Token token : all) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL || token.getType() == Token.EOF) {
        continue;
      }
      if (ends.ends(token)) {
        statement(open, Optional.of(token));
        open = new ArrayList<>();
      } else {
        open.add(token);
      }
    }
    if (!open.isEmpty()) {
      statement(open, Optional.empty());
    }
    lead(end, false);
    return new Formatted(out.toString(), kept);
  }

  private void statement(List<Token> tokens, Optional<Token> semicolon) {
    lead(tokens.isEmpty() ? semicolon.orElseThrow() : tokens.get(0), true);
    String text = tokens.isEmpty() ? "" : Printer.print(laidOut(tokens, semicolon));
    if (tokens.isEmpty() || !isSame(text, tokens, semicolon)) {
      kept += tokens.isEmpty() ? 0 : 1;
      text = Printer.print(asItStands(tokens, semicolon));
    }
    out.append(text).append('\n');
  }

  /** The comments before a statement or the end, with one of the empty lines around them. */
  private void lead(Token first, boolean more) {
    for (Word.Comment comment : comments.before(first)) {
      out.append(comment.apart() && out.length() > 0 ? "\n" : "")
          .append(comment.text())
          .append('\n');
    }
    out.append(more && comments.apart(first) && out.length() > 0 ? "\n" : "");
  }

  private Doc laidOut(List<Token> tokens, Optional<Token> semicolon) {
    int at = 0;
    List<Doc> parts = new ArrayList<>();
    List<Token> closed = new ArrayList<>(tokens);
    closed.add(TokenText.end(tokens.get(tokens.size() - 1).getStopIndex() + 1));
    while (Opening.of(closed, at) == Opening.EXPLAIN) {
      parts.add(prefix(tokens.get(at), at++));
      if (isMode(closed.get(at))) {
        parts.add(prefix(tokens.get(at), at++));
      }
    }
    Opening kind = Opening.of(closed, at);
    if (kind != Opening.WEFT_STATEMENT && kind != Opening.QUERY) {
      return asItStands(tokens, semicolon);
    }
    try {
      WeftParser.SingleStatementContext tree =
          TreeParser.parse(closed.subList(at, closed.size()), WeftParser::singleStatement);
      Words words = new Words(tree, comments, ScriptFormatter::isKeyword);
      parts.add(new Layout(words::of).statement(tree));
    } catch (SyntaxStop unread) {
      return asItStands(tokens, semicolon);
    }
    semicolon.ifPresent(token -> parts.add(end(token)));
    return new Doc.Group(parts, false);
  }

  private static boolean isMode(Token token) {
    return Arrays.stream(Explain.Mode.values())
        .anyMatch(mode -> mode.name().equalsIgnoreCase(token.getText()));
  }

  private Doc prefix(Token token, int at) {
    List<Word.Comment> before = at == 0 ? List.of() : comments.before(token);
    String text = token.getText().toLowerCase(Locale.ROOT);
    return new Doc.Leaf(new Word(before, text, true, comments.after(token)));
  }

  private Doc asItStands(List<Token> tokens, Optional<Token> semicolon) {
    List<Doc> parts = new ArrayList<>();
    if (!tokens.isEmpty()) {
      Token last = tokens.get(tokens.size() - 1);
      String text = source.text().substring(tokens.get(0).getStartIndex(), last.getStopIndex() + 1);
      parts.add(new Doc.Leaf(new Word(List.of(), text, false, comments.after(last))));
    }
    semicolon.ifPresent(
        token ->
            parts.add(
                tokens.isEmpty()
                    ? new Doc.Leaf(new Word(List.of(), ";", false, comments.after(token)))
                    : end(token)));
    return new Doc.Group(parts, false);
  }

  private Doc end(Token semicolon) {
    return new Doc.Leaf(
        new Word(comments.before(semicolon), ";", false, comments.after(semicolon)));
  }

  private static boolean isKeyword(int type) {
    return Keywords.isKeyword(type) || type == WeftLexer.UNIT;
  }

  /** Whether a statement has kept its words and comments. */
  private boolean isSame(String text, List<Token> tokens, Optional<Token> semicolon) {
    List<String> now = words(TokenText.all(new Source(source.name(), text)));
    int from = places.getOrDefault(tokens.get(0), 0);
    Token last = semicolon.orElse(tokens.get(tokens.size() - 1));
    int behind = places.getOrDefault(last, 0) + 1;
    List<Token> old = new ArrayList<>(all.subList(from, behind));
    int trailing = comments.after(last).size();
    for (int i = behind; i < all.size() && trailing > 0; i++) {
      if (isComment(all.get(i))) {
        old.add(all.get(i));
        trailing--;
      }
    }
    return now.equals(words(old));
  }

  /** The words in order, then the comments in order. */
  private static List<String> words(List<Token> tokens) {
    List<String> words = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (Token token : tokens) {
      String text = token.getText().stripTrailing();
      if (isComment(token)) {
        comments.add(text);
      } else if (token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != Token.EOF) {
        words.add(
            token.getType() + (isKeyword(token.getType()) ? text.toLowerCase(Locale.ROOT) : text));
      }
    }
    words.addAll(comments);
    return words;
  }

  private static boolean isComment(Token token) {
    return token.getType() == WeftLexer.LINE_COMMENT || token.getType() == WeftLexer.BLOCK_COMMENT;
  }
}
