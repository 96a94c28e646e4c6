package dev.weft.planner.name;

import dev.weft.grammar.Places;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Source;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.BinaryContext;
import dev.weft.grammar.antlr.WeftParser.BracketedContext;
import dev.weft.grammar.antlr.WeftParser.IdentifierClauseContext;
import dev.weft.grammar.antlr.WeftParser.NamedParameterContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.grammar.antlr.WeftParser.StringLiteralContext;
import dev.weft.grammar.antlr.WeftParserBaseVisitor;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.param.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.RuleNode;
import org.jspecify.annotations.Nullable;

/** The names that {@code IDENTIFIER(…)} stands for: texts, parameters, and both put together. */
public final class IdentifierClauses {

  /** A part of a name and the dot behind it. */
  private static final Pattern PART = Pattern.compile("(`(?:[^`]|``)+`|[^.`]+)(\\.|\\z)");

  private IdentifierClauses() {}

  /** The clause that a name is, if it is one. */
  static Optional<IdentifierClauseContext> of(ParserRuleContext name) {
    return name.getChildCount() == 1 && name.getChild(0) instanceof IdentifierClauseContext clause
        ? Optional.of(clause)
        : Optional.empty();
  }

  /** Whether a part of a name is a clause. */
  public static boolean isIn(QualifiedNameContext name) {
    return name.name().stream().anyMatch(part -> of(part).isPresent());
  }

  /** Whether no part of a name is a clause that only Spark can compute. */
  public static boolean isKnown(QualifiedNameContext name) {
    return name.name().stream()
        .flatMap(part -> of(part).stream())
        .allMatch(clause -> text(clause).isPresent());
  }

  /** The name that a clause stands for, where one of one part is wanted. */
  static String single(IdentifierClauseContext clause) {
    List<String> parts = parts(clause);
    if (parts.size() > 1) {
      throw new NotRepresentable("IDENTIFIER() of several parts");
    }
    return parts.get(0);
  }

  /** The parts of the name that a clause stands for. */
  public static List<String> parts(IdentifierClauseContext clause) {
    String text =
        text(clause).orElseThrow(() -> new NotRepresentable("IDENTIFIER() of an expression"));
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(text);
    while (part.lookingAt()) {
      parts.add(Quotes.name(part.group(1)));
      if (part.group(2).isEmpty()) {
        return parts;
      }
      part.region(part.end(), text.length());
    }
    throw new NotRepresentable("IDENTIFIER() of what is no name");
  }

  private static Optional<String> text(IdentifierClauseContext clause) {
    String written = clause.getText();
    return Optional.of(clause.text == null ? Quotes.name(written) : clause.text)
        .filter(text -> !text.equals(written));
  }

  /**
   * Notes in a tree what its clauses stand for; what is no text of constants stays open.
   *
   * @param constants asked for what an expression that holds more than texts stands for
   */
  public static void resolve(
      ParseTree tree,
      Source source,
      Parameters parameters,
      Function<String, Optional<String>> constants) {
    if (tree instanceof IdentifierClauseContext clause) {
      String text = new Text(source, parameters).visit(clause.expression());
      clause.text =
          text == null
              ? constants.apply(Places.of(source, clause.expression()).text()).orElse(null)
              : text;
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      resolve(tree.getChild(i), source, parameters, constants);
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
