package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.format.Comments;
import dev.weft.grammar.format.Doc;
import dev.weft.grammar.format.Layout;
import dev.weft.grammar.format.Printer;
import dev.weft.grammar.format.Word;
import dev.weft.grammar.format.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.antlr.v4.runtime.ParserRuleContext;
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
  private final StringBuilder out = new StringBuilder();
  private int kept;

  /** The tokens of the statement at hand, hidden ones included: from here … */
  private int first;

  /** … to before here. */
  private int behind;

  private ScriptFormatter(Source source) {
    this.source = source;
    this.all = TokenText.all(source);
    this.comments = new Comments(all);
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
    for (int i = 0; i < all.size(); i++) {
      Token token = all.get(i);
      if (token.getChannel() != Token.DEFAULT_CHANNEL || token.getType() == Token.EOF) {
        continue;
      }
      first = open.isEmpty() ? i : first;
      behind = i + 1;
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
    Optional<ParserRuleContext> tree = tree(closed.subList(at, closed.size()));
    if (tree.isEmpty()) {
      return asItStands(tokens, semicolon);
    }
    Words words = new Words(tree.get(), comments, ScriptFormatter::isKeyword);
    parts.add(new Layout(words::of).statement(tree.get()));
    semicolon.ifPresent(token -> parts.add(end(token)));
    return new Doc.Group(parts, false);
  }

  /** The tree of a statement; empty where it is Spark's and has no rule here, or not that one. */
  static Optional<ParserRuleContext> tree(List<Token> tokens) {
    return switch (Opening.of(tokens, 0)) {
      case WEFT_STATEMENT, QUERY ->
          TreeParser.attempt(tokens, parser -> parser.singleStatement().statement());
      case SPARK ->
          SparkWords.areRead(tokens.get(0))
              ? TreeParser.attempt(
                  SparkWords.in(tokens), parser -> parser.singleSparkStatement().sparkStatement())
              : Optional.empty();
      case EXPLAIN, PYTHON_FUNCTION, LATER, NONE -> Optional.empty();
    };
  }

  /** Whether a word behind EXPLAIN says what is shown. */
  static boolean isMode(Token token) {
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
    return Keywords.isKeyword(type) || SparkWords.isKeyword(type) || type == WeftLexer.UNIT;
  }

  /** Whether a statement has kept its words, in order, and its comments, in order. */
  private boolean isSame(String text, List<Token> tokens, Optional<Token> semicolon) {
    List<Token> now = TokenText.all(new Source(source.name(), text));
    Token last = semicolon.orElse(tokens.get(tokens.size() - 1));
    List<Token> old = new ArrayList<>(all.subList(first, behind));
    List<Word.Comment> after = comments.after(last);
    int end = after.isEmpty() ? 0 : after.get(after.size() - 1).start();
    for (int i = behind; i < all.size() && all.get(i).getStartIndex() <= end; i++) {
      old.add(all.get(i));
    }
    return areSame(now, old, ScriptFormatter::isWord)
        && areSame(now, old, ScriptFormatter::isComment);
  }

  private static boolean areSame(List<Token> now, List<Token> old, Predicate<Token> kind) {
    Iterator<Token> others = old.stream().filter(kind).iterator();
    for (Token token : now) {
      if (kind.test(token) && !(others.hasNext() && isSame(token, others.next()))) {
        return false;
      }
    }
    return !others.hasNext();
  }

  /** Spark's words are still identifiers here: their case may differ too. */
  private static boolean isSame(Token now, Token old) {
    if (now.getType() != old.getType()) {
      return false;
    }
    String text = now.getText().stripTrailing();
    String before = old.getText().stripTrailing();
    boolean anyCase = isKeyword(now.getType()) || SparkWords.isWord(now);
    return anyCase ? text.equalsIgnoreCase(before) : text.equals(before);
  }

  private static boolean isWord(Token token) {
    return token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != Token.EOF;
  }

  private static boolean isComment(Token token) {
    return token.getType() == WeftLexer.LINE_COMMENT || token.getType() == WeftLexer.BLOCK_COMMENT;
  }
}
