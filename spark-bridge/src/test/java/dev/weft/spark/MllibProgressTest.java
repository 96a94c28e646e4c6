package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What MLlib's algorithms tell while they train. */
@Tag("slow")
class MllibProgressTest {

  private static final String NUMBERS = "select cast(id % 50 as double) as a, id % 7 as b";
  private static final String TEXT = "select concat('dog', id % 3, ' cat', id % 5) as a";
  private static final String PAIR = "select concat('u', id % 7) as a, concat('i', id % 11) as b";
  private static final List<String> WORDS = List.of("word2vec", "lda");

  @TempDir Path folder;
  private final TestPlans plans = new TestPlans();
  private final ModelBackend mllib = TestSpark.spark().mllib();

  /** Algorithm, task, options, unit, and how many steps: 0 where nobody knows beforehand. */
  private static Stream<Arguments> algorithms() {
    return Stream.of(
        of("gbt", Task.CLASSIFICATION, Map.of("max_iter", 4L), "trees", 4),
        of("gbt", Task.REGRESSION, Map.of("max_iter", 3L), "trees", 3),
        of("k_means", Task.CLUSTERING, Map.of("max_iter", 9L, "k", 5L), "iterations", 9),
        of("gaussian_mixture", Task.CLUSTERING, Map.of("max_iter", 4L), "iterations", 4),
        of("lda", Task.TOPICS, Map.of("max_iter", 5L), "iterations", 5),
        of("word2vec", Task.EMBEDDING, Map.of("max_iter", 3L), "iterations", 3),
        of("als", Task.REGRESSION, Map.of("max_iter", 7L), "iterations", 7),
        of("als", Task.REGRESSION, Map.of("max_iter", 4L, "implicit_prefs", true), "iterations", 4),
        of(
            "generalized_linear_regression",
            Task.REGRESSION,
            Map.of("family", "poisson"),
            "iterations",
            25),
        of("logistic_regression", Task.CLASSIFICATION, Map.of(), "iterations", 100),
        of("linear_regression", Task.REGRESSION, Map.of("solver", "l-bfgs"), "iterations", 100),
        of("linear_svc", Task.CLASSIFICATION, Map.of("max_iter", 5L), "iterations", 5),
        of("random_forest", Task.CLASSIFICATION, Map.of("num_trees", 5L), "passes", 0),
        of("decision_tree", Task.REGRESSION, Map.of(), "passes", 0),
        of("bisecting_k_means", Task.CLUSTERING, Map.of(), "passes", 0));
  }

  private static Arguments of(
      String algorithm, Task task, Map<String, Object> options, String unit, long most) {
    return Arguments.of(algorithm, task, options, unit, most);
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void stepsAreTold(
      String algorithm, Task task, Map<String, Object> options, String unit, long most) {
    List<Progress> told = told(algorithm, task, options, "training");
    List<Progress> steps = told.stream().filter(one -> one.unit().equals(unit)).toList();
    assertThat(steps).hasSizeGreaterThan(1);
    assertThat(steps).extracting(Progress::done).isSorted().first().isNotEqualTo(0L);
    List<Progress> before = steps.subList(0, steps.size() - 1);
    assertThat(before).allMatch(one -> one.total() == most);
    assertThat(before.stream().skip(1))
        .allMatch(one -> one.secondsLeft().isPresent() == (most > 0));
    Progress last = steps.get(steps.size() - 1);
    assertThat(last.done()).isEqualTo(last.total());
    assertThat(last.done()).isGreaterThanOrEqualTo(before.get(before.size() - 1).done());
    // Steps take the place of tasks.
    assertThat(told.subList(told.indexOf(steps.get(0)), told.indexOf(last)))
        .allMatch(one -> one.unit().equals(unit));
  }

  @Test
  void searchesTellTheirLoss() {
    List<Progress> told =
        told("logistic_regression", Task.CLASSIFICATION, Map.of("max_iter", 6L), "training")
            .stream()
            .filter(one -> one.metric().equals(Optional.of("loss")))
            .toList();
    assertThat(told).extracting(Progress::done).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 6L);
    assertThat(told.get(5).value().orElseThrow()).isLessThan(told.get(0).value().orElseThrow());
  }

  @Test
  void foldsAreToldEachByItself() {
    Map<String, Object> options = Map.of("max_iter", 3L, "cv_folds", 2L);
    List<Progress> told = told("gbt", Task.REGRESSION, options, "fold 2 of 2, training");
    assertThat(told.get(told.size() - 1).done()).isEqualTo(3);
    assertThat(told).filteredOn(one -> one.unit().equals("trees")).hasSize(3);
  }

  @Test
  void whatHasNoStepsTellsItsTasks() {
    List<Progress> told = told("naive_bayes", Task.CLASSIFICATION, Map.of(), "training");
    assertThat(told).isNotEmpty().allMatch(one -> one.unit().equals("tasks"));
  }

  private List<Progress> told(
      String algorithm, Task task, Map<String, Object> options, String what) {
    String label = task == Task.CLASSIFICATION ? ", id % 50 > 20 as y" : ", 1.5D * (id % 50) as y";
    boolean words = WORDS.contains(algorithm);
    String features = words ? TEXT : algorithm.equals("als") ? PAIR : NUMBERS;
    String columns = features + (task.labelled() ? label : "");
    String type = task == Task.CLASSIFICATION ? "boolean" : "double";
    ModelSignature signature =
        new ModelSignature(
            algorithm,
            task,
            features(algorithm, words),
            Optional.of(new Column("y", type, true)).filter(one -> task.labelled()));
    List<Progress> told = new CopyOnWriteArrayList<>();
    Job job =
        new Job(
            "m",
            signature,
            TestSpark.backend()
                .trainingData(
                    plans.text(columns + " from range(0, 600, 1, 2)"), 7, TestSpark.run()),
            Optional.empty(),
            options,
            0,
            7,
            0,
            0,
            OptionalDouble.empty(),
            folder);
    mllib.train(job, TestSpark.run(new AtomicBoolean(), told));
    return told.stream().filter(one -> one.what().equals(what)).toList();
  }

  private static List<Feature> features(String algorithm, boolean words) {
    if (words) {
      return List.of(new Feature("a", "string", FeatureKind.TEXT));
    }
    boolean pairs = algorithm.equals("als");
    FeatureKind kind = pairs ? FeatureKind.CATEGORY : FeatureKind.NUMBER;
    return List.of(
        new Feature("a", pairs ? "string" : "double", kind),
        new Feature("b", pairs ? "string" : "bigint", kind));
  }
}
