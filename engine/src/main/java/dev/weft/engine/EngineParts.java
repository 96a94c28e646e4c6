package dev.weft.engine;

import dev.weft.engine.model.ModelStore;
import dev.weft.engine.model.StoredPredictors;
import dev.weft.engine.spi.EndpointServer;
import dev.weft.engine.spi.RelationalBackend;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What an engine is made of.
 *
 * @param relations opens the relational engine for one session; each session asks once, at its
 *     first statement, so that Spark may start meanwhile, and closes what it got
 * @param predictors knows the model runtimes
 * @param endpoints asked at the first SERVE; the same object each time
 * @param project the folder that holds {@code .weft}
 * @param lasting opens the relational engine for what outlives a session, such as an endpoint
 */
public record EngineParts(
    Supplier<RelationalBackend> relations,
    StoredPredictors predictors,
    Supplier<EndpointServer> endpoints,
    ModelStore store,
    Path project,
    Supplier<RelationalBackend> lasting) {

  /** The parts of an engine. */
  public EngineParts(
      Supplier<RelationalBackend> relations,
      StoredPredictors predictors,
      Supplier<EndpointServer> endpoints,
      ModelStore store,
      Path project) {
    this(relations, predictors, endpoints, store, project, relations);
  }

  /** The same parts with a relational engine that is there already. */
  EngineParts with(Supplier<RelationalBackend> opened) {
    return new EngineParts(opened, predictors, endpoints, store, project, lasting);
  }
}
