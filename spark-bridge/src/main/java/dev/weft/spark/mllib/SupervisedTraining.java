package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learns from rows with labels and measures on those held out. */
final class SupervisedTraining {

  private final Job job;
  private final Run run;
  private final CommonOptions options;
  private final Fitting fitting;
  private final boolean classification;

  SupervisedTraining(Job job, Run run) {
    this.job = job;
    this.run = run;
    this.options = CommonOptions.of(job.options());
    this.fitting = new Fitting(job, options, run.span());
    this.classification = job.signature().task() == Task.CLASSIFICATION;
    options.check(job.signature().task(), run.span());
  }

  /** What was learnt from rows of which {@code count} have a label. */
  Learnt learn(Dataset<Row> all, long rows) {
    Dataset<Row> labelled = all.filter(col(MllibColumns.LABEL).isNotNull());
    long usable = labelled.count();
    if (usable == 0) {
      throw wrong(
          "there is no row with a label to train on; the input is empty or every label is null");
    }
    TrainingSplit split = split(labelled, usable);
    long trainRows = split.train().count();
    if (trainRows == 0) {
      throw wrong("no row is left to train on after the split; hold out less");
    }
    List<String> classes = classification ? classes(split) : List.of();
    Fitting.Fitted fitted = fit(split.train(), classes);
    Metrics measure = new Metrics(fitted.model(), job.signature(), classes, split.train());
    List<Metric> metrics = new ArrayList<>(measure.on("train", split.train()));
    if (!split.test().isEmpty()) {
      metrics.addAll(measure.on("test", split.test()));
    }
    metrics.addAll(crossed(split.train(), trainRows, classes));
    return new Learnt(fitted, split, trainRows, rows - usable, metrics, classes, measure.guess());
  }

  private Fitting.Fitted fit(Dataset<Row> train, List<String> classes) {
    Dataset<Row> weighed = new RowWeights(classes, run.span()).on(train, options.classWeight());
    return fitting.fit(weighed, classes);
  }

  private TrainingSplit split(Dataset<Row> labelled, long usable) {
    if (job.validation().isPresent()) {
      Dataset<Row> validation =
          PreparedRows.of(job.validation().get(), job.signature())
              .filter(col(MllibColumns.LABEL).isNotNull());
      return new TrainingSplit(labelled, validation);
    }
    return TrainingSplit.of(labelled, usable, job.split(), options.method());
  }

  private List<String> classes(TrainingSplit split) {
    List<String> trained = MllibColumns.labels(split.train());
    String label = job.signature().label().orElseThrow().name();
    if (trained.size() < 2) {
      throw wrong(
          "the label '%s' has only one value '%s' in the training rows; a classifier needs two or more"
              .formatted(label, trained.get(0)));
    }
    List<String> classes = MllibColumns.labels(both(split));
    String algorithm = job.signature().algorithm();
    if (Estimators.twoClasses(algorithm) && classes.size() > 2) {
      throw wrong(
          "%s learns labels with two values, and '%s' has %d; take random_forest, logistic_regression or lightgbm"
              .formatted(algorithm, label, classes.size()));
    }
    options.checkClasses(classes, run.span());
    return classes;
  }

  private static Dataset<Row> both(TrainingSplit split) {
    String[] label = {MllibColumns.LABEL_TEXT};
    return split
        .train()
        .select(MllibColumns.LABEL, label)
        .union(split.test().select(MllibColumns.LABEL, label));
  }

  /** The mean metrics of models that are each tested on a fold they have not seen. */
  private List<Metric> crossed(Dataset<Row> train, long rows, List<String> classes) {
    if (options.folds() < 2) {
      return List.of();
    }
    if (options.folds() > rows) {
      throw wrong("cv_folds is more than the " + rows + " rows to train on");
    }
    Map<String, List<Metric>> found = new LinkedHashMap<>();
    for (TrainingSplit fold : Folds.of(train, rows, options.folds(), options.method())) {
      if (classification
          && MllibColumns.labels(fold.train()).size() < MllibColumns.labels(train).size()) {
        throw wrong(
            "a fold of the cross-validation lacks a class to learn from; use fewer cv_folds,"
                + " or split_method = 'stratified'");
      }
      if (fold.test().isEmpty()) {
        continue;
      }
      Fitting.Fitted fitted = fit(fold.train(), classes);
      new Metrics(fitted.model(), job.signature(), classes, fold.train())
          .on("cv", fold.test())
          .forEach(m -> found.computeIfAbsent(m.name(), name -> new ArrayList<>()).add(m));
    }
    return found.entrySet().stream().map(e -> mean(e.getKey(), e.getValue())).toList();
  }

  private static Metric mean(String name, List<Metric> folds) {
    return new Metric(
        "cv",
        name,
        folds.stream().mapToDouble(Metric::value).average().orElse(Double.NaN),
        folds.stream().mapToDouble(Metric::baseline).average().orElse(Double.NaN));
  }

  private WeftException wrong(String why) {
    return ErrorCode.TRAINING_DATA.failure(run.span(), why);
  }
}
