package dev.weft.spark.mllib;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.Run;
import dev.weft.planner.spi.ModelSignature.Feature;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.Utils;

/** One training with MLlib. */
final class MllibTraining {

  private final SparkSession session;
  private final Job job;
  private final Run run;

  MllibTraining(SparkSession session, Job job, Run run) {
    this.session = session;
    this.job = job;
    this.run = run;
  }

  Trained train() throws IOException {
    checkpoints(session.sparkContext());
    Dataset<Row> all = PreparedRows.of(job.data(), job.signature());
    all.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long rows = all.count();
      run.progress().accept(Progress.of("training", rows, rows, "rows"));
      Learnt learnt =
          job.signature().task().labelled()
              ? new SupervisedTraining(job, run).learn(all, rows)
              : new UnlabelledTraining(job, run).learn(all, rows);
      new StoredPipeline(session).save(learnt.fitted().pipeline(), job.folder());
      return trained(learnt);
    } finally {
      all.unpersist();
    }
  }

  /**
   * Each iteration of ALS and boosting stands on the one before; without a place to put some of
   * them down, tasks that know all of them overflow the stack. Spark removes the folder when it
   * ends.
   */
  private static synchronized void checkpoints(SparkContext context) {
    if (context.getCheckpointDir().isEmpty()) {
      File folder = Utils.createTempDir(System.getProperty("java.io.tmpdir"), "weft-checkpoints");
      context.setCheckpointDir(folder.toURI().toString());
    }
  }

  private Trained trained(Learnt learnt) {
    Dataset<Row> train = learnt.split().train();
    List<String> names = job.signature().features().stream().map(Feature::name).toList();
    return new Trained(
        learnt.rows(),
        learnt.split().test().count(),
        learnt.dropped(),
        learnt.metrics(),
        learnt.fitted().parameters(),
        learnt.classes(),
        learnt.guess(),
        Importances.of(learnt.fitted(), job.signature(), train),
        Map.of("spark", session.version()),
        RowFeatures.example(train, names),
        warnings(learnt));
  }

  private List<String> warnings(Learnt learnt) {
    List<String> warnings = new ArrayList<>();
    for (String name : learnt.fitted().features().empty()) {
      warnings.add("the feature '" + name + "' is null in every training row and is left out");
    }
    return warnings;
  }
}
