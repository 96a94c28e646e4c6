/** Parameters of scripts: their values, of their types, and how Spark and options get them. */
@NullMarked
package dev.weft.planner.param;

import org.jspecify.annotations.NullMarked;
