/**
 * The relational nodes of ours, beside Calcite's own, and with them the vocabulary of a plan: all
 * that a backend has to understand.
 *
 * <p>Nodes: Calcite's LogicalProject, LogicalFilter, LogicalJoin (inner, left, right, full, semi,
 * anti), LogicalAggregate (with grouping sets, FILTER, DISTINCT, WITHIN GROUP), LogicalSort,
 * LogicalUnion, LogicalIntersect, LogicalMinus, LogicalValues, and the ones of this package. Inputs
 * may be shared between nodes.
 *
 * <p>Expressions: input references, literals, RexOver, RexSubQuery (EXISTS, IN, SCALAR_QUERY, with
 * RexCorrelVariable and RexFieldAccess inside), and calls of either a {@link
 * dev.weft.planner.function.SparkOperator}, which is Spark's function of that name, or one of the
 * standard AND, OR, NOT, CASE, CAST, SAFE_CAST (Spark's try_cast), IS [NOT] NULL, TRUE, FALSE, the
 * comparisons =, &lt;&gt;, &lt;, &lt;=, &gt;, &gt;= and IS [NOT] DISTINCT FROM. No operand is cast
 * where the text does not say so: the backend coerces as Spark does.
 *
 * <p>Aggregate and window functions are {@link dev.weft.planner.function.SparkAggregate}s; count
 * without arguments is {@code count(1)}. In an aggregate call, the constants that Spark wants
 * constant are fields of that operator and not arguments of the call.
 *
 * <p>Types are Spark's, as {@link dev.weft.planner.types.SparkTypes} maps them.
 */
@NullMarked
package dev.weft.planner.rel;

import org.jspecify.annotations.NullMarked;
