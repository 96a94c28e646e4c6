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
 * @param relations asked at the first statement that needs it, so that Spark may start meanwhile;
 *     the same object each time
 * @param predictors knows the model runtimes
 * @param endpoints asked at the first SERVE; the same object each time
 * @param project the folder that holds {@code .weft}
 */
public record EngineParts(
    Supplier<RelationalBackend> relations,
    StoredPredictors predictors,
    Supplier<EndpointServer> endpoints,
    ModelStore store,
    Path project) {}
