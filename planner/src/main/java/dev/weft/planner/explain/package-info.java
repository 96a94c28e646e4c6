/** What EXPLAIN PLAN shows: a plan as a tree of text that stays the same from run to run. */
@NullMarked
package dev.weft.planner.explain;

import org.jspecify.annotations.NullMarked;
