/**
 * Statements to plans: names, types and options of a whole script are resolved before anything
 * runs, and its relational parts become Calcite expressions with PREDICT as a node among the
 * others.
 */
@NullMarked
package dev.weft.planner;

import org.jspecify.annotations.NullMarked;
