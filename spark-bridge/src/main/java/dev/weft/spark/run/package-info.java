/** Runs as Spark knows them: their jobs, their tasks, their end. */
@NullMarked
package dev.weft.spark.run;

import org.jspecify.annotations.NullMarked;
