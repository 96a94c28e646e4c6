/**
 * Calcite's plans to Catalyst's, node by node; {@link dev.weft.spark.convert.ToSpark} is the way
 * in.
 */
@NullMarked
package dev.weft.spark.convert;

import org.jspecify.annotations.NullMarked;
