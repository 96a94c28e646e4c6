package dev.weft.spark.convert;

import java.util.List;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
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
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Every constructor call of an expression of Catalyst's, in one place: they change between releases
 * of Spark and have no default arguments in Java. Those of plans are in {@link CatalystPlans}.
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
}
