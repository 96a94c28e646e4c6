package dev.weft.engine.spi;

import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.spi.ModelSignature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A runtime that trains models and answers with them: Ray, or Spark's own MLlib. */
public interface ModelBackend extends AutoCloseable {

  /** What it can train; asking starts nothing. */
  List<AlgorithmDeclaration> algorithms();

  /** Whether it answers for models of an algorithm, of those too that it only takes in. */
  default boolean answers(String algorithm) {
    return algorithms().stream().anyMatch(declared -> declared.name().equals(algorithm));
  }

  /** What writes and reads ONNX, where the runtime can. */
  default Optional<OnnxFiles> onnx() {
    return Optional.empty();
  }

  /**
   * A folder that {@link OnnxFiles#write} understands.
   *
   * @param scratch empty; for a runtime that keeps its models in another form
   */
  default Path portable(ModelFiles model, Path scratch, Run run) {
    return model.folder();
  }

  /** Trains, and leaves the model's files in the job's folder. Failures come as WeftException. */
  Trained train(Job job, Run run);

  /** The function that Spark's tasks call for PREDICT; starts what it needs. */
  ArrowExchange exchange(ModelFiles model, Run run);

  /** Answers for a few rows at a time, for SERVE; starts what it needs. */
  RowPredictor predictor(ModelFiles model, Run run);

  @Override
  void close();

  /**
   * What to train.
   *
   * @param options what the user set, under canonical names; the rest has the library's defaults
   * @param split the fraction held out, 0 for none; where there is validation, what this is of all
   * @param folder empty; the model's files go there, the engine publishes it
   */
  record Job(
      String model,
      ModelSignature signature,
      TrainingData data,
      Optional<TrainingData> validation,
      Map<String, Object> options,
      double split,
      long seed,
      int workers,
      double gpus,
      OptionalDouble timeout,
      Path folder) {}

  /**
   * A trained model on disk.
   *
   * @param hash of all that makes its answers: what has the same answers the same; empty where it
   *     is not known
   */
  record ModelFiles(String name, int version, ModelSignature signature, Path folder, String hash) {

    /** One whose content may be another tomorrow. */
    public ModelFiles(String name, int version, ModelSignature signature, Path folder) {
      this(name, version, signature, folder, "");
    }
  }

  /**
   * What training gave.
   *
   * @param rows rows used for training
   * @param heldOut rows held out or validated on
   * @param dropped rows left out because their label was null
   * @param parameters every effective parameter
   * @param classes the labels as text, in the model's order; empty for regression
   * @param guess what knowing only the training labels answers: each class's share of the training
   *     rows, or the mean label alone; empty without a label
   * @param importances feature to its share of what the model has learnt; empty where the algorithm
   *     does not tell
   * @param versions library to version
   * @param example one input row, feature name to value, for SERVE's self test
   * @param warnings sentences about what is probably not meant, such as very few rows
   */
  record Trained(
      long rows,
      long heldOut,
      long dropped,
      List<Metric> metrics,
      Map<String, Object> parameters,
      List<String> classes,
      List<Double> guess,
      Map<String, Double> importances,
      Map<String, String> versions,
      Map<String, Object> example,
      List<String> warnings) {}

  /**
   * One number about a model.
   *
   * @param data {@code train} or {@code test}
   * @param name auc, log_loss, accuracy, f1 / rmse, mae, r2 / silhouette, cost, … by task
   * @param baseline what always answering the majority, prior or mean, or one cluster, gives; NaN
   *     where there is no such thing
   */
  record Metric(String data, String name, double value, double baseline) {}
}
