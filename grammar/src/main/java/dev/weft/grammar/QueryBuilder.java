package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Reads a query statement: its result is named by a final {@code AS name}, alias or not. */
final class QueryBuilder {

  private final Source source;
  private final PartReader read;

  QueryBuilder(Source source, PartReader read) {
    this.source = source;
    this.read = read;
  }

  Query query(WeftParser.QueryStatementContext tree) {
    Optional<Name> result =
        tree.result == null ? alias(tree.query()) : Optional.of(read.name(tree.result));
    return new Query(read.span(tree), tree.query(), result);
  }

  /** The name of a final AS that the query's own grammar took as an alias. */
  private Optional<Name> alias(WeftParser.QueryContext tree) {
    List<Token> last = lastTwo(tree);
    boolean named = last.size() == 2 && last.get(1).getType() == WeftLexer.AS;
    if (!named || last.get(0).getType() == WeftLexer.RIGHT_PAREN) {
      return Optional.empty();
    }
    Token name = last.get(0);
    return Optional.of(new Name(Places.of(source, name), Quotes.name(name.getText())));
  }

  /** The last token, then the one before it. */
  private static List<Token> lastTwo(ParseTree tree) {
    List<Token> last = new ArrayList<>(2);
    collect(tree, last);
    return last;
  }

  private static void collect(ParseTree tree, List<Token> last) {
    if (tree instanceof TerminalNode leaf) {
      last.add(leaf.getSymbol());
    }
    for (int i = tree.getChildCount() - 1; i >= 0 && last.size() < 2; i--) {
      collect(tree.getChild(i), last);
    }
  }
}
