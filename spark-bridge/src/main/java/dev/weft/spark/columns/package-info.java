/**
 * Rows of Spark's as Arrow columns and back. Both directions move a column at a stretch, with no
 * call and no object for each value, since these copies are most of what the bridge costs.
 */
@NullMarked
package dev.weft.spark.columns;

import org.jspecify.annotations.NullMarked;
