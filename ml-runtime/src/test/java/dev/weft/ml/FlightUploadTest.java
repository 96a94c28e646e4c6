package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.spi.ArrowSink;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.TrainingData;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlightUploadTest {

  @TempDir static Path project;
  private final BufferAllocator allocator = new RootAllocator();
  private final ModelSignature signature =
      Fixtures.signature("sklearn_ridge", Task.REGRESSION, "double");
  private final RayBackend backend = SharedRuntime.backend();

  @AfterAll
  void close() {
    allocator.close();
  }

  @Test
  void onlyTheCommittedAttemptOfAPartitionCounts() throws IOException {
    Trained trained =
        train(
            "twice",
            (rows, sink) -> {
              List<ArrowSink.Sent> receipts = new ArrayList<>(rows.send(sink));
              assertThat(rows.sendPartition(sink, 1, 777, true)).isNotNull();
              return receipts;
            });

    assertThat(trained.rows() + trained.heldOut()).isEqualTo(1500);
  }

  @Test
  void aStreamWithoutItsEndIsForgotten() throws IOException {
    Trained trained =
        train(
            "cut",
            (rows, sink) -> {
              rows.sendPartition(sink, 0, 1, false);
              return rows.send(sink);
            });

    assertThat(trained.rows() + trained.heldOut()).isEqualTo(1500);
  }

  @Test
  void aCommittedAttemptThatWasCutIsAnError() {
    assertThatThrownBy(
            () ->
                train(
                    "lost",
                    (rows, sink) -> {
                      rows.sendPartition(sink, 0, 1, false);
                      return List.of(new ArrowSink.Sent(0, 1, 750, 1));
                    }))
        .hasMessageContaining("did not arrive whole");
  }

  private Trained train(String name, Sending sending) throws IOException {
    ArrowType type = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
    SampleRows rows = SampleRows.of(allocator, type, 1500, (x, city) -> x);
    TrainingData data =
        new TrainingData() {
          @Override
          public Schema schema() {
            return rows.schema();
          }

          @Override
          public List<ArrowSink.Sent> send(ArrowSink sink) {
            return sending.send(rows, sink);
          }
        };
    Path folder = Files.createDirectories(project.resolve(name));
    return backend.train(Fixtures.job(signature, data, Map.of(), folder), Fixtures.run());
  }

  /** How rows are sent. */
  private interface Sending {
    List<ArrowSink.Sent> send(SampleRows rows, ArrowSink sink);
  }
}
