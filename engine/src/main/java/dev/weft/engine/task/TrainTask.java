package dev.weft.engine.task;

import dev.weft.engine.TableRows;
import dev.weft.engine.model.Fingerprint;
import dev.weft.engine.model.Inputs;
import dev.weft.engine.model.Manifest;
import dev.weft.engine.model.ModelStore;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.RelationalBackend;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan.TrainPlan;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.RelNode;

/** TRAIN: a runtime makes the model's files in a draft, which then becomes the next version. */
final class TrainTask implements Task<TrainPlan> {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("model", "string", false),
          new Column("version", "int", false),
          new Column("algorithm", "string", false),
          new Column("rows", "bigint", false),
          new Column("data", "string", false),
          new Column("metric", "string", false),
          new Column("value", "double", true));

  @Override
  public Outcome run(TrainPlan plan, TaskContext context) {
    advise(plan, context);
    Manifest manifest = train(plan, context);
    plan.model().bind(manifest.version());
    List<List<Object>> report = report(manifest);
    plan.report().fill(report);
    plan.result().ifPresent(name -> context.workspace().define(name, plan.report().relation()));
    String place = context.parts().store().place(manifest.name(), manifest.version());
    context.listener().produced("model " + plan.model(), place);
    if (manifest.dropped() > 0) {
      context.listener().note(manifest.dropped() + " rows without a label were left out");
    }
    return Outcome.answer(summary(manifest), TableRows.of(COLUMNS, report));
  }

  @Override
  public Schema schema(TrainPlan plan, TaskContext context) {
    return TableRows.schema(COLUMNS);
  }

  /** Before the training, while another algorithm can still be taken. */
  private static void advise(TrainPlan plan, TaskContext context) {
    boolean plain =
        plan.model().signature().features().stream()
            .allMatch(feature -> FeatureKind.PLAIN.contains(feature.kind()));
    plan.algorithm()
        .advice()
        .filter(advice -> plain && context.workspace().tell(advice))
        .ifPresent(context.listener()::note);
  }

  private static Manifest train(TrainPlan plan, TaskContext context) {
    ModelStore store = context.parts().store();
    ModelBackend backend =
        context.parts().predictors().backend(plan.algorithm().name(), context.run());
    Path draft = null;
    try {
      Optional<Map<String, Object>> example = new FittingTransform(plan, context).run();
      draft = store.draft(plan.model().name());
      Trained trained = backend.train(job(plan, context, draft), context.run());
      trained.warnings().forEach(context.listener()::note);
      SortedMap<String, String> files = ModelStore.hashes(draft);
      if (files.isEmpty()) {
        throw new IOException("its runtime left no file in " + draft);
      }
      List<Fingerprint> inputs = inputs(plan, context);
      return store.publish(
          plan.model().name(),
          draft,
          version -> manifest(plan, trained, example, files, inputs, version));
    } catch (IOException e) {
      throw ErrorCode.TRAINING_FAILED.failure(
          plan.span(), "the model '" + plan.model().name() + "' cannot be stored: " + e);
    } finally {
      if (draft != null) {
        store.discard(plan.model().name(), draft);
      }
    }
  }

  private static Job job(TrainPlan plan, TaskContext context, Path draft) {
    RelationalBackend relations = context.relations();
    return new Job(
        plan.model().name(),
        plan.model().signature(),
        relations.trainingData(plan.training(), plan.seed(), context.run()),
        plan.validation().map(v -> relations.trainingData(v, plan.seed(), context.run())),
        plan.options(),
        plan.split(),
        plan.seed(),
        plan.workers(),
        plan.gpus(),
        plan.timeout(),
        draft);
  }

  private static Manifest manifest(
      TrainPlan plan,
      Trained trained,
      Optional<Map<String, Object>> example,
      SortedMap<String, String> files,
      List<Fingerprint> inputs,
      int version) {
    var signature = plan.model().signature();
    var parameters = new TreeMap<>(trained.parameters());
    return new Manifest(
        Manifest.FORMAT,
        plan.model().name(),
        version,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        ModelStore.hash(signature, parameters, plan.fits().values().all(), files),
        signature,
        parameters,
        trained.classes(),
        trained.guess(),
        trained.importances(),
        trained.metrics(),
        trained.rows(),
        trained.heldOut(),
        trained.dropped(),
        plan.split(),
        plan.seed(),
        plan.query(),
        trained.versions(),
        example.orElse(trained.example()),
        plan.fits().values().all(),
        files,
        inputs);
  }

  private static List<Fingerprint> inputs(TrainPlan plan, TaskContext context) {
    List<RelNode> read =
        Stream.concat(Stream.of(plan.training()), plan.validation().stream()).toList();
    return Inputs.of(read, context.relations().catalog());
  }

  private static List<List<Object>> report(Manifest manifest) {
    List<List<Object>> rows = new ArrayList<>();
    for (Metric metric : manifest.metrics()) {
      long count = metric.data().equals("test") ? manifest.heldOut() : manifest.rows();
      rows.add(
          List.of(
              manifest.name(),
              manifest.version(),
              manifest.signature().algorithm(),
              count,
              metric.data(),
              metric.name(),
              metric.value()));
    }
    return rows;
  }

  private static String summary(Manifest manifest) {
    String test =
        manifest.metrics().stream()
            .filter(metric -> manifest.heldOut() == 0 || metric.data().equals("test"))
            .findFirst()
            .map(m -> String.format(Locale.ROOT, ", %s %s %.4f", m.data(), m.name(), m.value()))
            .orElse("");
    return "model " + manifest.name() + "@" + manifest.version() + test;
  }
}
