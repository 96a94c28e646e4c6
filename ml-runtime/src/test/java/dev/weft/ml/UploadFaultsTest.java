package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.spi.ArrowSink;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.engine.spi.TrainingData;
import dev.weft.ml.FaultyProxy.Fault;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Uploads over a network that cuts, delays and doubles, and with actors that die or hang: the model
 * that is trained on the rows is the same as without, or the statement fails in one sentence.
 */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadFaultsTest {

  private static final boolean FULL = Boolean.getBoolean("weft.full");
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int ROWS = 1500;

  @TempDir static Path project;
  private final BufferAllocator allocator = new RootAllocator();
  private final ModelSignature signature =
      Fixtures.signature("sklearn_ridge", Task.REGRESSION, "double");
  private final SampleRows rows =
      SampleRows.of(
          allocator, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), ROWS, (x, c) -> x);
  private RayBackend backend;
  private Object expected = List.of();
  private int folders;

  @BeforeAll
  void start() throws IOException {
    RuntimeSettings usual = Fixtures.settings(project);
    backend =
        new RayBackend(
            new RuntimeSettings(
                usual.home(),
                usual.logs(),
                usual.environment(),
                usual.objectStoreBytes(),
                usual.startLimit(),
                LIMIT));
    expected = learnt(rows::send);
  }

  @AfterEach
  void nothingIsLeftAllocated() throws InterruptedException {
    for (int i = 0; i < 200 && (allocator.getAllocatedMemory() > 0 || trains()); i++) {
      Thread.sleep(10);
    }
    assertThat(allocator.getAllocatedMemory()).isZero();
    assertThat(trains()).isFalse();
  }

  @AfterAll
  void close() {
    backend.close();
    allocator.close();
  }

  @Test
  void aGatewayKilledWhileRowsAreSentIsReplaced() throws IOException {
    int[] sends = {0};
    Object found =
        learnt(
            sink -> {
              if (sends[0]++ == 0) {
                rows.sendPartition(sink, 0, 1, true);
                end(actor("gateway"));
              }
              return rows.send(sink);
            });

    assertThat(found).isEqualTo(expected);
    assertThat(sends[0]).isEqualTo(2);
  }

  @Test
  void aGatewayThatHangsIsReplacedAndEnds() throws Exception {
    List<ProcessHandle> hanging = new ArrayList<>();
    Object found =
        learnt(
            sink -> {
              if (hanging.isEmpty()) {
                hanging.add(actor("gateway"));
                signal("STOP", hanging.get(0));
              }
              return rows.send(sink);
            });

    assertThat(found).isEqualTo(expected);
    hanging.get(0).onExit().get(20, TimeUnit.SECONDS);
  }

  @Test
  void rowsThatWereConfirmedOutliveTheirGateway() throws IOException {
    Object found =
        learnt(
            sink -> {
              List<ArrowSink.Sent> receipts = rows.send(sink);
              end(actor("gateway"));
              return receipts;
            });

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aCoordinatorThatIsLostIsSaidAndTheNextTrainingWorks() throws IOException {
    assertThatThrownBy(
            () ->
                learnt(
                    sink -> {
                      List<ArrowSink.Sent> receipts = rows.send(sink);
                      end(actor("coordinator"));
                      return receipts;
                    }))
        .hasMessageContaining("TRAINING_FAILED")
        .hasMessageContaining("run it again");

    assertThat(learnt(rows::send)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "CUT,0,true",
    "CUT,700,true",
    "CUT,20000,true",
    "CUT,0,false",
    "CUT,100,false",
    "DOUBLE,700,true",
    "DOUBLE,20000,true",
    "DELAY,0,true"
  })
  void anAttemptOverABadNetworkCountsWhollyOrNot(Fault fault, long at, boolean asking)
      throws IOException {
    assertThat(learnt(sink -> sentBadly(sink, fault, at, asking))).isEqualTo(expected);
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, FULL ? 250 : 6).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyScheduleOfFaultsGivesTheSameModel(long seed) throws IOException {
    Random random = new Random(seed);
    Object found =
        learnt(
            sink -> {
              List<ArrowSink.Sent> receipts = List.of();
              for (int i = random.nextInt(3); i >= 0; i--) {
                Fault fault = List.of(Fault.CUT, Fault.DOUBLE, Fault.DELAY).get(random.nextInt(3));
                receipts = sentBadly(sink, fault, random.nextInt(60_000), random.nextBoolean());
                if (i == 0 && random.nextInt(4) == 0) {
                  end(actor("gateway"));
                }
              }
              return receipts;
            });

    assertThat(found).isEqualTo(expected);
  }

  /** One attempt at partition 0 through a proxy, and another one at both partitions. */
  private List<ArrowSink.Sent> sentBadly(ArrowSink sink, Fault fault, long at, boolean asking) {
    FlightSink known = (FlightSink) sink;
    try (FaultyProxy proxy = new FaultyProxy(known.endpoint(), fault, at, 1, asking)) {
      FlightSink bad =
          new FlightSink(proxy.endpoint(), known.upload(), known.dataset(), known.limit());
      try {
        rows.sendPartition(bad, 0, 7, true);
      } catch (RemoteFailure said) {
        assertThat(said).hasMessageNotContaining("Exception");
      }
      List<ArrowSink.Sent> receipts = rows.send(sink);
      assertThat(drained(Connections.to(proxy.endpoint()))).isTrue();
      return receipts;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a model says of itself that has learnt from rows; it depends on each of them. */
  private Object learnt(Sending sending) throws IOException {
    TrainingData data =
        new TrainingData() {
          @Override
          public Schema schema() {
            return rows.schema();
          }

          @Override
          public List<ArrowSink.Sent> send(ArrowSink sink) {
            return sending.send(sink);
          }
        };
    Path folder = Files.createDirectories(project.resolve("model" + folders++));
    Trained trained =
        backend.train(Fixtures.job(signature, data, Map.of(), folder), Fixtures.run());
    assertThat(trained.rows() + trained.heldOut()).isEqualTo(ROWS);
    return trained.metrics();
  }

  /** The thread that brought a receipt may hold it for a moment more. */
  private static boolean drained(Connection connection) {
    for (int i = 0; i < 200 && connection.allocated() > 0; i++) {
      LockSupport.parkNanos(10_000_000);
    }
    return connection.allocated() == 0;
  }

  private boolean trains() {
    return backend.actors().stream().anyMatch(actor -> actor.startsWith("trainer"));
  }

  private ProcessHandle actor(String role) {
    return backend.actors().stream()
        .filter(actor -> actor.startsWith(role))
        .map(actor -> ProcessHandle.of(Long.parseLong(actor.split(" ")[1])).orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private static void end(ProcessHandle actor) {
    actor.destroyForcibly();
    actor.onExit().join();
  }

  private static void signal(String name, ProcessHandle actor) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(actor.pid())).start().waitFor();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How rows are sent. */
  private interface Sending {
    List<ArrowSink.Sent> send(ArrowSink sink);
  }
}
