/**
 * Operators of Spark's that send a task's rows elsewhere as Arrow: what PREDICT and PYTHON share.
 */
@NullMarked
package dev.weft.spark.operator;

import org.jspecify.annotations.NullMarked;
