/**
 * Queries: parse tree to Calcite's SqlNode, one file per construct, checked by a validator that
 * knows Spark's rules, and turned into a relational expression.
 *
 * <p>The walk: {@link dev.weft.planner.query.QueryPlanner} is the entry; {@link
 * dev.weft.planner.query.Translation} holds the parts that turn a tree into SqlNodes; {@link
 * dev.weft.planner.validate.SqlToRel} checks and converts; {@link dev.weft.planner.query.Handover}
 * gives to Spark what cannot be said here.
 */
@NullMarked
package dev.weft.planner.query;

import org.jspecify.annotations.NullMarked;
