package dev.weft.engine.spi;

import dev.weft.planner.plan.PlannedModel;

/** How a relational engine reaches the models that its plans mention. */
public interface Predictors {

  /** The files of a model whose version is bound; checks them against their manifest. */
  ModelBackend.ModelFiles files(PlannedModel model, Run run);

  /** What runs users' Python. */
  default PythonBackend python() {
    return PythonBackend.NONE;
  }

  /** The function that answers for it, from whichever runtime made it. */
  ArrowExchange exchange(PlannedModel model, Run run);
}
