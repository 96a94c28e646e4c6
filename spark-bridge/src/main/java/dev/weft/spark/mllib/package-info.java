/** Training and prediction with Spark's own MLlib, without Python. */
@NullMarked
package dev.weft.spark.mllib;

import org.jspecify.annotations.NullMarked;
