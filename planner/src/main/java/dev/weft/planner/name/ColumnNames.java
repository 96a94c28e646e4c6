package dev.weft.planner.name;

import dev.weft.grammar.Places;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Source;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.*;
import dev.weft.grammar.antlr.WeftParserBaseVisitor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;

/** The names Spark gives to columns without one: its own way to print the expression. */
public final class ColumnNames extends WeftParserBaseVisitor<String> {

  private final Source source;

  private ColumnNames(Source source) {
    this.source = source;
  }

  public static String of(ExpressionContext tree, Source source) {
    return new ColumnNames(source).name(tree);
  }

  private String name(ParserRuleContext tree) {
    String name = visit(tree);
    return name == null ? Places.of(source, tree).text() : name;
  }

  private String list(List<? extends ParserRuleContext> trees) {
    return trees.stream().map(this::name).collect(Collectors.joining(", "));
  }

  /** A form that has no rule here is named by its text. */
  @Override
  public String visitChildren(org.antlr.v4.runtime.tree.RuleNode node) {
    ParserRuleContext tree = (ParserRuleContext) node.getRuleContext();
    boolean wrapper = tree.getChildCount() == 1 && tree.getChild(0) instanceof ParserRuleContext;
    return wrapper ? visit(tree.getChild(0)) : Places.of(source, tree).text();
  }

  @Override
  public String visitNotExpression(NotExpressionContext tree) {
    return "(NOT " + name(tree.expression()) + ")";
  }

  @Override
  public String visitAndExpression(AndExpressionContext tree) {
    return "(" + name(tree.left) + " AND " + name(tree.right) + ")";
  }

  @Override
  public String visitOrExpression(OrExpressionContext tree) {
    return "(" + name(tree.left) + " OR " + name(tree.right) + ")";
  }

  @Override
  public String visitCompare(CompareContext tree) {
    String operator = tree.operator.getText();
    if (tree.operator.NOT_EQUAL() != null) {
      return "(NOT (" + name(tree.left) + " = " + name(tree.right) + "))";
    }
    String printed = operator.equals("==") ? "=" : operator;
    return "(" + name(tree.left) + " " + printed + " " + name(tree.right) + ")";
  }

  @Override
  public String visitBinary(BinaryContext tree) {
    if (tree.operator.getType() == WeftParser.CONCAT) {
      return "concat(" + name(tree.left) + ", " + name(tree.right) + ")";
    }
    String operator = tree.operator.getText().toLowerCase(Locale.ROOT);
    return "(" + name(tree.left) + " " + operator + " " + name(tree.right) + ")";
  }

  @Override
  public String visitUnary(UnaryContext tree) {
    boolean number = tree.value().getText().matches("[0-9.]+");
    String operand = name(tree.value());
    return number
        ? tree.operator.getText() + operand
        : "(" + tree.operator.getText() + " " + operand + ")";
  }

  @Override
  public String visitIsTest(IsTestContext tree) {
    String test = tree.truth.getText().toUpperCase(Locale.ROOT);
    return "(" + name(tree.comparison()) + (tree.NOT() == null ? " IS " : " IS NOT ") + test + ")";
  }

  @Override
  public String visitBracketed(BracketedContext tree) {
    return name(tree.expression());
  }

  @Override
  public String visitCast(CastContext tree) {
    return tree.operator.getText().toUpperCase(Locale.ROOT)
        + "("
        + name(tree.expression())
        + " AS "
        + tree.dataType().getText().toUpperCase(Locale.ROOT)
        + ")";
  }

  @Override
  public String visitShortCast(ShortCastContext tree) {
    String type = tree.dataType().getText().toUpperCase(Locale.ROOT);
    return "CAST(" + name(tree.primary()) + " AS " + type + ")";
  }

  @Override
  public String visitStarCall(StarCallContext tree) {
    boolean plain = tree.filter() == null && tree.over() == null;
    return plain ? tree.functionName().getText() + "(1)" : Places.of(source, tree).text();
  }

  @Override
  public String visitFunctionCall(FunctionCallContext tree) {
    if (tree.filter() != null || tree.over() != null || tree.WITHIN() != null) {
      return Places.of(source, tree).text();
    }
    String quantifier =
        tree.setQuantifier() != null && tree.setQuantifier().DISTINCT() != null ? "DISTINCT " : "";
    return tree.functionName().getText().toLowerCase(Locale.ROOT)
        + "("
        + quantifier
        + list(tree.callArgument())
        + ")";
  }

  @Override
  public String visitStructValue(StructValueContext tree) {
    return "struct(" + list(tree.namedField()) + ")";
  }

  @Override
  public String visitNamedField(NamedFieldContext tree) {
    String value = name(tree.expression());
    return tree.name() == null ? value : value + " AS " + NameText.of(tree.name());
  }

  @Override
  public String visitColumn(ColumnContext tree) {
    return NameText.of(tree.name());
  }

  @Override
  public String visitIdentifierColumn(IdentifierColumnContext tree) {
    List<String> parts = IdentifierClauses.parts(tree.identifierClause());
    return parts.get(parts.size() - 1);
  }

  @Override
  public String visitDereference(DereferenceContext tree) {
    return NameText.of(tree.name());
  }

  @Override
  public String visitSubscript(SubscriptContext tree) {
    return name(tree.primary()) + "[" + name(tree.value()) + "]";
  }

  @Override
  public String visitStringLiteral(StringLiteralContext tree) {
    return tree.string().stream()
        .map(string -> Quotes.string(string.getText()))
        .collect(Collectors.joining());
  }

  @Override
  public String visitNumberLiteral(NumberLiteralContext tree) {
    return tree.getText().replaceAll("(?i)(?<=[0-9.])(l|s|y|bd)$", "");
  }

  @Override
  public String visitBooleanLiteral(BooleanLiteralContext tree) {
    return tree.getText().toLowerCase(Locale.ROOT);
  }

  @Override
  public String visitNullLiteral(NullLiteralContext tree) {
    return "NULL";
  }

  @Override
  public String visitScalarQuery(ScalarQueryContext tree) {
    return "scalarsubquery()";
  }
}
