package dev.weft.spark.convert;

import dev.weft.planner.rule.SentSides;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CurrentRow$;
import org.apache.spark.sql.catalyst.expressions.Exists;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FrameType;
import org.apache.spark.sql.catalyst.expressions.GroupingSets$;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.LateralSubquery;
import org.apache.spark.sql.catalyst.expressions.ListQuery;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NullOrdering;
import org.apache.spark.sql.catalyst.expressions.RangeFrame$;
import org.apache.spark.sql.catalyst.expressions.RowFrame$;
import org.apache.spark.sql.catalyst.expressions.ScalarSubquery;
import org.apache.spark.sql.catalyst.expressions.SortDirection;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.SpecifiedWindowFrame;
import org.apache.spark.sql.catalyst.expressions.UnboundedFollowing$;
import org.apache.spark.sql.catalyst.expressions.UnboundedPreceding$;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowFrame;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.JoinType;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.BROADCAST$;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.HintInfo;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.JoinHint;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.Limit$;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Every constructor call of a Catalyst class, in one place: they change between releases of Spark
 * and have no default arguments in Java.
 */
public final class Catalyst {

  static final Expression TRUE = Literal.TrueLiteral();
  static final Expression FALSE = Literal.FalseLiteral();

  private Catalyst() {}

  /** A Java list as Scala's. */
  public static <T> Seq<T> seq(List<? extends T> list) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(list)).toSeq();
  }

  /** A Scala sequence as Java's list. */
  public static <T> List<T> list(scala.collection.Seq<T> seq) {
    return CollectionConverters.asJava(seq);
  }

  // Expressions.

  static Expression attribute(String name) {
    return new UnresolvedAttribute(seq(List.of(name)));
  }

  /** An attribute that a node of ours produces. */
  public static AttributeReference produced(String name, DataType type, boolean nullable) {
    return new AttributeReference(
        name, type, nullable, Metadata.empty(), NamedExpression.newExprId(), seq(List.of()));
  }

  /** A named expression. */
  public static NamedExpression alias(Expression expression, String name) {
    return new Alias(
        expression,
        name,
        NamedExpression.newExprId(),
        seq(List.of()),
        Option.empty(),
        seq(List.of()));
  }

  static Expression call(String function, List<Expression> arguments) {
    return aggregate(function, arguments, false, null, false, List.of());
  }

  static Expression call(String function, Expression... arguments) {
    return call(function, List.of(arguments));
  }

  static Expression aggregate(
      String function,
      List<Expression> arguments,
      boolean distinct,
      @Nullable Expression filter,
      boolean ignoreNulls,
      List<SortOrder> withinGroup) {
    return new UnresolvedFunction(
        seq(List.of(function.split("\\.", -1))),
        seq(arguments),
        distinct,
        Option.apply(filter),
        ignoreNulls,
        seq(withinGroup),
        false);
  }

  static Expression text(String value) {
    return literal(UTF8String.fromString(value), DataTypes.StringType);
  }

  static Expression literal(@Nullable Object internal, DataType type) {
    return new Literal(internal, type);
  }

  /** A cast with the session's ANSI setting. */
  public static Expression cast(Expression value, DataType type) {
    return new Cast(value, type, Option.empty());
  }

  static Expression tryCast(Expression value, DataType type) {
    return new Cast(
        value,
        type,
        Option.empty(),
        org.apache.spark.sql.catalyst.expressions.EvalMode$.MODULE$.TRY());
  }

  static Expression caseWhen(
      List<Tuple2<Expression, Expression>> branches, @Nullable Expression otherwise) {
    return new CaseWhen(seq(branches), Option.apply(otherwise));
  }

  static Expression in(Expression value, List<Expression> list) {
    return new In(value, seq(list));
  }

  static Expression extract(Expression value, Expression key) {
    return new UnresolvedExtractValue(value, key);
  }

  /** Spark's 64-bit hash of values. */
  public static Expression hash(List<? extends Expression> values, long seed) {
    return new XxHash64(seq(values), seed);
  }

  static SortOrder order(Expression value, SortDirection direction, NullOrdering nulls) {
    return new SortOrder(value, direction, nulls, seq(List.of()));
  }

  static Expression window(
      Expression function, List<Expression> partitions, List<SortOrder> orders, WindowFrame frame) {
    return new WindowExpression(
        function, new WindowSpecDefinition(seq(partitions), seq(orders), frame));
  }

  static WindowFrame frame(FrameType type, Expression lower, Expression upper) {
    return new SpecifiedWindowFrame(type, lower, upper);
  }

  /** A window function under another frame. */
  static Expression framed(WindowExpression window, WindowFrame frame) {
    WindowSpecDefinition over = window.windowSpec();
    return new WindowExpression(
        window.windowFunction(),
        new WindowSpecDefinition(over.partitionSpec(), over.orderSpec(), frame));
  }

  /** The frame that Spark takes where none is written. */
  static WindowFrame usualFrame(boolean ordered) {
    return ordered
        ? new SpecifiedWindowFrame(
            RangeFrame$.MODULE$, UnboundedPreceding$.MODULE$, CurrentRow$.MODULE$)
        : new SpecifiedWindowFrame(
            RowFrame$.MODULE$, UnboundedPreceding$.MODULE$, UnboundedFollowing$.MODULE$);
  }

  static Expression groupingSets(List<List<Expression>> sets, List<Expression> keys) {
    return GroupingSets$.MODULE$.apply(
        seq(sets.stream().map(Catalyst::<Expression>seq).toList()), seq(keys));
  }

  static Expression exists(LogicalPlan plan) {
    return new Exists(
        plan, seq(List.of()), NamedExpression.newExprId(), seq(List.of()), Option.empty());
  }

  static Expression inQuery(List<Expression> values, LogicalPlan plan, int columns) {
    ListQuery query =
        new ListQuery(
            plan,
            seq(List.of()),
            NamedExpression.newExprId(),
            columns,
            seq(List.of()),
            Option.empty());
    return new InSubquery(seq(values), query);
  }

  static Expression scalarQuery(LogicalPlan plan) {
    return new ScalarSubquery(
        plan,
        seq(List.of()),
        NamedExpression.newExprId(),
        seq(List.of()),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  /** A column of a row by position. */
  public static Expression position(int index, DataType type) {
    return new BoundReference(index, type, true);
  }

  /** An expression with its attributes replaced by positions in a row of these. */
  public static Expression bound(Expression expression, List<Attribute> input) {
    if (!(expression instanceof Attribute attribute)) {
      return expression.mapChildren(
          new AbstractFunction1<>() {
            @Override
            public Expression apply(Expression child) {
              return bound(child, input);
            }
          });
    }
    for (int i = 0; i < input.size(); i++) {
      if (input.get(i).exprId().equals(attribute.exprId())) {
        return new BoundReference(i, attribute.dataType(), attribute.nullable());
      }
    }
    throw new IllegalStateException("no input for " + expression);
  }

  /** An expression as Spark's SQL text says it. */
  static Expression parsed(String text) {
    return CatalystSqlParser$.MODULE$.parseExpression(text);
  }

  // Plans.

  /** A table of a data source. */
  public static LogicalPlan scan(Table table) {
    return DataSourceV2Relation.create(table, Option.empty(), Option.empty());
  }

  /** Chosen columns of a plan. */
  public static LogicalPlan project(List<? extends NamedExpression> columns, LogicalPlan child) {
    return new Project(seq(columns), child);
  }

  /** One expression over a plan; Spark names its columns. */
  static LogicalPlan unnamed(Expression value, LogicalPlan child) {
    return new Project(seq(List.of(new UnresolvedAlias(value, Option.empty()))), child);
  }

  /** A table of Spark's catalog by the parts of its name. */
  public static LogicalPlan relation(List<String> parts) {
    return new UnresolvedRelation(seq(parts), CaseInsensitiveStringMap.empty(), false);
  }

  /** A plan under the name that a text knows it by. */
  public static LogicalPlan named(String name, LogicalPlan plan) {
    return new SubqueryAlias(AliasIdentifier.apply(name), plan);
  }

  /** A plan with its columns renamed by position. */
  static LogicalPlan renamed(List<String> columns, LogicalPlan child) {
    return new UnresolvedSubqueryColumnAliases(seq(columns), child);
  }

  static LogicalPlan filter(Expression condition, LogicalPlan child) {
    return new Filter(condition, child);
  }

  static LogicalPlan join(
      LogicalPlan left,
      LogicalPlan right,
      JoinType type,
      @Nullable Expression condition,
      JoinHint hint) {
    return new Join(left, right, type, Option.apply(condition), hint);
  }

  /** Has Spark send a side of a join to all tasks. */
  static JoinHint sent(SentSides.Side side) {
    Option<HintInfo> sent = Option.apply(new HintInfo(Option.apply(BROADCAST$.MODULE$)));
    return side == SentSides.Side.LEFT
        ? new JoinHint(sent, Option.empty())
        : new JoinHint(Option.empty(), sent);
  }

  static LogicalPlan lateralJoin(
      LogicalPlan left, LogicalPlan right, JoinType type, @Nullable Expression condition) {
    LateralSubquery subquery =
        new LateralSubquery(
            right, seq(List.of()), NamedExpression.newExprId(), seq(List.of()), Option.empty());
    return new LateralJoin(left, subquery, type, Option.apply(condition));
  }

  static LogicalPlan aggregate(
      List<Expression> groups, List<NamedExpression> results, LogicalPlan child) {
    return new Aggregate(seq(groups), seq(results), child, Option.empty());
  }

  static LogicalPlan sort(List<SortOrder> orders, LogicalPlan child) {
    return new Sort(seq(orders), true, child, Option.empty());
  }

  static LogicalPlan limit(Expression count, LogicalPlan child) {
    return (LogicalPlan) Limit$.MODULE$.apply(count, child);
  }

  static LogicalPlan offset(Expression count, LogicalPlan child) {
    return new Offset(count, child);
  }

  static LogicalPlan union(List<LogicalPlan> inputs) {
    return new Union(seq(inputs), false, false);
  }

  static LogicalPlan intersect(LogicalPlan left, LogicalPlan right, boolean all) {
    return new Intersect(left, right, all);
  }

  static LogicalPlan except(LogicalPlan left, LogicalPlan right, boolean all) {
    return new Except(left, right, all);
  }

  /** What a generator makes of each row, behind it. */
  static LogicalPlan generate(
      String function,
      List<Expression> arguments,
      boolean outer,
      List<String> names,
      LogicalPlan child) {
    List<Attribute> columns = new ArrayList<>();
    names.forEach(name -> columns.add(new UnresolvedAttribute(seq(List.of(name)))));
    return new Generate(
        new UnresolvedGenerator(new FunctionIdentifier(function), seq(arguments)),
        seq(List.of()),
        outer,
        Option.empty(),
        seq(columns),
        child);
  }

  /** One row without columns. */
  static LogicalPlan oneRow() {
    return new OneRowRelation();
  }

  static LogicalPlan distinct(LogicalPlan child) {
    return new Distinct(child);
  }

  static LogicalPlan inlineTable(List<String> names, List<List<Expression>> rows) {
    return new UnresolvedInlineTable(
        seq(names), seq(rows.stream().map(Catalyst::<Expression>seq).toList()));
  }

  static LogicalPlan emptyTable(StructType columns) {
    return LocalRelation$.MODULE$.apply(columns);
  }
}
