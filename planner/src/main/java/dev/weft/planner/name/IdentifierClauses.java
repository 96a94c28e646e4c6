package dev.weft.planner.name;

import dev.weft.grammar.Places;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Source;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.BinaryContext;
import dev.weft.grammar.antlr.WeftParser.BracketedContext;
import dev.weft.grammar.antlr.WeftParser.IdentifierClauseContext;
import dev.weft.grammar.antlr.WeftParser.NamedParameterContext;
import dev.weft.grammar.antlr.WeftParser.StringLiteralContext;
import dev.weft.grammar.antlr.WeftParserBaseVisitor;
import dev.weft.planner.param.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.RuleNode;
import org.jspecify.annotations.Nullable;

/** The names that {@code IDENTIFIER(…)} stands for: texts, parameters, and both put together. */
public final class IdentifierClauses {

  private IdentifierClauses() {}

  /** Notes in a tree what its clauses stand for; those that only Spark can compute stay open. */
  public static void resolve(ParseTree tree, Source source, Parameters parameters) {
    if (tree instanceof IdentifierClauseContext clause) {
      clause.text = new Text(source, parameters).visit(clause.expression());
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      resolve(tree.getChild(i), source, parameters);
    }
  }

  /** The text of an expression; null where it is no such text. */
  private static final class Text extends WeftParserBaseVisitor<@Nullable String> {

    private final Source source;
    private final Parameters parameters;

    Text(Source source, Parameters parameters) {
      this.source = source;
      this.parameters = parameters;
    }

    @Override
    public @Nullable String visitStringLiteral(StringLiteralContext tree) {
      return tree.string().stream()
          .map(string -> Quotes.string(string.getText()))
          .collect(Collectors.joining());
    }

    @Override
    public @Nullable String visitNamedParameter(NamedParameterContext tree) {
      String name = NameText.of(tree.parameter().name());
      return parameters.named(name, Places.of(source, tree)).text().orElse(null);
    }

    @Override
    public @Nullable String visitBinary(BinaryContext tree) {
      if (tree.operator.getType() != WeftParser.CONCAT) {
        return null;
      }
      Optional<String> left = Optional.ofNullable(visit(tree.left));
      return left.flatMap(l -> Optional.ofNullable(visit(tree.right)).map(l::concat)).orElse(null);
    }

    @Override
    public @Nullable String visitBracketed(BracketedContext tree) {
      return visit(tree.expression());
    }

    @Override
    public @Nullable String visitChildren(RuleNode node) {
      List<ParseTree> children = ((ParserRuleContext) node).children;
      return children.size() == 1 ? visit(children.get(0)) : null;
    }
  }
}
