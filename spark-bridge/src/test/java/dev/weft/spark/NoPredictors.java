package dev.weft.spark;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.Predictors;
import dev.weft.engine.spi.Run;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.spark.mllib.MllibBackend;
import dev.weft.spark.run.RunRegistry;
import org.apache.spark.sql.classic.SparkSession;

/** For sessions without models. */
final class NoPredictors implements Predictors {

  static ModelFunctions models(SparkSession session) {
    RunRegistry runs = new RunRegistry();
    return new ModelFunctions(new NoPredictors(), new MllibBackend(() -> session, runs), runs);
  }

  @Override
  public ModelFiles files(PlannedModel model, Run run) {
    throw new IllegalStateException("there are no models here");
  }

  @Override
  public ArrowExchange exchange(PlannedModel model, Run run) {
    throw new IllegalStateException("there are no models here");
  }
}
