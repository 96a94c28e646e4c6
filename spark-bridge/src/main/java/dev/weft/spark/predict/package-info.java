/**
 * PREDICT as an operator of Spark's: logical node, strategy, physical node, and what a task does.
 */
@NullMarked
package dev.weft.spark.predict;

import org.jspecify.annotations.NullMarked;
