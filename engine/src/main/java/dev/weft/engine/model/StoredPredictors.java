package dev.weft.engine.model;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.OnnxFiles;
import dev.weft.engine.spi.Predictors;
import dev.weft.engine.spi.PythonBackend;
import dev.weft.engine.spi.RelationalBackend;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.BrokenModel;
import java.util.List;
import java.util.function.Supplier;

/** The way from a model's name in a plan to its files and to the runtime that answers for it. */
public final class StoredPredictors implements Predictors {

  private final ModelStore store;
  private volatile List<ModelBackend> backends = List.of();
  private volatile PythonBackend python = PythonBackend.NONE;

  public StoredPredictors(ModelStore store) {
    this.store = store;
  }

  /** Called once, when the backends exist: one of them may itself need the relational engine. */
  public void use(List<ModelBackend> runtimes) {
    backends = List.copyOf(runtimes);
  }

  /** Called once, before the first statement, where there is Python. */
  public void use(PythonBackend runtime) {
    python = runtime;
  }

  @Override
  public PythonBackend python() {
    return python;
  }

  /** The runtimes, in the order given. */
  public List<ModelBackend> backends() {
    return backends;
  }

  /** The runtime that declares an algorithm. */
  public ModelBackend backend(String algorithm, Run run) {
    return backends.stream()
        .filter(b -> b.answers(algorithm))
        .findFirst()
        .orElseThrow(() -> ErrorCode.ALGORITHM_NOT_FOUND.failure(run.span(), algorithm, ""));
  }

  /** What writes and reads ONNX. */
  public OnnxFiles onnx(Run run) {
    return backends.stream()
        .flatMap(backend -> backend.onnx().stream())
        .findFirst()
        .orElseThrow(
            () ->
                ErrorCode.NOT_AVAILABLE.failure(
                    run.span(), "ONNX without a Python runtime", "run ./weft doctor"));
  }

  @Override
  public ModelFiles files(PlannedModel model, Run run) {
    int version =
        model
            .version()
            .orElseThrow(() -> new IllegalStateException(model + " is used before it is trained"));
    return files(model.name(), version, run);
  }

  /** The checked files of a version. */
  public ModelFiles files(String name, int version, Run run) {
    try {
      ModelStore.Stored stored = store.verified(name, version);
      Manifest manifest = stored.manifest();
      return new ModelFiles(name, version, manifest.signature(), stored.folder(), manifest.hash());
    } catch (BrokenModel e) {
      throw ErrorCode.MODEL_CORRUPT.failure(run.span(), e.model(), e.reason());
    }
  }

  /**
   * Answers raw rows, for SERVE.
   *
   * @param relations opens the relational engine for a model that computes its features itself
   */
  public RowPredictor rows(ModelFiles files, Supplier<RelationalBackend> relations, Run run) {
    RowPredictor model = backend(files.signature().algorithm(), run).predictor(files, run);
    if (files.signature().transform().isEmpty()) {
      return model;
    }
    Manifest manifest = store.manifest(files.name(), files.version());
    return new TransformingPredictor(relations.get(), store, manifest, model, run);
  }

  @Override
  public ArrowExchange exchange(PlannedModel model, Run run) {
    ModelFiles files = files(model, run);
    return backend(files.signature().algorithm(), run).exchange(files, run);
  }
}
