/** What Spark throws, told as errors of Weft. */
@NullMarked
package dev.weft.spark.error;

import org.jspecify.annotations.NullMarked;
