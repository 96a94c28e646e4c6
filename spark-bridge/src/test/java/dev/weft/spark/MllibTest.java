package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.engine.Progress;
import dev.weft.engine.model.ModelFolder;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class MllibTest {

  private static final String FEATURES =
      "select cast(id % 100 as double) as a, id % 3 = 0 as b, case when id % 11 = 0 then null else"
          + " concat('c', id % 5) end as c, case when id % 13 = 0 then null else cast(id % 17 as"
          + " double) end as d, ";

  @TempDir Path folder;
  private final TestPlans plans = new TestPlans();
  private final ModelBackend mllib = TestSpark.spark().mllib();

  private static ModelSignature signature(String algorithm, Task task, String label) {
    return new ModelSignature(
        algorithm,
        task,
        List.of(
            new Feature("a", "double", FeatureKind.NUMBER),
            new Feature("b", "boolean", FeatureKind.BOOLEAN),
            new Feature("c", "string", FeatureKind.CATEGORY),
            new Feature("d", "double", FeatureKind.NUMBER)),
        Optional.of(new Column("y", label, true)));
  }

  private Trained train(ModelSignature signature, String label, int partitions, Path into) {
    return train(signature, label + " as y from range(0, 3000, 1, " + partitions + ")", into);
  }

  private Trained train(ModelSignature signature, String labelled, Path into) {
    RelNode rows = plans.text(FEATURES + labelled);
    Job job =
        new Job(
            "m",
            signature,
            TestSpark.backend().trainingData(rows, 7, TestSpark.run()),
            Optional.empty(),
            Map.of(),
            0.2,
            7,
            0,
            0,
            OptionalDouble.empty(),
            into);
    return mllib.train(job, TestSpark.run());
  }

  private static Metric metric(Trained trained, String data, String name) {
    return trained.metrics().stream()
        .filter(m -> m.data().equals(data) && m.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<List<Object>> predict(ModelSignature signature, List<Integer> outputs, Path from) {
    TestSpark.FILES.put("m", new ModelFiles("m", 1, signature, from));
    RelNode rows = plans.text(FEATURES + "id from range(0, 3000, 1, 2)");
    PlannedModel model = PlannedModel.existing("m", 1, signature);
    return TestSpark.collect(plans.predict(rows, model, List.of(0, 1, 2, 3), outputs)).stream()
        .map(row -> Arrays.asList(row.toArray()))
        .toList();
  }

  @Test
  void twoClassesAreLearntAndPredicted() {
    ModelSignature signature = signature("random_forest", Task.CLASSIFICATION, "string");
    Trained trained = train(signature, "if(id % 100 > 60 or id % 5 = 1, 'yes', 'no')", 3, folder);
    assertThat(trained.classes()).containsExactly("no", "yes");
    assertThat(trained.rows() + trained.heldOut()).isEqualTo(3000);
    assertThat(trained.heldOut()).isEqualTo(600);
    assertThat(metric(trained, "test", "auc").value()).isGreaterThan(0.9);
    assertThat(metric(trained, "test", "auc").baseline()).isEqualTo(0.5);
    assertThat(trained.parameters()).containsEntry("num_trees", 20);
    List<List<Object>> rows = predict(signature, List.of(0, 1), folder);
    assertThat(rows).hasSize(3000);
    try (RowPredictor predictor =
        mllib.predictor(new ModelFiles("m", 1, signature, folder), TestSpark.run())) {
      Map<String, Object> row = new HashMap<>(Map.of("a", 99.0, "b", true, "c", "never seen"));
      Map<String, Object> answer = predictor.predict(List.of(row)).get(0);
      assertThat(answer).containsEntry("y_pred", "yes");
      assertThat(String.valueOf(answer.get("y_probs"))).startsWith("{no=");
    }
  }

  @Test
  void sameRowsAndSeedGiveTheSameModel() {
    ModelSignature signature = signature("random_forest", Task.CLASSIFICATION, "boolean");
    String label = "id % 7 < 3";
    Trained one = train(signature, label, 1, folder.resolve("one"));
    Trained four = train(signature, label, 4, folder.resolve("four"));
    assertThat(one.metrics()).isEqualTo(four.metrics());
    assertThat(predict(signature, List.of(1), folder.resolve("one")))
        .isEqualTo(predict(signature, List.of(1), folder.resolve("four")));
  }

  @Test
  void threeClassesOfWholeNumbersKeepTheirType() {
    ModelSignature signature = signature("logistic_regression", Task.CLASSIFICATION, "int");
    Trained trained = train(signature, "cast(9 + id % 3 as bigint)", 2, folder);
    assertThat(trained.classes()).containsExactly("9", "10", "11");
    assertThat(metric(trained, "test", "f1").value()).isBetween(0.0, 1.0);
    assertThat(predict(signature, List.of(0), folder).get(0).get(5)).isInstanceOf(Integer.class);
  }

  @Test
  void aLineIsFoundByRegression() {
    ModelSignature signature = signature("linear_regression", Task.REGRESSION, "double");
    Trained trained = train(signature, "2.0D * (id % 100) + 1", 2, folder);
    assertThat(metric(trained, "test", "rmse").value()).isLessThan(0.1);
    assertThat(metric(trained, "test", "r2").value()).isCloseTo(1, within(1e-3));
    assertThat((Double) predict(signature, List.of(0), folder).get(10).get(5))
        .isCloseTo(21, within(0.1));
  }

  /** More than one partition of MLlib's own, which are for other sessions than few rows are. */
  @Test
  void manyRowsAreLearntInSpark() {
    ModelSignature signature = signature("logistic_regression", Task.CLASSIFICATION, "int");
    String labelled = "cast(id % 100 > 60 as int) as y from range(0, 120000, 1, 2)";
    Trained trained = train(signature, labelled, folder);
    assertThat(trained.rows()).isEqualTo(96_000);
    assertThat(trained.heldOut()).isEqualTo(24_000);
    assertThat(trained.classes()).containsExactly("0", "1");
    assertThat(metric(trained, "test", "auc").value()).isGreaterThan(0.99);
    assertThat(predict(signature, List.of(0), folder).get(99).get(5)).isEqualTo(1);
  }

  /** What is known by its content needs its files no more. */
  @Test
  void aModelIsReadOnce() throws IOException {
    ModelSignature signature = signature("linear_regression", Task.REGRESSION, "double");
    train(signature, "2.0D * (id % 100) + 1", 2, folder);
    Map<String, Object> row = new HashMap<>(Map.of("a", 10.0, "b", true, "c", "c1", "d", 1.0));
    ModelFiles known = new ModelFiles("m", 1, signature, folder, "hash of a line");
    Map<String, Object> before;
    try (RowPredictor predictor = mllib.predictor(known, TestSpark.run())) {
      before = predictor.predict(List.of(row)).get(0);
    }
    ModelFolder.delete(folder.resolve("pipeline"));
    try (RowPredictor predictor = mllib.predictor(known, TestSpark.run())) {
      assertThat(predictor.predict(List.of(row)).get(0)).isEqualTo(before);
    }
    ModelFiles other = new ModelFiles("m", 1, signature, folder, "another hash");
    assertThatThrownBy(() -> mllib.predictor(other, TestSpark.run()))
        .hasMessageContaining("MODEL_CORRUPT");
  }

  @Test
  void localAnswersAreThoseOfThePipeline() {
    ModelSignature signature = signature("random_forest", Task.REGRESSION, "double");
    train(signature, "cast(id % 100 + id % 5 as double)", 2, folder);
    org.apache.spark.ml.PipelineModel pipeline =
        org.apache.spark.ml.PipelineModel.load(folder.resolve("pipeline").toUri().toString());
    List<Double> spark =
        pipeline
            .transform(
                org.apache.spark.sql.SparkSession.active()
                    .sql(FEATURES + "id from range(0, 3000, 1, 2)")
                    .toDF("f0", "f1", "f2", "f3", "id"))
            .select("prediction")
            .collectAsList()
            .stream()
            .map(row -> row.getDouble(0))
            .toList();
    List<List<Object>> ours = predict(signature, List.of(0), folder);
    for (int i = 0; i < spark.size(); i++) {
      assertThat((Double) ours.get(i).get(5)).isCloseTo(spark.get(i), within(1e-12));
    }
  }

  @Test
  void labelsThatCannotBeLearntAreSaid() {
    ModelSignature signature = signature("random_forest", Task.CLASSIFICATION, "string");
    assertThatThrownBy(() -> train(signature, "'same'", 1, folder))
        .hasMessageContaining("TRAINING_DATA: the label 'y' has only one value 'same'");
    assertThatThrownBy(() -> train(signature, "cast(null as string)", 1, folder))
        .hasMessageContaining("TRAINING_DATA: there is no row with a label");
  }

  @Test
  void aCancelledTrainingEndsWithoutItsOtherJobs() throws Exception {
    AtomicBoolean cancelled = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    List<Progress> progress = new CopyOnWriteArrayList<>();
    Run run = TestSpark.run(cancelled, progress);
    RelNode rows = plans.text(FEATURES + "id % 7 < 3 as y from range(0, 400000, 1, 4)");
    Job job =
        new Job(
            "m",
            signature("gbt", Task.CLASSIFICATION, "boolean"),
            TestSpark.backend().trainingData(rows, 7, run),
            Optional.empty(),
            Map.of("max_iter", 1000L),
            0,
            7,
            0,
            0,
            OptionalDouble.empty(),
            folder);
    Thread cancelling =
        new Thread(
            () -> {
              while (progress.isEmpty()) {
                Thread.onSpinWait();
              }
              cancelled.set(true);
              // The engine insists as well: between two jobs there is nothing to cancel.
              while (!ended.get()) {
                TestSpark.backend().cancel(run.id());
                LockSupport.parkNanos(1_000_000);
              }
            });
    cancelling.start();
    assertThatThrownBy(() -> mllib.train(job, run)).hasMessageContaining("CANCELLED");
    ended.set(true);
    cancelling.join();
  }

  @Test
  void aModelThatIsNoneIsSaid() {
    ModelSignature signature = signature("random_forest", Task.CLASSIFICATION, "string");
    ModelFiles files = new ModelFiles("m", 1, signature, folder.resolve("nothing"));
    assertThatThrownBy(() -> mllib.predictor(files, TestSpark.run()))
        .hasMessageContaining("MODEL_CORRUPT");
  }
}
