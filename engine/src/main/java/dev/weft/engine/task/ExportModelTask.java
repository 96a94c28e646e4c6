package dev.weft.engine.task;

import dev.weft.engine.model.ModelFolder;
import dev.weft.engine.model.StoredPredictors;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.OnnxFiles;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan.ExportModelPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** EXPORT MODEL: a file or folder that appears whole, by one rename, or not at all. */
final class ExportModelTask implements Task<ExportModelPlan> {

  @Override
  public Outcome run(ExportModelPlan plan, TaskContext context) {
    StoredPredictors predictors = context.parts().predictors();
    ModelFiles files = predictors.files(plan.model(), context.run());
    try {
      check(plan);
      Files.createDirectories(Objects.requireNonNull(plan.target().toAbsolutePath().getParent()));
      if (plan.format().equals("onnx")) {
        onnx(plan, files, context);
      } else {
        ModelFolder.copy(files.folder(), plan.target());
      }
    } catch (IOException e) {
      throw failure(plan, "'" + plan.target() + "' cannot be written: " + e);
    }
    context.listener().produced("model " + plan.model(), plan.target().toString());
    return Outcome.done(plan.model() + " exported as " + plan.format());
  }

  private static void onnx(ExportModelPlan plan, ModelFiles files, TaskContext context)
      throws IOException {
    StoredPredictors predictors = context.parts().predictors();
    OnnxFiles onnx = predictors.onnx(context.run());
    Path scratch = Files.createTempDirectory("weft-export-");
    try {
      Path readable =
          predictors
              .backend(files.signature().algorithm(), context.run())
              .portable(files, scratch, context.run());
      onnx.write(
          new ModelFiles(files.name(), files.version(), files.signature(), readable),
          plan.target(),
          context.run());
    } finally {
      ModelFolder.delete(scratch);
    }
  }

  /** What came there since the script was checked is not replaced unasked. */
  private static void check(ExportModelPlan plan) {
    if (Files.exists(plan.target()) && !plan.overwrite()) {
      throw failure(plan, "'" + plan.target() + "' exists already");
    }
    boolean folder = Files.isDirectory(plan.target());
    if (Files.exists(plan.target()) && folder == plan.format().equals("onnx")) {
      throw failure(
          plan,
          "'" + plan.target() + "' is a " + (folder ? "folder" : "file") + "; remove it first");
    }
    if (folder && !ModelFolder.isModel(plan.target())) {
      throw failure(plan, "the folder '" + plan.target() + "' is no model; give another path");
    }
  }

  private static RuntimeException failure(ExportModelPlan plan, String why) {
    return ErrorCode.EXPORT_FAILED.failure(plan.span(), plan.model(), why);
  }
}
