package dev.weft.spark;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The handle of a text in a plan: parsed, with the tables it may read. It is analysed again where
 * it is used, because a model it mentions may have got its version since.
 */
record SparkQuery(LogicalPlan parsed, ScriptTables tables) {}
