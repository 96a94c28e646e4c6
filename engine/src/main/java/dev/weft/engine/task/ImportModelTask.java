package dev.weft.engine.task;

import dev.weft.engine.model.Fingerprint;
import dev.weft.engine.model.Manifest;
import dev.weft.engine.model.ModelFolder;
import dev.weft.engine.model.ModelStore;
import dev.weft.engine.spi.OnnxFiles.Taken;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.model.ForeignCode;
import dev.weft.planner.plan.StatementPlan.ImportModelPlan;
import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.ModelSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** IMPORT MODEL: a file of ONNX, or a folder that EXPORT wrote, becomes the next version. */
final class ImportModelTask implements Task<ImportModelPlan> {

  @Override
  public Outcome run(ImportModelPlan plan, TaskContext context) {
    if (!Files.exists(plan.source())) {
      throw failure(plan, "it is not there any more");
    }
    Manifest manifest = published(plan, context);
    String place = context.parts().store().place(manifest.name(), manifest.version());
    String model = manifest.name() + "@" + manifest.version();
    context.listener().produced("model " + model, place);
    return Outcome.done("model " + model + ", " + told(manifest.signature()));
  }

  private static Manifest published(ImportModelPlan plan, TaskContext context) {
    ModelStore store = context.parts().store();
    Path draft = null;
    try {
      draft = store.draft(plan.model());
      Manifest first =
          Files.isDirectory(plan.source())
              ? folder(plan, draft, context)
              : file(plan, draft, context);
      return store.publish(plan.model(), draft, version -> first.as(plan.model(), version));
    } catch (BrokenModel e) {
      throw failure(plan, e.reason());
    } catch (IOException e) {
      throw failure(plan, String.valueOf(e));
    } finally {
      if (draft != null) {
        store.discard(plan.model(), draft);
      }
    }
  }

  private static Manifest folder(ImportModelPlan plan, Path draft, TaskContext context)
      throws IOException {
    if (!ModelFolder.isModel(plan.source())) {
      throw failure(
          plan, "it is a folder without " + Manifest.FILE + ", so EXPORT did not write it");
    }
    Manifest manifest = ModelFolder.take(plan.source(), draft);
    String algorithm = manifest.signature().algorithm();
    if (context.parts().predictors().backends().stream().noneMatch(b -> b.answers(algorithm))) {
      List<String> known =
          context.algorithms().all().stream().map(AlgorithmDeclaration::name).toList();
      throw failure(
          plan, "there is no algorithm '" + algorithm + "' here" + Nearest.hint(algorithm, known));
    }
    return manifest;
  }

  private static Manifest file(ImportModelPlan plan, Path draft, TaskContext context)
      throws IOException {
    ForeignCode.sentence(plan.source())
        .ifPresent(
            sentence -> {
              throw failure(plan, sentence);
            });
    Run run = context.run();
    // What is wrong with the file is told where the statement names it.
    Run there = new Run(run.id(), plan.place(), run.progress(), run.cancelled());
    Taken taken =
        context.parts().predictors().onnx(there).take(plan.source(), plan.written(), draft, there);
    SortedMap<String, String> files = ModelStore.hashes(draft);
    return new Manifest(
        Manifest.FORMAT,
        plan.model(),
        1,
        "",
        ModelStore.hash(taken.signature(), Map.of(), files),
        taken.signature(),
        Map.of(),
        taken.classes(),
        List.of(),
        Map.of(),
        List.of(),
        0,
        0,
        0,
        0,
        0,
        plan.span().text(),
        new TreeMap<>(taken.versions()),
        taken.example(),
        Map.of(),
        files,
        List.of(Fingerprint.file(plan.source())));
  }

  private static String told(ModelSignature signature) {
    String task = signature.task().name().toLowerCase(Locale.ROOT);
    String label = signature.label().map(column -> " of " + column.name()).orElse("");
    int count = signature.features().size();
    return task + label + " by " + count + (count == 1 ? " feature" : " features");
  }

  private static RuntimeException failure(ImportModelPlan plan, String why) {
    return ErrorCode.IMPORT_FAILED.failure(plan.place(), plan.written(), why);
  }
}
