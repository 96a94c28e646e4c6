/**
 * Calcite as Spark has it: a validator, coercion and conversion with Spark's rules, and the
 * relational expressions that they make.
 *
 * <p>The entry is {@link dev.weft.planner.validate.SqlToRel}; nothing here knows the parse tree.
 */
@NullMarked
package dev.weft.planner.validate;

import org.jspecify.annotations.NullMarked;
