package dev.weft.ml;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What tests give to the backend. */
final class Fixtures {

  private static final Span SPAN = Span.all(new Source("test.weft", "train t as lightgbm.m"));

  private Fixtures() {}

  static RuntimeSettings settings(Path project) {
    return RuntimeSettings.of(project, System.getenv());
  }

  static Run run() {
    return run(progress -> {}, () -> false);
  }

  static Run run(Consumer<Progress> progress, BooleanSupplier cancelled) {
    return new Run("run", SPAN, progress, cancelled);
  }

  static ModelSignature signature(String algorithm, Task task, String labelType) {
    return new ModelSignature(
        algorithm,
        task,
        List.of(
            new Feature("x", "double", FeatureKind.NUMBER),
            new Feature("flag", "boolean", FeatureKind.BOOLEAN),
            new Feature("city", "string", FeatureKind.CATEGORY)),
        Optional.of(new Column("y", labelType, true)));
  }

  static ModelBackend.Job limited(ModelBackend.Job job, double seconds) {
    return new ModelBackend.Job(
        job.model(),
        job.signature(),
        job.data(),
        job.validation(),
        job.options(),
        job.split(),
        job.seed(),
        job.workers(),
        job.gpus(),
        OptionalDouble.of(seconds),
        job.folder());
  }

  static ModelBackend.Job job(
      ModelSignature signature, TrainingData data, Map<String, Object> options, Path folder) {
    return job(signature, data, options, folder, 1);
  }

  static ModelBackend.Job job(
      ModelSignature signature,
      TrainingData data,
      Map<String, Object> options,
      Path folder,
      int workers) {
    return new ModelBackend.Job(
        "m",
        signature,
        data,
        Optional.empty(),
        options,
        0.25,
        7,
        workers,
        0,
        OptionalDouble.empty(),
        folder);
  }
}
