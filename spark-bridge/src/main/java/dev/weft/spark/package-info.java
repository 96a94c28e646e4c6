/**
 * The relational port on Spark: {@link dev.weft.spark.SparkBackend} runs plans, {@link
 * dev.weft.spark.SparkCatalog} answers what planning asks.
 *
 * <p>A plan becomes a Catalyst plan in {@code convert}, PREDICT is an operator of it in {@code
 * predict}, and {@code mllib} trains inside Spark. Files are {@code file}'s, rows on their way out
 * {@code result}'s, jobs and their end {@code run}'s, and what outlives a run {@code catalog}'s.
 */
@NullMarked
package dev.weft.spark;

import org.jspecify.annotations.NullMarked;
