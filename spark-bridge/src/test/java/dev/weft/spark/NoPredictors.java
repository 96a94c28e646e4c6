package dev.weft.spark;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.Predictors;
import dev.weft.engine.spi.Run;
import dev.weft.planner.plan.PlannedModel;

/** For sessions without models. */
final class NoPredictors implements Predictors {

  @Override
  public ModelFiles files(PlannedModel model, Run run) {
    throw new IllegalStateException("there are no models here");
  }

  @Override
  public ArrowExchange exchange(PlannedModel model, Run run) {
    throw new IllegalStateException("there are no models here");
  }
}
