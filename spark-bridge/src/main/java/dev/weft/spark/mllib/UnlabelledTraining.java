package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.spark.run.RunRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learns from rows without labels: clusters, embeddings, terms, topics. */
final class UnlabelledTraining {

  private final Job job;
  private final Run run;
  private final RunRegistry.Entry entry;
  private final CommonOptions options;

  UnlabelledTraining(Job job, Run run, RunRegistry.Entry entry) {
    this.job = job;
    this.run = run;
    this.entry = entry;
    this.options = CommonOptions.of(job.options());
    options.check(job.signature().task(), run.span());
  }

  Learnt learn(TrainingRows rows) {
    if (rows.count() == 0) {
      throw wrong("there are no rows to train on; check the filter before TRAIN");
    }
    TrainingSplit split =
        rows.validation()
            .map(held -> new TrainingSplit(rows.given(), held))
            .orElseGet(
                () -> TrainingSplit.of(rows.given(), rows.count(), job.split(), options.method()));
    long trained = split.train().count();
    if (trained == 0) {
      throw wrong("no row is left to train on after the split; hold out less");
    }
    Dataset<Row> weighed = new RowWeights(List.of(), run.span()).on(split.train(), "");
    Fitting.Fitted fitted =
        new Fitting(job, options, run.span(), entry).fit(weighed, List.of(), "training");
    ClusterMetrics measure = new ClusterMetrics(fitted, job.signature().features().size());
    List<Metric> metrics = new ArrayList<>(measure.on("train", split.train()));
    long heldOut = split.test().count();
    if (heldOut > 0) {
      metrics.addAll(measure.on("test", split.test()));
    }
    return new Learnt(fitted, split.train(), trained, heldOut, 0, metrics, List.of(), List.of());
  }

  private WeftException wrong(String why) {
    return ErrorCode.TRAINING_DATA.failure(run.span(), why);
  }
}
