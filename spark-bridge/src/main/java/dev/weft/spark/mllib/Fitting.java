package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.grammar.Span;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.spark.run.RunRegistry;
import dev.weft.spark.run.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Fits what a job asks for: once for the model, and once more for each fold. */
final class Fitting {

  private final Job job;
  private final ModelSignature signature;
  private final AlgorithmDeclaration algorithm;
  private final CommonOptions options;
  private final Span place;
  private final RunRegistry.Entry entry;

  Fitting(Job job, CommonOptions options, Span place, RunRegistry.Entry entry) {
    this.job = job;
    this.signature = job.signature();
    this.algorithm = MllibAlgorithms.declared(signature.algorithm());
    this.options = options;
    this.place = place;
    this.entry = entry;
  }

  /**
   * A fitted pipeline.
   *
   * @param parameters every effective one
   */
  record Fitted(
      PipelineModel pipeline,
      RowModel model,
      FeatureStages features,
      Map<String, Object> parameters) {}

  /**
   * Learns from rows, which have weights where they are to count.
   *
   * @param what is said to be going on
   */
  Fitted fit(Dataset<Row> train, List<String> classes, String what) {
    FeatureStages features = features(train);
    List<PipelineStage> stages = new ArrayList<>(features.stages());
    if (!classes.isEmpty()) {
      stages.add(FeaturePipeline.labelIndexer(classes));
    }
    List<Estimator<?>> estimators = Estimators.of(signature.algorithm(), signature.task());
    stages.addAll(estimators);
    ParamMap parameters =
        MllibAlgorithms.parameters(algorithm, estimators, job.options(), job.seed());
    for (Estimator<?> estimator : estimators) {
      columns(estimator, MllibColumns.has(train, MllibColumns.WEIGHT), parameters);
      options.threshold().ifPresent(value -> threshold(estimator, value, parameters));
    }
    Map<String, Object> effective =
        MllibAlgorithms.effective(algorithm, estimators, parameters, job.options());
    Pipeline pipeline = new Pipeline("weft").setStages(stages.toArray(PipelineStage[]::new));
    PipelineModel fitted = fit(pipeline, features.rows(train), parameters, effective, what);
    entry.phase("measuring");
    return new Fitted(fitted, RowModels.of(fitted, signature), features, effective);
  }

  /** Tells the iterations of those that have some, and tasks otherwise. */
  private PipelineModel fit(
      Pipeline pipeline,
      Dataset<Row> rows,
      ParamMap parameters,
      Map<String, Object> effective,
      String what) {
    Optional<Steps> steps = Iterations.of(signature.algorithm(), effective);
    if (steps.isEmpty()) {
      entry.phase(what);
      return pipeline.fit(rows, parameters);
    }
    RunRegistry.Following following = entry.follow(steps.get(), what);
    try {
      return SearchLog.listen(
          loss -> following.step("loss", loss), () -> pipeline.fit(rows, parameters));
    } finally {
      following.close();
    }
  }

  private FeatureStages features(Dataset<Row> train) {
    if (Estimators.words(signature.algorithm())) {
      return new WordStages(signature);
    }
    return signature.algorithm().equals("als")
        ? new RatingStages()
        : new FeaturePipeline(signature, train, place);
  }

  private void columns(Estimator<?> estimator, boolean weighed, ParamMap parameters) {
    boolean classes = signature.task() == Task.CLASSIFICATION;
    boolean vector = !Estimators.words(signature.algorithm());
    if (vector && estimator.hasParam("featuresCol")) {
      MllibAlgorithms.put(parameters, estimator.getParam("featuresCol"), MllibColumns.FEATURES);
    }
    if (estimator.hasParam("labelCol")) {
      String label = classes ? MllibColumns.LABEL_INDEX : MllibColumns.LABEL;
      MllibAlgorithms.put(parameters, estimator.getParam("labelCol"), label);
    }
    if (weighed && estimator.hasParam("weightCol")) {
      MllibAlgorithms.put(parameters, estimator.getParam("weightCol"), MllibColumns.WEIGHT);
    }
  }

  /** A probability's threshold; of a margin, where the logistic function has it. */
  private static void threshold(Estimator<?> estimator, double value, ParamMap parameters) {
    if (estimator.hasParam("thresholds")) {
      MllibAlgorithms.put(
          parameters, estimator.getParam("thresholds"), new double[] {1 - value, value});
    } else if (estimator.hasParam("threshold")) {
      MllibAlgorithms.put(
          parameters, estimator.getParam("threshold"), Math.log(value / (1 - value)));
    }
  }
}
