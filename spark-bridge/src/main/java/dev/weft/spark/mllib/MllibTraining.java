package dev.weft.spark.mllib;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.Run;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.spark.run.RunRegistry;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.Utils;

/** One training with MLlib. */
final class MllibTraining {

  private final MllibSessions sessions;
  private final Job job;
  private final Run run;
  private final RunRegistry.Entry entry;

  MllibTraining(MllibSessions sessions, Job job, Run run, RunRegistry.Entry entry) {
    this.sessions = sessions;
    this.job = job;
    this.run = run;
    this.entry = entry;
  }

  Trained train() throws IOException {
    checkpoints(sessions.usual().sparkContext());
    try (TrainingRows rows = TrainingRows.of(job, sessions)) {
      run.progress().accept(Progress.of("rows read", rows.count(), rows.count(), "rows"));
      return MllibSessions.within(rows.given().sparkSession(), () -> train(rows));
    }
  }

  private Trained train(TrainingRows rows) throws IOException {
    Learnt learnt =
        job.signature().task().labelled()
            ? new SupervisedTraining(job, run, entry).learn(rows)
            : new UnlabelledTraining(job, run, entry).learn(rows);
    entry.phase("saving");
    new StoredPipeline(sessions).save(learnt.fitted().pipeline(), job.folder());
    return trained(learnt);
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
    List<String> names = job.signature().features().stream().map(Feature::name).toList();
    return new Trained(
        learnt.rows(),
        learnt.heldOut(),
        learnt.dropped(),
        learnt.metrics(),
        learnt.fitted().parameters(),
        learnt.classes(),
        learnt.guess(),
        Importances.of(learnt.fitted(), job.signature(), learnt.train()),
        Map.of("spark", sessions.usual().version()),
        RowFeatures.example(learnt.train(), names),
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
