/** Rows that lie on actors, as a data source of Spark's that is read by column and in parallel. */
@NullMarked
package dev.weft.spark.source;

import org.jspecify.annotations.NullMarked;
