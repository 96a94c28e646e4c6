package dev.weft.spark.mllib;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.spark.predict.PredictLayout;
import dev.weft.spark.predict.RowAnswers;
import dev.weft.spark.run.RunRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.classic.SparkSession;

/** Spark's own MLlib as a model runtime: trains and answers inside Spark's JVM. */
public final class MllibBackend implements ModelBackend {

  private final MllibSessions sessions;
  private final LoadedModels models;
  private final RunRegistry runs;

  /**
   * A runtime in a session.
   *
   * @param session asked when something is trained or answered, not before
   * @param runs where trainings are noted, which are told how many of their tasks are done
   */
  public MllibBackend(Supplier<SparkSession> session, RunRegistry runs) {
    this.sessions = new MllibSessions(session);
    this.models = new LoadedModels(sessions);
    this.runs = runs;
  }

  /** Whether an algorithm, by its canonical name, is one of ours. */
  public static boolean trains(String algorithm) {
    return MllibAlgorithms.DECLARED.stream().anyMatch(d -> d.name().equals(algorithm));
  }

  @Override
  public List<AlgorithmDeclaration> algorithms() {
    return MllibAlgorithms.DECLARED;
  }

  @Override
  public Trained train(Job job, Run run) {
    RunRegistry.Entry entry = runs.enter(run, "training");
    SparkContext context = sessions.usual().sparkContext();
    try {
      context.setJobGroup(run.id(), "training", true);
      return new MllibTraining(sessions, job, run, entry).train();
    } catch (WeftException ours) {
      throw ours;
    } catch (Throwable failure) {
      throw failed(job, run, failure);
    } finally {
      entry.close();
      context.clearJobGroup();
    }
  }

  private static WeftException failed(Job job, Run run, Throwable failure) {
    if (run.cancelled().getAsBoolean()) {
      return new WeftException(ErrorCode.CANCELLED.at(run.span()), failure);
    }
    String sentence = MllibFailure.sentence(failure);
    return new WeftException(
        ErrorCode.TRAINING_FAILED.at(
            run.span(), "'" + job.signature().algorithm() + "' failed: " + sentence),
        failure);
  }

  /** What PREDICT asks, inside the task and without Arrow. */
  public RowAnswers answers(ModelFiles model, PredictLayout layout, Run run) {
    return new MllibAnswers(models.sent(model, run), layout);
  }

  /** PREDICT asks {@link #answers} instead. */
  @Override
  public ArrowExchange exchange(ModelFiles model, Run run) {
    throw new IllegalStateException("models of MLlib answer inside Spark, not over Arrow");
  }

  @Override
  public Path portable(ModelFiles model, Path scratch, Run run) {
    try {
      PlainModel.write(
          new StoredPipeline(sessions).load(model.folder()), model.signature(), scratch);
    } catch (Exception failure) {
      // Spark throws checked exceptions that Java does not know of.
      String name = model.name() + "@" + model.version();
      throw new WeftException(
          ErrorCode.EXPORT_FAILED.at(run.span(), name, MllibFailure.sentence(failure)), failure);
    }
    return scratch;
  }

  @Override
  public RowPredictor predictor(ModelFiles model, Run run) {
    return new MllibPredictor(models.model(model, run), model.signature());
  }

  /** The session is the Spark backend's; nothing to close. */
  @Override
  public void close() {}
}
