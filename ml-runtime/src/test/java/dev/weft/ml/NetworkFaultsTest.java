package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.ml.FaultyProxy.Fault;
import dev.weft.ml.wire.Endpoint;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PREDICT over a network that cuts, holds or delays, and on an actor that hangs. */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkFaultsTest {

  private static final ArrowType DOUBLE =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final int BATCHES = 40;

  @TempDir static Path project;
  private final BufferAllocator allocator = new RootAllocator();
  private final ModelSignature signature =
      Fixtures.signature("sklearn_ridge", Task.REGRESSION, "double");
  private final RayBackend backend = SharedRuntime.backend();
  private List<Object> expected = List.of();
  private ModelFiles files = new ModelFiles("m", 1, signature, Path.of(""));

  @BeforeAll
  void train() throws IOException {
    Path folder = Files.createDirectories(project.resolve("model"));
    SampleRows rows = SampleRows.of(allocator, DOUBLE, 500, (x, city) -> 3 * x);
    backend.train(Fixtures.job(signature, rows, Map.of(), folder), Fixtures.run());
    files = new ModelFiles("m", 1, signature, folder);
    expected = answers(direct());
    assertThat(expected).hasSize(BATCHES).doesNotHaveDuplicates();
  }

  @AfterEach
  void nothingIsLeftAllocated() {
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  @AfterAll
  void close() {
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100, 700, 2000, 5000})
  void aConnectionThatIsCutIsMadeAgain(long at) throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.CUT, at, 1)) {
      assertThat(answers(through(proxy, PATIENCE))).isEqualTo(expected);
      assertThat(proxy.accepted()).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100})
  void aConnectionThatIsAlwaysCutIsSaidAtOnce(long at) throws IOException {
    long start = System.nanoTime();
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.CUT, at, Integer.MAX_VALUE)) {
      assertThatThrownBy(() -> answers(through(proxy, PATIENCE)))
          .isInstanceOf(RemoteFailure.class)
          .hasMessageContaining("its actor is gone; run the statement again");
      assertThat(proxy.accepted()).isGreaterThan(1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
  }

  @Test
  void aConnectionThatIsCutAgainAndAgainGoesOnAsLongAsItAnswers() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.CUT, 2000, Integer.MAX_VALUE)) {
      assertThat(answers(through(proxy, PATIENCE))).isEqualTo(expected);
      assertThat(proxy.accepted()).isGreaterThan(2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 700, 2000, 5000})
  void bytesThatComeTwiceMakeNoWrongAnswerAndLeaveNothing(long at) throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.DOUBLE, at, 1)) {
      assertThat(rowsOrFailure(through(proxy, SHORT)))
          .isIn(
              expected,
              List.of("an answer was lost or came twice"),
              List.of("its actor sent an answer that cannot be read"));
      assertThat(Connections.to(proxy.endpoint()).allocated()).isZero();
    }
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, Boolean.getBoolean("weft.full") ? 250 : 8).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyScheduleOfFaultsGivesTheSameAnswers(long seed) throws IOException {
    Random random = new Random(seed);
    Fault fault = List.of(Fault.CUT, Fault.DELAY).get(random.nextInt(2));
    int times = 1 + random.nextInt(2);
    try (FaultyProxy proxy =
        new FaultyProxy(actor(), fault, random.nextInt(9000), times, random.nextBoolean())) {
      assertThat(answers(through(proxy, PATIENCE))).isEqualTo(expected);
      assertThat(Connections.to(proxy.endpoint()).allocated()).isZero();
    }
  }

  @Test
  void answersThatAreLateAreTheSame() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.DELAY, 0, 1)) {
      assertThat(answers(through(proxy, PATIENCE))).isEqualTo(expected);
    }
  }

  @Test
  void anActorThatIsNotHeardOfIsSaidInTime() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.HOLD, 700, Integer.MAX_VALUE)) {
      assertThatThrownBy(() -> answers(through(proxy, SHORT)))
          .isInstanceOf(RemoteFailure.class)
          .hasMessageContaining("took longer than 3 s");
    }
  }

  @Test
  void anActorThatIsNotHeardOfIsAskedAnotherWay() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.HOLD, 700, 1)) {
      String around = Reopening.keep(() -> List.of(actor()));
      assertThat(answers(new FlightExchange("m@1", around, List.of(proxy.endpoint()), SHORT)))
          .isEqualTo(expected);
    }
  }

  @Test
  void anActorThatHangsIsReplacedAndEnds() throws Exception {
    FlightExchange known = direct();
    ProcessHandle hanging = predictor();
    FlightExchange impatient =
        new FlightExchange(known.model(), known.key(), known.endpoints(), SHORT);
    new ProcessBuilder("kill", "-STOP", String.valueOf(hanging.pid())).start().waitFor();

    assertThat(answers(impatient)).isEqualTo(expected);

    hanging.onExit().get(20, java.util.concurrent.TimeUnit.SECONDS);
  }

  private FlightExchange direct() {
    return (FlightExchange) backend.exchange(files, Fixtures.run());
  }

  private Endpoint actor() {
    return direct().endpoints().get(0);
  }

  /** Every way to the model leads through the proxy. */
  private static FlightExchange through(FaultyProxy proxy, Duration limit) {
    List<Endpoint> endpoints = List.of(proxy.endpoint());
    return new FlightExchange("m@1", Reopening.keep(() -> endpoints), endpoints, limit);
  }

  private ProcessHandle predictor() {
    return backend.actors().stream()
        .filter(actor -> actor.startsWith("predictor") && actor.contains(files.folder().toString()))
        .map(actor -> ProcessHandle.of(Long.parseLong(actor.split(" ")[1])).orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private List<Object> rowsOrFailure(FlightExchange exchange) {
    try {
      return answers(exchange);
    } catch (RemoteFailure said) {
      return List.of(
          Objects.requireNonNull(said.getMessage()).replaceAll("^.*answer: (.*);.*$", "$1"));
    }
  }

  private List<Object> answers(FlightExchange exchange) {
    List<Object> found = new ArrayList<>();
    try (ArrowExchange.Stream stream = exchange.open(allocator, SampleRows.FEATURES)) {
      int out = 0;
      for (int batch = 0; batch < BATCHES; batch++) {
        send(stream, batch);
        out++;
        if (out == stream.window()) {
          found.add(read(stream.receive()));
          out--;
        }
      }
      stream.finish();
      for (VectorSchemaRoot answer = stream.receive(); answer != null; answer = stream.receive()) {
        found.add(read(answer));
      }
    }
    return found;
  }

  private void send(ArrowExchange.Stream stream, int number) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(SampleRows.FEATURES, allocator)) {
      SampleRows.fill(root, List.of(Arrays.asList(number / 10.0, true, "Ulm")), 0);
      stream.send(root);
    }
  }

  private Object read(@Nullable VectorSchemaRoot answer) {
    return new RowBatches(signature).read(Objects.requireNonNull(answer)).get(0);
  }
}
