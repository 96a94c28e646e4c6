/** The relational nodes of ours, beside Calcite's own. */
@NullMarked
package dev.weft.planner.rel;

import org.jspecify.annotations.NullMarked;
