package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend.Metric;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RayBackendTest {

  private static final ArrowType DOUBLE =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  @TempDir static Path project;
  private final BufferAllocator allocator = new RootAllocator();
  private RayBackend backend;

  @BeforeAll
  void open() {
    backend = new RayBackend(Fixtures.settings(project));
  }

  @AfterAll
  void close() {
    backend.close();
    allocator.close();
  }

  @Test
  void twoClassesTrainAndPredict() throws IOException {
    ModelSignature signature = Fixtures.signature("lightgbm", Task.CLASSIFICATION, "boolean");
    SampleRows rows =
        SampleRows.of(
            allocator, ArrowType.Bool.INSTANCE, 2000, (x, city) -> x + city.length() > 4);
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

  private Trained train(
      ModelSignature signature, SampleRows rows, Map<String, Object> options, Path folder) {
    return backend.train(Fixtures.job(signature, rows, options, folder), Fixtures.run());
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(project.resolve(name));
  }

  private List<Map<String, Object>> predict(ModelSignature signature, Path folder, int batches) {
    ArrowExchange exchange =
        backend.exchange(new ModelFiles("m", 1, signature, folder), Fixtures.run());
    List<Map<String, Object>> answers = new ArrayList<>();
    try (ArrowExchange.Stream stream = exchange.open(allocator, SampleRows.FEATURES)) {
      for (int batch = 0; batch < batches; batch++) {
        send(stream, List.of(Arrays.asList(1.5, true, "Bonn")));
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
