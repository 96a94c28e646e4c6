package dev.weft.engine;

import dev.weft.engine.model.EndpointStore.Registered;
import dev.weft.engine.spi.EndpointServer.Served;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.AlgorithmCatalog;
import java.util.UUID;
import java.util.function.Consumer;

/** The middle of Weft: makes sessions over one set of parts, which it does not own. */
public final class Engine {

  private final EngineParts parts;
  private final AlgorithmCatalog algorithms;

  /** An engine over parts; starts nothing. */
  public Engine(EngineParts parts) {
    this.parts = parts;
    this.algorithms =
        new AlgorithmCatalog(
            parts.predictors().backends().stream()
                .flatMap(backend -> backend.algorithms().stream())
                .toList());
  }

  /** A new conversation, with no names of its own yet. */
  public Session newSession() {
    return new EmbeddedSession(parts, algorithms);
  }

  /** Every algorithm of every runtime. */
  public AlgorithmCatalog algorithms() {
    return algorithms;
  }

  /**
   * Serves again what SERVE registered in this project.
   *
   * @param failed hears one sentence per endpoint that cannot be served; the others are
   */
  public void restoreEndpoints(Consumer<String> failed) {
    for (Registered endpoint : parts.store().endpointStore().all()) {
      Run run = run("endpoint " + endpoint.endpoint());
      try {
        restore(endpoint, run);
      } catch (WeftException e) {
        failed.accept("endpoint " + endpoint.endpoint() + ": " + e.diagnostics().get(0).message());
      }
    }
  }

  private void restore(Registered endpoint, Run run) {
    ModelFiles files = parts.predictors().files(endpoint.model(), endpoint.version(), run);
    RowPredictor predictor = parts.predictors().rows(files, parts.relations(), run);
    Served served = new Served(files.name(), files.version(), files.signature(), predictor);
    parts.endpoints().get().serve(endpoint.endpoint(), served, run);
  }

  private static Run run(String what) {
    Source source = new Source("<" + what + ">", "");
    return new Run(UUID.randomUUID().toString(), Span.all(source), progress -> {}, () -> false);
  }
}
