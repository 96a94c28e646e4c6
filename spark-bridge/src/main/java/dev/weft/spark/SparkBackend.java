package dev.weft.spark;

import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.Predictors;
import dev.weft.engine.spi.RelationalBackend;
import dev.weft.spark.mllib.MllibBackend;
import dev.weft.spark.run.RunRegistry;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.classic.SparkSession;

/** The process's one Spark, which all sessions share. */
public final class SparkBackend implements AutoCloseable {

  private final CompletableFuture<SparkSession> starting;
  private final RunRegistry runs = new RunRegistry();
  private final MllibBackend mllib;
  private final ModelFunctions models;
  private final PythonFunctions python;

  private SparkBackend(SparkSettings settings, Predictors predictors) {
    this.starting =
        SparkStart.begin(settings)
            .thenApply(
                session -> {
                  session.sparkContext().addSparkListener(runs);
                  return session;
                });
    this.mllib = new MllibBackend(starting::join, runs);
    this.models = new ModelFunctions(predictors, mllib, runs);
    this.python = new PythonFunctions(predictors, runs);
  }

  /** Begins to start Spark and returns at once; what needs Spark waits for it. */
  public static SparkBackend open(SparkSettings settings, Predictors predictors) {
    return new SparkBackend(settings, predictors);
  }

  /** Relational plans with names and settings of their own; waits for nothing. */
  public RelationalBackend newSession() {
    return new SparkRelations(starting.thenApply(SparkSession::newSession), runs, models, python);
  }

  /** Training and prediction with MLlib, in the same Spark. */
  public ModelBackend mllib() {
    return mllib;
  }

  @Override
  public void close() {
    starting.thenAccept(SparkSession::stop).join();
  }
}
