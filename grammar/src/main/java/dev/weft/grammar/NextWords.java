package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * What can follow an unfinished statement, by the grammar.
 *
 * @param keywords in capitals, in the order of the alphabet
 * @param expression whether an expression can begin
 * @param table whether a table can stand
 */
public record NextWords(List<String> keywords, boolean expression, boolean table) {

  /** Longer statements are not followed: whoever types waits for the answer. */
  private static final int MOST_TOKENS = 2_000;

  /** Where keywords stand as names, or any word may stand. */
  private static final Set<Integer> UNTOLD =
      Set.of(
          WeftParser.RULE_keyword,
          WeftParser.RULE_aliasKeyword,
          WeftParser.RULE_sparkKeyword,
          WeftParser.RULE_balanced,
          WeftParser.RULE_piped,
          WeftParser.RULE_hint,
          WeftParser.RULE_rowFormat,
          WeftParser.RULE_tablePartitioning);

  /** Copies the list. */
  public NextWords {
    keywords = List.copyOf(keywords);
  }

  /** Looks behind the last statement of a text; empty where the grammar cannot tell. */
  public static Optional<NextWords> after(String text) {
    List<Token> tokens = last(text);
    int at = 0;
    while (at < tokens.size() - 1 && Opening.of(tokens, at) == Opening.EXPLAIN) {
      at += ScriptFormatter.isMode(tokens.get(at + 1)) ? 2 : 1;
    }
    if (at >= tokens.size() - 1 || tokens.size() > MOST_TOKENS) {
      return Optional.empty();
    }
    List<Token> statement = tokens.subList(at, tokens.size());
    return switch (Opening.of(statement, 0)) {
      case WEFT_STATEMENT, QUERY -> following(statement, WeftParser.RULE_singleStatement);
      case SPARK ->
          SparkWords.areRead(statement.get(0))
              ? following(SparkWords.in(statement), WeftParser.RULE_singleSparkStatement)
              : Optional.empty();
      case EXPLAIN, PYTHON_FUNCTION, LATER, NONE -> Optional.empty();
    };
  }

  private static List<Token> last(String text) {
    StatementEnds ends = new StatementEnds();
    List<Token> open = new ArrayList<>();
    for (Token token : TokenText.of(new Source("<entry>", text)).tokens()) {
      open.add(token);
      if (ends.ends(token)) {
        open.clear();
      }
    }
    open.add(TokenText.end(text.length()));
    return open;
  }

  private static Optional<NextWords> following(List<Token> tokens, int rule) {
    CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens));
    stream.fill();
    Set<Expectations.Next> next = new Expectations(new WeftParser(stream)).behind(rule);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<String> keywords = new TreeSet<>();
    Set<String> asked = new HashSet<>();
    for (Expectations.Next one : next) {
      int type = one.type();
      if (one.words() != null) {
        asked.add(one.words());
      }
      if (!UNTOLD.contains(one.rule())
          && (Keywords.isKeyword(type) || SparkWords.isKeyword(type))) {
        keywords.add(Keywords.text(type));
      }
    }
    return Optional.of(
        new NextWords(
            List.copyOf(keywords),
            asked.contains(ExpectedWords.ofRule(WeftParser.RULE_expression, -1)),
            asked.contains(ExpectedWords.ofRule(WeftParser.RULE_relation, -1))));
  }
}
