package dev.weft.spark.mllib;

import static org.apache.spark.sql.functions.col;

import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.spark.run.RunRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learns from rows with labels and measures on those held out. */
final class SupervisedTraining {

  private final Job job;
  private final Run run;
  private final CommonOptions options;
  private final Fitting fitting;
  private final boolean classification;

  SupervisedTraining(Job job, Run run, RunRegistry.Entry entry) {
    this.job = job;
    this.run = run;
    this.options = CommonOptions.of(job.options());
    this.fitting = new Fitting(job, options, run.span(), entry);
    this.classification = job.signature().task() == Task.CLASSIFICATION;
    options.check(job.signature().task(), run.span());
  }

  /** What was learnt from rows of which some have a label. */
  Learnt learn(TrainingRows rows) {
    Dataset<Row> labelled = labelled(rows.given());
    long usable = labelled.count();
    if (usable == 0 && (job.split() <= 0 || rows.validation().isEmpty())) {
      throw wrong(
          "there is no row with a label to train on; the input is empty or every label is null");
    }
    TrainingSplit split = split(labelled, usable, rows.validation());
    Labels labels = labels(split);
    if (labels.train().rows() == 0) {
      throw wrong("no row is left to train on after the split; hold out less");
    }
    check(labels);
    Fitting.Fitted fitted = fit(split.train(), labels.classes(), "training");
    Metrics measure = new Metrics(fitted.model(), job.signature(), labels);
    List<Metric> metrics = new ArrayList<>(measure.on("train", split.train()));
    if (labels.test().rows() > 0) {
      metrics.addAll(measure.on("test", split.test()));
    }
    metrics.addAll(crossed(split.train(), labels));
    return new Learnt(
        fitted,
        split.train(),
        labels.train().rows(),
        labels.test().rows(),
        rows.count() - usable + withoutLabel(rows, labels.test().rows()),
        metrics,
        labels.classes(),
        measure.guess());
  }

  private static long withoutLabel(TrainingRows rows, long tested) {
    return rows.validated() == 0 ? 0 : rows.validated() - tested;
  }

  private static Dataset<Row> labelled(Dataset<Row> rows) {
    return rows.filter(col(MllibColumns.LABEL).isNotNull());
  }

  private Fitting.Fitted fit(Dataset<Row> train, List<String> classes, String what) {
    Dataset<Row> weighed = new RowWeights(classes, run.span()).on(train, options.classWeight());
    return fitting.fit(weighed, classes, what);
  }

  private TrainingSplit split(
      Dataset<Row> labelled, long usable, Optional<Dataset<Row>> validation) {
    return validation
        .map(held -> new TrainingSplit(labelled, labelled(held)))
        .orElseGet(() -> TrainingSplit.of(labelled, usable, job.split(), options.method()));
  }

  private Labels labels(TrainingSplit split) {
    return classification ? Labels.classes(split) : Labels.numbers(split);
  }

  private void check(Labels labels) {
    if (!classification) {
      return;
    }
    String label = job.signature().label().orElseThrow().name();
    Set<String> trained = labels.train().counts().keySet();
    if (trained.size() < 2) {
      throw wrong(
          "the label '%s' has only one value '%s' in the training rows; a classifier needs two or more"
              .formatted(label, trained.iterator().next()));
    }
    String algorithm = job.signature().algorithm();
    int classes = labels.classes().size();
    if (Estimators.twoClasses(algorithm) && classes > 2) {
      throw wrong(
          "%s learns labels with two values, and '%s' has %d; take random_forest, logistic_regression or lightgbm"
              .formatted(algorithm, label, classes));
    }
    options.checkClasses(labels.classes(), run.span());
  }

  /** The mean metrics of models that are each tested on a fold they have not seen. */
  private List<Metric> crossed(Dataset<Row> train, Labels labels) {
    if (options.folds() < 2) {
      return List.of();
    }
    long rows = labels.train().rows();
    if (options.folds() > rows) {
      throw wrong("cv_folds is more than the " + rows + " rows to train on");
    }
    Map<String, List<Metric>> found = new LinkedHashMap<>();
    int number = 0;
    for (TrainingSplit fold : Folds.of(train, rows, options.folds(), options.method())) {
      String what = "fold %d of %d, training".formatted(++number, options.folds());
      Labels there = labels(fold);
      if (there.train().counts().size() < labels.train().counts().size()) {
        throw wrong(
            "a fold of the cross-validation lacks a class to learn from; use fewer cv_folds,"
                + " or split_method = 'stratified'");
      }
      if (there.test().rows() == 0) {
        continue;
      }
      Fitting.Fitted fitted = fit(fold.train(), labels.classes(), what);
      new Metrics(fitted.model(), job.signature(), there.of(labels.classes()))
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
