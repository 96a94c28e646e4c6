package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.*;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.name.NameText;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Expressions: says for each form which file turns it into a SqlNode. */
final class ExpressionToSql extends StrictVisitor {

  private final Translation translation;
  private final OperatorToSql operators;
  private final PredicateToSql predicates;
  private final CaseToSql cases;
  private final CastToSql casts;
  private final CallToSql calls;
  private final TextFunctionToSql texts;
  private final ColumnToSql columns;
  private final LiteralToSql literals;
  private final IntervalToSql intervals;
  private final TemplateToSql templates;
  private final PredictToSql predictions;

  ExpressionToSql(Translation translation) {
    this.translation = translation;
    this.operators = new OperatorToSql(translation);
    this.predicates = new PredicateToSql(translation);
    this.cases = new CaseToSql(translation);
    this.casts = new CastToSql(translation);
    this.calls = new CallToSql(translation);
    this.texts = new TextFunctionToSql(translation);
    this.columns = new ColumnToSql(translation);
    this.literals = new LiteralToSql(translation);
    this.intervals = new IntervalToSql(translation);
    this.templates = new TemplateToSql(translation);
    this.predictions = new PredictToSql(translation);
  }

  /** An expression that keeps its own text. */
  SqlNode template(ParserRuleContext tree) {
    return templates.of(tree);
  }

  /** The same, where a part of it is a word and no expression. */
  SqlNode template(ParserRuleContext tree, ParserRuleContext word) {
    return templates.of(tree, word);
  }

  /** The same, where constants below it keep their text too. */
  SqlNode withConstants(ParserRuleContext tree) {
    return templates.withConstants(tree);
  }

  /** The name that an answer of a model has without an alias, if a tree is nothing else. */
  Optional<String> answerName(ParserRuleContext tree) {
    return predictions.columnName(tree);
  }

  SqlIdentifier identifier(ParserRuleContext name) {
    return new SqlIdentifier(NameText.of(name), translation.positions().of(name));
  }

  SqlNodeList names(List<NameContext> names) {
    List<SqlIdentifier> list = names.stream().map(this::identifier).toList();
    return new SqlNodeList(list, translation.positions().of(names.get(0)));
  }

  List<SqlNode> all(List<ExpressionContext> trees) {
    return trees.stream().map(this::visit).toList();
  }

  private SqlParserPos place(ParserRuleContext tree) {
    return translation.positions().of(tree);
  }

  // ---------------------------------------------------------------- logic

  @Override
  public SqlNode visitNotExpression(NotExpressionContext tree) {
    return SqlStdOperatorTable.NOT.createCall(place(tree), visit(tree.expression()));
  }

  @Override
  public SqlNode visitAndExpression(AndExpressionContext tree) {
    return SqlStdOperatorTable.AND.createCall(place(tree), visit(tree.left), visit(tree.right));
  }

  @Override
  public SqlNode visitOrExpression(OrExpressionContext tree) {
    return SqlStdOperatorTable.OR.createCall(place(tree), visit(tree.left), visit(tree.right));
  }

  @Override
  public SqlNode visitPlainExpression(PlainExpressionContext tree) {
    return visit(tree.comparison());
  }

  @Override
  public SqlNode visitPlainValue(PlainValueContext tree) {
    return visit(tree.value());
  }

  @Override
  public SqlNode visitPlainPrimary(PlainPrimaryContext tree) {
    return visit(tree.primary());
  }

  @Override
  public SqlNode visitBracketed(BracketedContext tree) {
    return visit(tree.expression());
  }

  // ---------------------------------------------------------------- operators and predicates

  @Override
  public SqlNode visitCompare(CompareContext tree) {
    return operators.compare(tree);
  }

  @Override
  public SqlNode visitUnary(UnaryContext tree) {
    return operators.unary(tree);
  }

  @Override
  public SqlNode visitBinary(BinaryContext tree) {
    return operators.binary(tree);
  }

  @Override
  public SqlNode visitBetween(BetweenContext tree) {
    return predicates.between(tree);
  }

  @Override
  public SqlNode visitInQuery(InQueryContext tree) {
    return predicates.inQuery(tree);
  }

  @Override
  public SqlNode visitInList(InListContext tree) {
    return predicates.inList(tree);
  }

  @Override
  public SqlNode visitLike(LikeContext tree) {
    return predicates.like(tree);
  }

  @Override
  public SqlNode visitLikeQuantified(LikeQuantifiedContext tree) {
    return predicates.likeQuantified(tree);
  }

  @Override
  public SqlNode visitDistinctFrom(DistinctFromContext tree) {
    return predicates.distinctFrom(tree);
  }

  @Override
  public SqlNode visitIsTest(IsTestContext tree) {
    return predicates.isTest(tree);
  }

