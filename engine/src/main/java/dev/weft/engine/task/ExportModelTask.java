package dev.weft.engine.task;

import dev.weft.engine.model.ModelFolder;
import dev.weft.engine.model.RemoteModel;
import dev.weft.engine.model.RemoteReason;
import dev.weft.engine.model.StoredPredictors;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.OnnxFiles;
import dev.weft.engine.spi.RemoteFiles;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan.ExportModelPlan;
import dev.weft.planner.portable.PortableTransform;
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
      if (plan.target().remote()) {
        elsewhere(plan, files, context);
      } else {
        here(plan, files, context);
      }
    } catch (IOException e) {
      throw failure(plan, "'" + plan.target() + "' cannot be written: " + why(plan, e));
    }
    context.listener().produced("model " + plan.model(), plan.target().toString());
    return Outcome.done(plan.model() + " exported as " + plan.format());
  }

  private static void here(ExportModelPlan plan, ModelFiles files, TaskContext context)
      throws IOException {
    Path target = plan.target().path();
    check(plan, target);
    Files.createDirectories(Objects.requireNonNull(target.toAbsolutePath().getParent()));
    if (plan.format().equals("onnx")) {
      onnx(plan, files, target, context);
    } else {
      ModelFolder.copy(files.folder(), target);
    }
  }

  private static void elsewhere(ExportModelPlan plan, ModelFiles files, TaskContext context)
      throws IOException {
    RemoteFiles there = context.parts().store().remote();
    String target = plan.target().text();
    boolean onnx = plan.format().equals("onnx");
    if (there.exists(target)) {
      boolean folder = there.isFolder(target);
      boolean model = folder && RemoteModel.isModel(there, target);
      refuse(plan, onnx, folder, model);
    }
    if (!onnx) {
      RemoteModel.put(there, files.folder(), target);
      return;
    }
    Path scratch = Files.createTempDirectory("weft-export-");
    try {
      Path file = scratch.resolve("model.onnx");
      onnx(plan, files, file, context);
      there.replace(target, Files.readAllBytes(file));
    } finally {
      ModelFolder.delete(scratch);
    }
  }

  private static void onnx(ExportModelPlan plan, ModelFiles files, Path target, TaskContext context)
      throws IOException {
    String transform = plan.transform().map(each -> json(each, files, context)).orElse("");
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
          transform,
          target,
          context.run());
    } finally {
      ModelFolder.delete(scratch);
    }
  }

  private static String json(PortableTransform transform, ModelFiles files, TaskContext context) {
    return new PortableJson(context.parts().store().fitted(files.name(), files.version()))
        .text(transform);
  }

  private static void check(ExportModelPlan plan, Path target) {
    if (Files.exists(target)) {
      boolean folder = Files.isDirectory(target);
      refuse(plan, plan.format().equals("onnx"), folder, folder && ModelFolder.isModel(target));
    }
  }

  /** What came there since the script was checked is not replaced unasked. */
  private static void refuse(ExportModelPlan plan, boolean onnx, boolean folder, boolean model) {
    if (!plan.overwrite()) {
      throw failure(plan, "'" + plan.target() + "' exists already");
    }
    if (folder == onnx) {
      throw failure(
          plan,
          "'" + plan.target() + "' is a " + (folder ? "folder" : "file") + "; remove it first");
    }
    if (folder && !model) {
      throw failure(plan, "the folder '" + plan.target() + "' is no model; give another path");
    }
  }

  private static String why(ExportModelPlan plan, IOException failure) {
    return plan.target().remote() ? RemoteReason.of(failure) : failure.toString();
  }

  private static RuntimeException failure(ExportModelPlan plan, String why) {
    return ErrorCode.EXPORT_FAILED.failure(plan.span(), plan.model(), why);
  }
}
