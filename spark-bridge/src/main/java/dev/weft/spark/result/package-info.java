/** Rows on their way out of Spark: batches kept as blocks, read in order. */
@NullMarked
package dev.weft.spark.result;

import org.jspecify.annotations.NullMarked;
