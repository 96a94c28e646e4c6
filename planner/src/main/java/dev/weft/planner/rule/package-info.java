/**
 * What is moved in a plan before Spark sees it: what Spark cannot move itself because it crosses
 * Predict, and what saves reading. Everything else is left to Spark's optimiser.
 *
 * <p>Each rule is one pass over the tree, without Calcite's rule engine: a cold start pays for
 * every class that is loaded.
 */
@NullMarked
package dev.weft.planner.rule;

import org.jspecify.annotations.NullMarked;