  @Override
  public SqlNode visitExists(ExistsContext tree) {
    return SqlStdOperatorTable.EXISTS.createCall(
        place(tree), translation.queries().query(tree.query()));
  }

  @Override
  public SqlNode visitScalarQuery(ScalarQueryContext tree) {
    return SqlStdOperatorTable.SCALAR_QUERY.createCall(
        place(tree), translation.queries().query(tree.query()));
  }

  // ---------------------------------------------------------------- case, cast, calls

  @Override
  public SqlNode visitSearchedCase(SearchedCaseContext tree) {
    return cases.searched(tree);
  }

  @Override
  public SqlNode visitSimpleCase(SimpleCaseContext tree) {
    return cases.simple(tree);
  }

  @Override
  public SqlNode visitCast(CastContext tree) {
    return casts.cast(tree);
  }

  @Override
  public SqlNode visitShortCast(ShortCastContext tree) {
    return casts.shortCast(tree);
  }

  @Override
  public SqlNode visitStarCall(StarCallContext tree) {
    return calls.star(tree);
  }

  @Override
  public SqlNode visitFunctionCall(FunctionCallContext tree) {
    return calls.call(tree);
  }

  @Override
  public SqlNode visitPredictCall(PredictCallContext tree) {
    return predictions.label(tree);
  }

  @Override
  public SqlNode visitExtract(ExtractContext tree) {
    return texts.extract(tree);
  }

  @Override
  public SqlNode visitSubstring(SubstringContext tree) {
    return texts.substring(tree);
  }

  @Override
  public SqlNode visitTrim(TrimContext tree) {
    return texts.trim(tree);
  }

  @Override
  public SqlNode visitPosition(PositionContext tree) {
    return texts.position(tree);
  }

  @Override
  public SqlNode visitOverlay(OverlayContext tree) {
    return texts.overlay(tree);
  }

  @Override
  public SqlNode visitLambda(LambdaContext tree) {
    throw new NotRepresentable("a lambda");
  }

  // ---------------------------------------------------------------- columns

  @Override
  public SqlNode visitColumn(ColumnContext tree) {
    return columns.column(tree);
  }

  @Override
  public SqlNode visitDereference(DereferenceContext tree) {
    return PredictToSql.call(tree.primary())
        .map(call -> predictions.field(tree, call))
        .orElseGet(() -> columns.dereference(tree));
  }

  @Override
  public SqlNode visitVariantField(VariantFieldContext tree) {
    return templates.of(tree);
  }

  @Override
  public SqlNode visitCollate(CollateContext tree) {
    return templates.of(tree);
  }

  @Override
  public SqlNode visitSubscript(SubscriptContext tree) {
    return columns.subscript(tree);
  }

  @Override
  public SqlNode visitStar(StarContext tree) {
    return columns.star(tree);
  }

  @Override
  public SqlNode visitQualifiedStar(QualifiedStarContext tree) {
    return columns.qualifiedStar(tree);
  }

  @Override
  public SqlNode visitIdentifierColumn(IdentifierColumnContext tree) {
    return columns.identifier(tree);
  }

  @Override
  public SqlNode visitStructValue(StructValueContext tree) {
    return new StructToSql(translation).struct(tree);
  }

  @Override
  public SqlNode visitRowValue(RowValueContext tree) {
    if (tree.namedField().stream().anyMatch(field -> field.name() != null)) {
      return new StructToSql(translation).row(tree);
    }
    List<SqlNode> fields = tree.namedField().stream().map(f -> visit(f.expression())).toList();
    return SqlStdOperatorTable.ROW.createCall(place(tree), fields);
  }

  @Override
  public SqlNode visitPositionalParameter(PositionalParameterContext tree) {
    return literals.parameter(tree);
  }

  @Override
  public SqlNode visitNamedParameter(NamedParameterContext tree) {
    return literals.named(tree);
  }

  // ---------------------------------------------------------------- literals

  @Override
  public SqlNode visitConstantValue(ConstantValueContext tree) {
    return visit(tree.constant());
  }

  @Override
  public SqlNode visitNullLiteral(NullLiteralContext tree) {
    return literals.nothing(tree);
  }

  @Override
  public SqlNode visitBooleanLiteral(BooleanLiteralContext tree) {
    return literals.truth(tree);
  }

  @Override
  public SqlNode visitStringLiteral(StringLiteralContext tree) {
    return literals.text(tree);
  }

  @Override
  public SqlNode visitNumberLiteral(NumberLiteralContext tree) {
    return literals.number(tree.number());
  }

  @Override
  public SqlNode visitDatetimeLiteral(DatetimeLiteralContext tree) {
    return literals.datetime(tree);
  }

  @Override
  public SqlNode visitTypedLiteral(TypedLiteralContext tree) {
    return templates.of(tree);
  }

  @Override
  public SqlNode visitIntervalLiteral(IntervalLiteralContext tree) {
    return intervals.literal(tree.interval());
  }
}
