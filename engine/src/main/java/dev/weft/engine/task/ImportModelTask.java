package dev.weft.engine.task;

import dev.weft.engine.model.Fingerprint;
import dev.weft.engine.model.Manifest;
import dev.weft.engine.model.ModelFolder;
import dev.weft.engine.model.ModelStore;
import dev.weft.engine.model.RemoteModel;
import dev.weft.engine.model.RemoteReason;
import dev.weft.engine.spi.OnnxFiles.Taken;
import dev.weft.engine.spi.RemoteFiles;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.model.ForeignCode;
import dev.weft.planner.plan.StatementPlan.ImportModelPlan;
import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.ModelSignature;
import java.io.FileNotFoundException;
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
    Manifest manifest =
        plan.source().remote() ? fetched(plan, context) : published(plan, here(plan), context);
    String place = context.parts().store().place(manifest.name(), manifest.version());
    String model = manifest.name() + "@" + manifest.version();
    context.listener().produced("model " + model, place);
    return Outcome.done("model " + model + ", " + told(manifest.signature()));
  }

  private static Path here(ImportModelPlan plan) {
    Path source = plan.source().path();
    if (!Files.exists(source)) {
      throw failure(plan, "it is not there any more");
    }
    return source;
  }

  /** What lies on another file system is taken in from a copy. */
  private static Manifest fetched(ImportModelPlan plan, TaskContext context) {
    RemoteFiles there = context.parts().store().remote();
    String source = plan.source().text();
    Path scratch = null;
    try {
      scratch = Files.createTempDirectory("weft-import-");
      Path copy = scratch.resolve(source.substring(source.lastIndexOf('/') + 1));
      if (!there.isFolder(source)) {
        there.download(source, copy);
      } else {
        Files.createDirectory(copy);
        if (RemoteModel.isModel(there, source)) {
          RemoteModel.take(there, source, copy);
        }
      }
      return published(plan, copy, context);
    } catch (BrokenModel e) {
      throw failure(plan, e.reason());
    } catch (FileNotFoundException none) {
      throw failure(plan, "it is not there");
    } catch (IOException e) {
      throw failure(plan, RemoteReason.of(e));
    } finally {
      if (scratch != null) {
        ModelFolder.delete(scratch);
      }
    }
  }

  private static Manifest published(ImportModelPlan plan, Path source, TaskContext context) {
    ModelStore store = context.parts().store();
    Path draft = null;
    try {
      draft = store.draft(plan.model());
      Manifest first =
          Files.isDirectory(source)
              ? folder(plan, source, draft, context)
              : file(plan, source, draft, context);
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

  private static Manifest folder(ImportModelPlan plan, Path source, Path draft, TaskContext context)
      throws IOException {
    if (!ModelFolder.isModel(source)) {
      throw failure(
          plan, "it is a folder without " + Manifest.FILE + ", so EXPORT did not write it");
    }
    Manifest manifest = ModelFolder.take(source, draft);
    String algorithm = manifest.signature().algorithm();
    if (context.parts().predictors().backends().stream().noneMatch(b -> b.answers(algorithm))) {
      List<String> known =
          context.algorithms().all().stream().map(AlgorithmDeclaration::name).toList();
      throw failure(
          plan, "there is no algorithm '" + algorithm + "' here" + Nearest.hint(algorithm, known));
    }
    return manifest;
  }

  private static Manifest file(ImportModelPlan plan, Path source, Path draft, TaskContext context)
      throws IOException {
    ForeignCode.sentence(source)
        .ifPresent(
            sentence -> {
              throw failure(plan, sentence);
            });
    Run run = context.run();
    // What is wrong with the file is told where the statement names it.
    Run there = new Run(run.id(), plan.place(), run.progress(), run.cancelled());
    Taken taken =
        context.parts().predictors().onnx(there).take(source, plan.written(), draft, there);
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
        List.of(fingerprint(plan, source)));
  }

  private static Fingerprint fingerprint(ImportModelPlan plan, Path file) throws IOException {
    Fingerprint found = Fingerprint.file(file);
    return plan.source().remote() ? found.copyOf(plan.source().text()) : found;
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
