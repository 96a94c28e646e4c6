package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.model.ModelStore;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same rows and seed make the same files, however the rows are parted, for every algorithm. */
@Tag("slow")
class SameModelTest {

  private static final String TEXT =
      "select concat('dog', id % 3, ' cat', id % 5, ' cow', id % 2) as a";
  private static final String TABLE =
      "select cast(id % 50 as double) as a, concat('c', id % 5) as b";
  private static final String PAIR = "select concat('u', id % 7) as a, concat('i', id % 11) as b";

  /** Those that would go on for long. */
  private static final List<String> SHORT = List.of("gbt", "k_means", "lda", "als");

  @TempDir Path folder;
  private final TestPlans plans = new TestPlans();
  private final ModelBackend mllib = TestSpark.spark().mllib();

  /** One of each kind of model in every build; the others with {@code -Pfull}. */
  private static Stream<Arguments> algorithms() {
    Stream<String> always =
        Stream.of("gbt CLASSIFICATION", "k_means CLUSTERING", "lda TOPICS", "als REGRESSION");
    Stream<String> full =
        Stream.of(
            "random_forest CLASSIFICATION",
            "random_forest REGRESSION",
            "decision_tree REGRESSION",
            "logistic_regression CLASSIFICATION",
            "linear_svc CLASSIFICATION",
            "naive_bayes CLASSIFICATION",
            "linear_regression REGRESSION",
            "generalized_linear_regression REGRESSION",
            "bisecting_k_means CLUSTERING",
            "gaussian_mixture CLUSTERING",
            "pca EMBEDDING",
            "word2vec EMBEDDING",
            "tf_idf TERMS");
    return Stream.concat(always, Boolean.getBoolean("weft.full") ? full : Stream.empty())
        .map(each -> each.split(" "))
        .map(each -> Arguments.of(each[0], Task.valueOf(each[1])));
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void ofOneTraining(String algorithm, Task task) throws IOException {
    Map<String, String> one = files(algorithm, task, 1, folder.resolve("one"));
    Map<String, String> four = files(algorithm, task, 4, folder.resolve("four"));
    assertThat(one).isNotEmpty();
    assertThat(four).isEqualTo(one);
  }

  private Map<String, String> files(String algorithm, Task task, int partitions, Path into)
      throws IOException {
    boolean words = List.of("word2vec", "tf_idf", "lda").contains(algorithm);
    String features = words ? TEXT : algorithm.equals("als") ? PAIR : TABLE;
    String label = task == Task.CLASSIFICATION ? ", id % 50 > 20 as y" : ", 1.5D * (id % 50) as y";
    String columns = features + (task.labelled() ? label : "");
    ModelSignature signature =
        new ModelSignature(
            algorithm, task, kinds(algorithm, words), label(task).filter(l -> task.labelled()));
    Job job =
        new Job(
            "m",
            signature,
            TestSpark.backend()
                .trainingData(
                    plans.text(columns + " from range(0, 600, 1, " + partitions + ")"),
                    7,
                    TestSpark.run()),
            Optional.empty(),
            SHORT.contains(algorithm) ? Map.of("max_iter", 3L) : Map.of(),
            0,
            7,
            0,
            0,
            OptionalDouble.empty(),
            into);
    mllib.train(job, TestSpark.run());
    return ModelStore.hashes(into);
  }

  private static Optional<Column> label(Task task) {
    String type = task == Task.CLASSIFICATION ? "boolean" : "double";
    return Optional.of(new Column("y", type, true));
  }

  private static List<Feature> kinds(String algorithm, boolean words) {
    if (words) {
      return List.of(new Feature("a", "string", FeatureKind.TEXT));
    }
    FeatureKind first = algorithm.equals("als") ? FeatureKind.CATEGORY : FeatureKind.NUMBER;
    return List.of(
        new Feature("a", first == FeatureKind.NUMBER ? "double" : "string", first),
        new Feature("b", "string", FeatureKind.CATEGORY));
  }
}
