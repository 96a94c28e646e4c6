/** Spark's types as Calcite holds them, and back. */
@NullMarked
package dev.weft.planner.types;

import org.jspecify.annotations.NullMarked;
