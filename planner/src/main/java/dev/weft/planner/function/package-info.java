/**
 * Spark's functions and operators as Calcite's: known by asking Spark, typed by asking Spark.
 *
 * <p>In a plan, a call whose operator is a {@link dev.weft.planner.function.SparkOperator} means
 * Spark's function of that name over the operands in order; everything else is one of Calcite's
 * standard operators listed in {@link dev.weft.planner.rel}.
 */
@NullMarked
package dev.weft.planner.function;

import org.jspecify.annotations.NullMarked;
