package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.spark.SparkTrainingData;
import dev.weft.spark.file.LocalPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Predictor;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** One training with MLlib. */
final class MllibTraining {

  static final String PIPELINE = "pipeline";

  private static final int ROWS_PER_PARTITION = 50_000;
  private static final int MAX_PARTITIONS = 200;

  private final SparkSession session;
  private final Job job;
  private final Run run;
  private final boolean classification;

  MllibTraining(SparkSession session, Job job, Run run) {
    this.session = session;
    this.job = job;
    this.run = run;
    this.classification = job.signature().task() == Task.CLASSIFICATION;
  }

  Trained train() throws IOException {
    Dataset<Row> all = prepared(job.data());
    all.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long rows = all.count();
      Dataset<Row> labelled = all.filter(col(MllibColumns.LABEL).isNotNull());
      long usable = labelled.count();
      TrainingSplit split = split(labelled, usable);
      return fitted(split, rows - usable);
    } finally {
      all.unpersist();
    }
  }

  /**
   * The rows under the pipeline's own names, in partitions and an order that depend on nothing but
   * the rows themselves, since forests draw by partition.
   */
  private Dataset<Row> prepared(TrainingData data) {
    if (!(data instanceof SparkTrainingData ours)) {
      throw new IllegalArgumentException("MLlib trains on Spark's rows only");
    }
    Dataset<Row> rows = MllibColumns.renamed(ours.dataset(), job.signature());
    long count = rows.count();
    int partitions = (int) Math.min(MAX_PARTITIONS, 1 + count / ROWS_PER_PARTITION);
    return MllibColumns.drawn(rows.repartition(partitions, col(TrainingData.ORDER)))
        .sortWithinPartitions(MllibColumns.order(rows));
  }

  private TrainingSplit split(Dataset<Row> labelled, long usable) {
    if (usable == 0) {
      throw ErrorCode.TRAINING_DATA.failure(
          run.span(),
          "there is no row with a label to train on; the input is empty or every label is null");
    }
    if (job.validation().isPresent()) {
      Dataset<Row> validation =
          prepared(job.validation().get()).filter(col(MllibColumns.LABEL).isNotNull());
      return new TrainingSplit(labelled, validation);
    }
    return TrainingSplit.of(labelled, usable, job.split());
  }

  private Trained fitted(TrainingSplit split, long dropped) throws IOException {
    long trainRows = split.train().count();
    if (trainRows == 0) {
      throw ErrorCode.TRAINING_DATA.failure(
          run.span(), "no row is left to train on after the split; hold out less");
    }
    List<String> classes = classification ? classes(split) : List.of();
    run.progress().accept(Progress.of("training", 0, 0, "rows"));
    Predictor<?, ?, ?> estimator =
        MllibAlgorithms.estimator(job.signature().algorithm(), job.signature().task());
    ParamMap parameters = MllibAlgorithms.parameters(estimator, job.options(), job.seed());
    FeaturePipeline features = new FeaturePipeline(job.signature(), split.train());
    List<PipelineStage> stages = features.stages();
    if (classification) {
      stages.add(FeaturePipeline.labelIndexer(classes));
    }
    stages.add(estimator.setFeaturesCol(MllibColumns.FEATURES).setLabelCol(label()));
    PipelineModel model =
        new Pipeline()
            .setStages(stages.toArray(PipelineStage[]::new))
            .fit(split.train(), parameters);
    model.write().overwrite().save(LocalPath.text(job.folder().resolve(PIPELINE)));
    Scorer scorer = Scorer.of(model, job.signature(), classes);
    Metrics measure = new Metrics(scorer, job.signature(), classes, split.train());
    return new Trained(
        trainRows,
        split.test().count(),
        dropped,
        metrics(split, measure),
        MllibAlgorithms.effective(
            MllibAlgorithms.declared(job.signature().algorithm()), estimator, parameters),
        classes,
        measure.guess(),
        Map.of(),
        Map.of("spark", session.version()),
        example(split.train()),
        warnings(features));
  }

  private static List<String> warnings(FeaturePipeline features) {
    return features.empty().stream()
        .map(name -> "the feature '" + name + "' is null in every training row and is left out")
        .toList();
  }

  private String label() {
    return classification ? MllibColumns.LABEL_INDEX : MllibColumns.LABEL;
  }

  private List<String> classes(TrainingSplit split) {
    List<String> trained = MllibColumns.labels(split.train());
    if (trained.size() < 2) {
      throw ErrorCode.TRAINING_DATA.failure(
          run.span(),
          "the label '"
              + job.signature().label().orElseThrow().name()
              + "' has only one value '"
              + trained.get(0)
              + "' in the training rows; a classifier needs two or more");
    }
    return MllibColumns.labels(split.train().union(split.test()));
  }

  private static List<Metric> metrics(TrainingSplit split, Metrics measure) {
    List<Metric> metrics = new ArrayList<>();
    metrics.addAll(measure.on("train", split.train()));
    if (!split.test().isEmpty()) {
      metrics.addAll(measure.on("test", split.test()));
    }
    return metrics;
  }

  private Map<String, Object> example(Dataset<Row> train) {
    Row best = null;
    long fewest = Long.MAX_VALUE;
    int features = job.signature().features().size();
    for (Row row : train.limit(100).collectAsList()) {
      long nulls = java.util.stream.IntStream.range(0, features).filter(row::isNullAt).count();
      if (nulls < fewest) {
        best = row;
        fewest = nulls;
      }
    }
    Map<String, Object> example = new LinkedHashMap<>();
    for (int i = 0; best != null && i < features; i++) {
      example.put(job.signature().features().get(i).name(), best.get(i));
    }
    return example;
  }
}
