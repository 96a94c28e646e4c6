/** What the planner hands to the engine: one record per kind of statement. */
@NullMarked
package dev.weft.planner.plan;

import org.jspecify.annotations.NullMarked;
