package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RayBackendTest {

  private static final ArrowType DOUBLE =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  private static final List<@Nullable Object> USUAL = Arrays.asList(1.5, true, "Bonn");
  private static final List<@Nullable Object> NOTHING = Arrays.asList(null, null, null);

  @TempDir static Path project;
  private final BufferAllocator allocator = new RootAllocator();
  private final RayBackend backend = SharedRuntime.backend();

  @AfterAll
  void close() {
    allocator.close();
  }

  @Test
  void twoClassesTrainAndPredict() throws IOException {
    ModelSignature signature = Fixtures.signature("lightgbm", Task.CLASSIFICATION, "boolean");
    SampleRows rows =
        SampleRows.of(allocator, ArrowType.Bool.INSTANCE, 2000, (x, city) -> x + city.length() > 4);
    Path folder = folder("binary");

    Trained trained = train(signature, rows, Map.of("num_leaves", 15L), folder);
    List<Map<String, Object>> answers = predict(signature, folder, 2);

    assertThat(trained.rows()).isEqualTo(1500);
    assertThat(trained.classes()).containsExactly("false", "true");
    assertThat(metric(trained, "test", "auc")).isGreaterThan(0.9);
    assertThat(trained.parameters()).containsEntry("num_leaves", 15L);
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).containsOnlyKeys("y_pred", "y_prob", "y_probs");
  }

  @Test
  void textLabelsOfThreeClassesTakeNullsAndUnseenCategories() throws IOException {
    ModelSignature signature = Fixtures.signature("lightgbm", Task.CLASSIFICATION, "string");
    SampleRows rows =
        SampleRows.of(
            allocator,
            ArrowType.Utf8.INSTANCE,
            1200,
            (x, city) -> x > 0.6 ? "high" : x < -0.6 ? "low" : "middle");
    Path folder = folder("classes");

    Trained trained = train(signature, rows, Map.of("num_iterations", 30L), folder);
    List<Map<String, Object>> answers =
        predict(signature, folder, List.of(Arrays.asList(3.0, null, "Rome"), NOTHING));

    assertThat(trained.classes()).containsExactly("high", "low", "middle");
    assertThat(answers.get(0)).containsEntry("y_pred", "high");
    assertThat((Map<?, ?>) answers.get(1).get("y_probs")).hasSize(3);
  }

  @Test
  void numbersArePredictedAndNullLabelsCounted() throws IOException {
    ModelSignature signature = Fixtures.signature("lightgbm", Task.REGRESSION, "int");
    SampleRows rows =
        SampleRows.of(
            allocator, DOUBLE, 1000, (x, city) -> city.equals("Kiel") && x > 1 ? null : 3 * x);

    Trained trained = train(signature, rows, Map.of(), folder("regression"));
    List<Map<String, Object>> answers = predict(signature, folder("regression"), 1);

    assertThat(trained.dropped()).isPositive();
    assertThat(trained.rows() + trained.heldOut() + trained.dropped()).isEqualTo(1000);
    assertThat(metric(trained, "test", "r2")).isGreaterThan(0.7);
    assertThat((Double) answers.get(0).get("y_pred")).isBetween(3.0, 6.0);
  }

  @Test
  void scikitLearnKeepsIntegerLabels() throws IOException {
    ModelSignature signature =
        Fixtures.signature("sklearn_logistic_regression", Task.CLASSIFICATION, "bigint");
    SampleRows rows =
        SampleRows.of(allocator, new ArrowType.Int(64, true), 800, (x, city) -> x > 0.5 ? 7L : 3L);

    Trained trained = train(signature, rows, Map.of("C", 2.0), folder("scikit"));
    List<Map<String, Object>> answers = predict(signature, folder("scikit"), 1);

    assertThat(trained.classes()).containsExactly("3", "7");
    assertThat(answers.get(0)).containsEntry("y_pred", 7L);
  }

  @Test
  void aLabelWithOneValueIsRefused() throws IOException {
    ModelSignature signature = Fixtures.signature("lightgbm", Task.CLASSIFICATION, "boolean");
    SampleRows rows = SampleRows.of(allocator, ArrowType.Bool.INSTANCE, 100, (x, city) -> true);
    Path folder = folder("single");

    assertThatThrownBy(() -> train(signature, rows, Map.of(), folder))
        .hasMessageContaining("TRAINING_DATA")
        .hasMessageContaining("the label 'y' has only the value 'true'");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void noRowsAreRefused() throws IOException {
    ModelSignature signature = Fixtures.signature("lightgbm", Task.CLASSIFICATION, "boolean");
    SampleRows rows = new SampleRows(allocator, ArrowType.Bool.INSTANCE, List.of());

    assertThatThrownBy(() -> train(signature, rows, Map.of(), folder("none")))
        .hasMessageContaining("there are no rows to train on");
  }

  @Test
  void cancellingEndsTheActorSoon() throws IOException {
    AtomicBoolean asked = new AtomicBoolean();
    Run run =
        Fixtures.run(progress -> asked.compareAndSet(false, isTraining(progress)), asked::get);
    Path folder = folder("cancelled");

    assertThatThrownBy(() -> backend.train(longJob(folder), run)).hasMessageContaining("CANCELLED");

    assertThat(backend.actors()).noneMatch(actor -> actor.startsWith("trainer"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void trainingSaysHowLongTheRestWillTake() throws IOException {
    AtomicBoolean said = new AtomicBoolean();
    Run run =
        Fixtures.run(
            progress -> said.compareAndSet(false, progress.secondsLeft().orElse(0) > 0), said::get);

    assertThatThrownBy(() -> backend.train(longJob(folder("left")), run))
        .hasMessageContaining("CANCELLED");

    assertThat(said).isTrue();
  }

  @Test
  void aTimeLimitEndsTheTraining() throws IOException {
    Job job = Fixtures.limited(longJob(folder("limited")), 3.0);

    assertThatThrownBy(() -> backend.train(job, Fixtures.run())).hasMessageContaining("TIMED_OUT");
  }

  @Test
  void aCorruptModelIsRefused() throws IOException {
    ModelSignature signature = Fixtures.signature("lightgbm", Task.REGRESSION, "double");
    Path folder = folder("corrupt");
    train(signature, SampleRows.of(allocator, DOUBLE, 200, (x, city) -> x), Map.of(), folder);
    Files.writeString(folder.resolve("model.txt"), "tree\nnothing");

    assertThatThrownBy(() -> predict(signature, folder, 1))
        .hasMessageContaining("MODEL_CORRUPT")
        .hasMessageContaining("model.txt");
  }

  @Test
  void rowsAreAnsweredByManyThreads() throws IOException {
    ModelSignature signature = Fixtures.signature("sklearn_ridge", Task.REGRESSION, "double");
    Path folder = folder("rows");
    train(signature, SampleRows.of(allocator, DOUBLE, 200, (x, city) -> x), Map.of(), folder);

    try (RowPredictor predictor =
        backend.predictor(new ModelFiles("m", 1, signature, folder), Fixtures.run())) {
      List<Double> found =
          IntStream.range(0, 64)
              .parallel()
              .mapToObj(i -> predictor.predict(List.of(Map.of("x", 1.0))))
              .map(answers -> (Double) answers.get(0).get("y_pred"))
              .distinct()
              .toList();
      assertThat(found).hasSize(1);
    }
  }

  private Job longJob(Path folder) {
    ModelSignature signature = Fixtures.signature("lightgbm", Task.REGRESSION, "double");
    SampleRows rows = SampleRows.of(allocator, DOUBLE, 3000, (x, city) -> x);
    return Fixtures.job(signature, rows, Map.of("num_iterations", 100_000L), folder);
  }

  private static boolean isTraining(Progress progress) {
    return progress.what().equals("training") && progress.done() > 0;
  }

  private Trained train(
      ModelSignature signature, SampleRows rows, Map<String, Object> options, Path folder) {
    return backend.train(Fixtures.job(signature, rows, options, folder), Fixtures.run());
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(project.resolve(name));
  }

  private List<Map<String, Object>> predict(ModelSignature signature, Path folder, int batches) {
    return predict(signature, folder, Collections.nCopies(batches, USUAL));
  }

  private List<Map<String, Object>> predict(
      ModelSignature signature, Path folder, List<List<@Nullable Object>> rows) {
    ArrowExchange exchange =
        backend.exchange(new ModelFiles("m", 1, signature, folder), Fixtures.run());
    List<Map<String, Object>> answers = new ArrayList<>();
    try (ArrowExchange.Stream stream = exchange.open(allocator, SampleRows.FEATURES)) {
      for (List<@Nullable Object> row : rows) {
        send(stream, List.of(row));
      }
      stream.finish();
      for (VectorSchemaRoot answer = stream.receive(); answer != null; answer = stream.receive()) {
        answers.addAll(new RowBatches(signature).read(answer));
      }
    }
    return answers;
  }

  private void send(ArrowExchange.Stream stream, List<List<@Nullable Object>> rows) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(SampleRows.FEATURES, allocator)) {
      SampleRows.fill(root, rows, 0);
      stream.send(root);
    }
  }

  private static double metric(Trained trained, String data, String name) {
    return trained.metrics().stream()
        .filter(metric -> metric.data().equals(data) && metric.name().equals(name))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow();
  }
}
