package dev.weft.spark.convert;

import dev.weft.planner.function.SparkAggregate;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** GROUP BY with its aggregates and grouping sets. */
final class AggregateToSpark {

  static final Expression ONE = Catalyst.literal(1, DataTypes.IntegerType);

  private final ToSpark all;

  AggregateToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(Aggregate aggregate, Scope scope) {
    Arguments arguments = arguments(aggregate, scope);
    Relation input = arguments.relation();
    List<NamedExpression> results = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    List<Expression> keys = new ArrayList<>();
    List<String> names = aggregate.getRowType().getFieldNames();
    for (int key : aggregate.getGroupSet()) {
      keys.add(input.column(key));
      add(results, fresh, input.column(key), names.get(results.size()));
    }
    boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
    for (AggregateCall call : aggregate.getAggCallList()) {
      add(results, fresh, aggregate(call, arguments, simple), names.get(results.size()));
    }
    return new Relation(
        CatalystPlans.aggregate(groups(aggregate, input, keys), results, input.plan()), fresh);
  }

  private Arguments arguments(Aggregate aggregate, Scope scope) {
    RelNode below = aggregate.getInput().stripped();
    boolean filters = aggregate.getAggCallList().stream().anyMatch(AggregateCall::hasFilter);
    if (filters && below instanceof Project project && !project.containsOver()) {
      ProjectToSpark.Wide wide = new ProjectToSpark(all).wide(project, before(aggregate), scope);
      return new Arguments(below, wide.relation(), wide.computed());
    }
    return new Arguments(below, all.relation(below, scope), List.of());
  }

  /** The columns of the input that must be computed before anything is filtered out. */
  private static ImmutableBitSet before(Aggregate aggregate) {
    ImmutableBitSet.Builder columns = aggregate.getGroupSet().rebuild();
    for (AggregateCall call : aggregate.getAggCallList()) {
      if (call.hasFilter()) {
        columns.set(call.filterArg);
      } else {
        call.getArgList().forEach(columns::set);
      }
      call.getCollation().getKeys().forEach(columns::set);
    }
    return columns.build();
  }

  private void add(
      List<NamedExpression> results, List<String> fresh, Expression value, String name) {
    String unique = all.names().like(name);
    fresh.add(unique);
    results.add(Catalyst.alias(value, unique));
  }

  private static List<Expression> groups(
      Aggregate aggregate, Relation input, List<Expression> keys) {
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return keys;
    }
    List<List<Expression>> sets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      sets.add(set.toList().stream().map(input::column).toList());
    }
    return List.of(Catalyst.groupingSets(sets, keys));
  }

  private static Expression aggregate(AggregateCall call, Arguments arguments, boolean simple) {
    return TextPlaces.at(call.getParserPosition(), () -> placed(call, arguments, simple));
  }

  private static Expression placed(AggregateCall call, Arguments arguments, boolean simple) {
    return switch (call.getAggregation().getKind()) {
      case GROUPING, GROUPING_ID -> simple ? none(call) : grouping(call, arguments);
      case COUNT -> named("count", call, arguments);
      case SUM0 ->
          Catalyst.call(
              "coalesce",
              named("sum", call, arguments),
              Catalyst.literal(0, DataTypes.IntegerType));
      case SINGLE_VALUE -> throw new UnsupportedOperationException("aggregate SINGLE_VALUE");
      default ->
          named(FunctionNames.of(call.getAggregation(), call.getArgList().size()), call, arguments);
    };
  }

  /** With one grouping set every key is a key of every row; Spark refuses to be asked. */
  private static Expression none(AggregateCall call) {
    return Catalyst.cast(
        Catalyst.literal(0, DataTypes.IntegerType),
        call.getArgList().size() == 1 ? DataTypes.ByteType : DataTypes.LongType);
  }

  private static Expression named(String function, AggregateCall call, Arguments arguments) {
    List<SortOrder> within =
        call.getCollation().getFieldCollations().stream()
            .map(field -> SortToSpark.order(arguments.column(field.getFieldIndex()), field))
            .toList();
    List<Expression> values = arguments.of(call);
    boolean rows = values.isEmpty() && function.equals("count");
    return Catalyst.aggregate(
        function,
        rows ? List.of(ONE) : values,
        call.isDistinct(),
        arguments.filter(call),
        call.ignoreNulls(),
        within);
  }

  /** The constant arguments that the planner keeps beside the call. */
  static List<Expression> constants(SqlAggFunction function) {
    return function instanceof SparkAggregate spark
        ? spark.constants().stream().map(Catalyst::parsed).toList()
        : List.of();
  }

  static Expression call(
      String function, List<Expression> arguments, boolean distinct, boolean ignoreNulls) {
    return Catalyst.aggregate(function, arguments, distinct, null, ignoreNulls, List.of());
  }

  /** The bits of several columns, the first one highest, made of Spark's one-column GROUPING. */
  private static Expression grouping(AggregateCall call, Arguments arguments) {
    Expression bits = null;
    for (int column : call.getArgList()) {
      Expression bit =
          Catalyst.cast(
              Catalyst.call("grouping", arguments.column(column)),
              bits == null && call.getArgList().size() == 1
                  ? DataTypes.ByteType
                  : DataTypes.LongType);
      bits = bits == null ? bit : Catalyst.call("+", twice(bits), bit);
    }
    return bits == null ? Catalyst.literal(0L, DataTypes.LongType) : bits;
  }

  private static Expression twice(Expression bits) {
    return Catalyst.call("*", Catalyst.literal(2L, DataTypes.LongType), bits);
  }

  /**
   * The arguments of aggregates: columns, but literals where the input only passes one on, since
   * Spark wants to see the constant of {@code percentile(x, 0.5)}.
   *
   * @param computed the input's expressions where a call has a FILTER: what it filters out must not
   *     be computed before, since that may fail
   */
  private record Arguments(RelNode node, Relation relation, List<Expression> computed) {

    List<Expression> of(AggregateCall call) {
      List<Expression> values = new ArrayList<>();
      for (RexNode constant : call.rexList) {
        values.add(LiteralToSpark.convert((RexLiteral) constant));
      }
      for (int index = 0; index < call.getArgList().size(); index++) {
        int column = call.getArgList().get(index);
        boolean late = call.hasFilter() && !computed.isEmpty();
        Expression value = late ? computed.get(column) : column(column);
        values.add(index == 0 ? value : constantOr(column, value));
      }
      values.addAll(constants(call.getAggregation()));
      return values;
    }

    Expression column(int column) {
      return relation.column(column);
    }

    @Nullable Expression filter(AggregateCall call) {
      return call.hasFilter() ? column(call.filterArg) : null;
    }

    private Expression constantOr(int column, Expression otherwise) {
      if (node.stripped() instanceof Project project
          && project.getProjects().get(column) instanceof RexLiteral literal) {
        return LiteralToSpark.convert(literal);
      }
      return otherwise;
    }
  }
}
