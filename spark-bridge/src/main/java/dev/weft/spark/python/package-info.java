/**
 * Users' Python as an operator of Spark's: logical node, strategy, physical node, and a task's
 * part.
 */
@NullMarked
package dev.weft.spark.python;

import org.jspecify.annotations.NullMarked;
