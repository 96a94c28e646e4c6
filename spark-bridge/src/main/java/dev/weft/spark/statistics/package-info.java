/** What Spark's catalog and the footers of columnar files tell of rows without reading them. */
@NullMarked
package dev.weft.spark.statistics;

import org.jspecify.annotations.NullMarked;
