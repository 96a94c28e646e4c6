package dev.weft.spark.convert;

import dev.weft.planner.rule.SentSides;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.LateralSubquery;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
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
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Every constructor call of a plan of Catalyst's, in one place, as {@link Catalyst} has those of
 * expressions.
 */
public final class CatalystPlans {

  private CatalystPlans() {}

  /** A table of a data source. */
  public static LogicalPlan scan(Table table) {
    return DataSourceV2Relation.create(table, Option.empty(), Option.empty());
  }

  /** Chosen columns of a plan. */
  public static LogicalPlan project(List<? extends NamedExpression> columns, LogicalPlan child) {
    return new Project(Catalyst.seq(columns), child);
  }

  /** One expression over a plan; Spark names its columns. */
  static LogicalPlan unnamed(Expression value, LogicalPlan child) {
    return new Project(Catalyst.seq(List.of(new UnresolvedAlias(value, Option.empty()))), child);
  }

  /** A table of Spark's catalog by the parts of its name. */
  public static LogicalPlan relation(List<String> parts) {
    return new UnresolvedRelation(Catalyst.seq(parts), CaseInsensitiveStringMap.empty(), false);
  }

  /** A plan under the name that a text knows it by. */
  public static LogicalPlan named(String name, LogicalPlan plan) {
    return new SubqueryAlias(AliasIdentifier.apply(name), plan);
  }

  /** A plan with its columns renamed by position. */
  static LogicalPlan renamed(List<String> columns, LogicalPlan child) {
    return new UnresolvedSubqueryColumnAliases(Catalyst.seq(columns), child);
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
            right,
            Catalyst.seq(List.of()),
            NamedExpression.newExprId(),
            Catalyst.seq(List.of()),
            Option.empty());
    return new LateralJoin(left, subquery, type, Option.apply(condition));
  }

  static LogicalPlan aggregate(
      List<Expression> groups, List<NamedExpression> results, LogicalPlan child) {
    return new Aggregate(Catalyst.seq(groups), Catalyst.seq(results), child, Option.empty());
  }

  static LogicalPlan sort(List<SortOrder> orders, LogicalPlan child) {
    return new Sort(Catalyst.seq(orders), true, child, Option.empty());
  }

  static LogicalPlan limit(Expression count, LogicalPlan child) {
    return (LogicalPlan) Limit$.MODULE$.apply(count, child);
  }

  static LogicalPlan offset(Expression count, LogicalPlan child) {
    return new Offset(count, child);
  }

  static LogicalPlan union(List<LogicalPlan> inputs) {
    return new Union(Catalyst.seq(inputs), false, false);
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
    names.forEach(name -> columns.add(new UnresolvedAttribute(Catalyst.seq(List.of(name)))));
    return new Generate(
        new UnresolvedGenerator(FunctionIdentifiers.identifier(function), Catalyst.seq(arguments)),
        Catalyst.seq(List.of()),
        outer,
        Option.empty(),
        Catalyst.seq(columns),
        child);
  }

  /** What a generator makes of no row. */
  public static LogicalPlan generated(Generator rows) {
    return new Generate(
        rows,
        Catalyst.seq(List.of()),
        false,
        Option.empty(),
        Catalyst.seq(List.of()),
        new OneRowRelation());
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
        Catalyst.seq(names), Catalyst.seq(rows.stream().map(Catalyst::<Expression>seq).toList()));
  }

  static LogicalPlan emptyTable(StructType columns) {
    return LocalRelation$.MODULE$.apply(columns);
  }
}
