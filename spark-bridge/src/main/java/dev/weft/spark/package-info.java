/**
 * The relational port on Spark: {@link dev.weft.spark.SparkBackend} runs plans, {@link
 * dev.weft.spark.SparkCatalog} answers what planning asks.
 *
 * <p>A plan becomes a Catalyst plan in {@code convert}, PREDICT is an operator of it in {@code
 * predict}, and {@code mllib} trains inside Spark.
 */
@NullMarked
package dev.weft.spark;

import org.jspecify.annotations.NullMarked;
