package dev.weft.engine.task;

import dev.weft.engine.EngineParts;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Workspace;
import dev.weft.engine.spi.RelationalBackend;
import dev.weft.engine.spi.Run;
import dev.weft.planner.AlgorithmCatalog;

/**
 * What a task works with.
 *
 * @param last whether it is the last statement of what was submitted, whose rows are always shown
 */
public record TaskContext(
    EngineParts parts,
    AlgorithmCatalog algorithms,
    Workspace workspace,
    Run run,
    SessionListener listener,
    boolean last) {

  RelationalBackend relations() {
    return parts.relations().get();
  }
}
