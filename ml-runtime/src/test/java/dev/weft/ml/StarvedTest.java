package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ArrowMap;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Code;
import dev.weft.grammar.ast.Python.Per;
import dev.weft.ml.FaultyProxy.Fault;
import dev.weft.ml.wire.Endpoint;
import dev.weft.planner.plan.PythonOptions;
import dev.weft.planner.plan.PythonProgram;
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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
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

/** Actors that batches of many rows end; what asks for the next ones is told that memory did. */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarvedTest {

  private static final String WHY = "the actor was ended because the machine ran out of memory";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Ends its process at more rows than it has memory for, and says how many came at once. */
  private static final String GREEDY =
      """
      import os, signal
      import pyarrow as pa
      if t.num_rows > 5:
          os.kill(os.getpid(), signal.SIGKILL)
      out = t.set_column(0, "x", pa.array([float(t.num_rows)] * t.num_rows))
      """;

  @TempDir static Path project;
  private final BufferAllocator allocator = new RootAllocator();
  private final RayBackend backend = SharedRuntime.backend();
  private final ModelSignature signature =
      Fixtures.signature("sklearn_logistic_regression", Task.CLASSIFICATION, "string");
  private ModelFiles files = new ModelFiles("m", 1, signature, Path.of(""));

  @BeforeAll
  void train() throws IOException {
    Path folder = Files.createDirectories(project.resolve("model"));
    SampleRows rows = SampleRows.of(allocator, ArrowType.Utf8.INSTANCE, 500, (x, city) -> city);
    backend.train(Fixtures.job(signature, rows, Map.of(), folder), Fixtures.run());
    files = new ModelFiles("m", 1, signature, folder);
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
  @ValueSource(ints = {400, 401, 1})
  void halvesOfABatchAreAnsweredAsTheWhole(int rows) throws IOException {
    FlightExchange direct = (FlightExchange) backend.exchange(files, Fixtures.run());
    List<List<Object>> expected = answers(direct, rows);
    try (FaultyProxy proxy = new FaultyProxy(direct.endpoints().get(0), Fault.CUT, 3000, 1, true)) {
      List<Endpoint> first = List.of(proxy.endpoint());
      String key = Reopening.keep(() -> List.of(starved(proxy.endpoint(), 1)));
      List<List<Object>> found = answers(new FlightExchange("m@1", key, first, LIMIT), rows);
      assertThat(found).isEqualTo(expected).hasSize(3).allMatch(batch -> batch.size() == rows);
    }
  }

  @Test
  void halvesThatAreTooMuchAreSaid() throws IOException {
    FlightExchange direct = (FlightExchange) backend.exchange(files, Fixtures.run());
    try (FaultyProxy proxy =
        new FaultyProxy(direct.endpoints().get(0), Fault.CUT, 3000, Integer.MAX_VALUE, true)) {
      AtomicInteger times = new AtomicInteger();
      String key =
          Reopening.keep(() -> List.of(starved(proxy.endpoint(), times.incrementAndGet())));
      List<Endpoint> first = List.of(proxy.endpoint());
      assertThatThrownBy(() -> answers(new FlightExchange("m@1", key, first, LIMIT), 4000))
          .isInstanceOf(RemoteFailure.class)
          .hasMessageMatching(
              "the model 'm@1' did not answer 2000 rows \\(0\\.\\d MB\\), half of a batch of 4000: "
                  + WHY
                  + ".*");
      assertThat(times).hasValue(2);
    }
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, Boolean.getBoolean("weft.full") ? 250 : 5).boxed();
  }

  /** Cuts anywhere, up to twice: all rows once and in their order, or what was too much. */
  @ParameterizedTest
  @MethodSource("seeds")
  void anyLossGivesTheAnswersOrSaysWhatWasTooMuch(long seed) throws IOException {
    Random random = new Random(seed);
    FlightExchange direct = (FlightExchange) backend.exchange(files, Fixtures.run());
    int rows = 1 + random.nextInt(300);
    Endpoint actor = direct.endpoints().get(0);
    int cuts = 1 + random.nextInt(2);
    try (FaultyProxy proxy =
        new FaultyProxy(actor, Fault.CUT, random.nextInt(40_000), cuts, random.nextBoolean())) {
      // A connection that was not cut leads to the actor before, as far as the stream knows.
      String key =
          Reopening.keep(
              () -> List.of(starved(proxy.endpoint(), Math.min(cuts, proxy.accepted()))));
      List<Endpoint> first = List.of(proxy.endpoint());
      assertThat(answers(new FlightExchange("m@1", key, first, LIMIT), rows))
          .isEqualTo(answers(direct, rows));
    } catch (RemoteFailure said) {
      assertThat(cuts).isEqualTo(2);
      assertThat(said).hasMessageMatching("the model 'm@1' did not answer.*" + WHY + ".*");
    }
  }

  @Test
  void aConnectionThatIsCutHalvesNothing() throws IOException {
    FlightExchange direct = (FlightExchange) backend.exchange(files, Fixtures.run());
    Endpoint before = starved(direct.endpoints().get(0), 1);
    try (FaultyProxy proxy = new FaultyProxy(before, Fault.CUT, 3000, Integer.MAX_VALUE, true)) {
      List<Endpoint> same = List.of(proxy.endpoint());
      String key = Reopening.keep(() -> same);
      assertThatThrownBy(() -> answers(new FlightExchange("m@1", key, same, LIMIT), 4000))
          .hasMessageNotContaining("half of a batch");
    }
  }

  @Test
  void codePerBatchGetsHalves() {
    assertThat(answers(greedy(Per.BATCH), 8)).hasSize(24).containsOnly(4.0);
    assertThat(answers(greedy(Per.BATCH), 9)).hasSize(27).containsOnly(4.0, 5.0);
  }

  @Test
  void codeWhoseHalvesAreTooMuchIsSaid() {
    assertThatThrownBy(() -> answers(greedy(Per.BATCH), 16))
        .isInstanceOf(RemoteFailure.class)
        .hasMessage(
            "the Python code did not answer 8 rows (0.0 MB), half of a batch of 16: " + WHY);
  }

  @Test
  void aPartitionIsNotHalved() {
    assertThatThrownBy(() -> answers(greedy(Per.PARTITION), 8))
        .isInstanceOf(RemoteFailure.class)
        .hasMessage("the Python code did not answer: " + WHY);
  }

  @Test
  void functionsAnswerABatchAtOnce() {
    List<List<Object>> found = new ArrayList<>();
    ArrowExchange functions = new PythonAnswers(greedy(Per.BATCH));
    answers(functions, 9, answer -> found.add(numbers(answer)));
    assertThat(found).hasSize(3).allMatch(batch -> batch.size() == 9);
    assertThat(found.get(2)).startsWith(5.0).endsWith(4.0);
  }

  /** Code whose actors were ended by memory, as is told. */
  private PythonMap greedy(Per per) {
    Code code = new Code(Span.all(new Source("test.weft", GREEDY)), GREEDY, 1);
    PythonProgram program =
        new PythonProgram(code, Optional.empty(), per, List.of("t"), "out", PythonOptions.USUAL);
    PythonMap map = (PythonMap) backend.python().map(program, SampleRows.FEATURES, Fixtures.run());
    AtomicInteger times = new AtomicInteger();
    String key =
        Reopening.keep(
            () ->
                Reopening.again(map.key()).orElseThrow().stream()
                    .map(endpoint -> starved(endpoint, times.incrementAndGet()))
                    .toList());
    return new PythonMap(
        key, map.endpoints(), map.whole(), map.batchRows(), map.limit(), map.fault());
  }

  /** Another actor each time: to a test they are one, by different names. */
  private static Endpoint starved(Endpoint endpoint, int time) {
    return endpoint.toBuilder()
        .setHost(time % 2 == 0 ? "localhost" : "127.0.0.1")
        .setLost(WHY)
        .setOutOfMemory(true)
        .build();
  }

  private List<List<Object>> answers(FlightExchange exchange, int rows) {
    List<List<Object>> found = new ArrayList<>();
    answers(
        exchange,
        rows,
        answer -> found.add(new ArrayList<>(new RowBatches(signature).read(answer))));
    return found;
  }

  private void answers(
      ArrowExchange exchange, int rows, java.util.function.Consumer<VectorSchemaRoot> found) {
    try (ArrowExchange.Stream stream = exchange.open(allocator, SampleRows.FEATURES)) {
      for (int batch = 0; batch < 3; batch++) {
        try (VectorSchemaRoot root = batch(rows, batch)) {
          stream.send(root);
        }
      }
      stream.finish();
      for (VectorSchemaRoot answer = stream.receive(); answer != null; answer = stream.receive()) {
        found.accept(answer);
      }
    }
  }

  private List<Object> answers(PythonMap map, int rows) {
    List<Object> found = new ArrayList<>();
    int sent = 0;
    try (ArrowMap.Stream stream = map.open(allocator, SampleRows.FEATURES)) {
      while (true) {
        while (stream.wantsInput()) {
          if (sent == 3) {
            stream.finish();
            break;
          }
          try (VectorSchemaRoot root = batch(rows, sent)) {
            stream.send(root);
          }
          sent++;
        }
        VectorSchemaRoot answer = stream.receive();
        if (answer == null) {
          return found;
        }
        found.addAll(numbers(answer));
      }
    }
  }

  private static List<Object> numbers(VectorSchemaRoot answer) {
    List<Object> found = new ArrayList<>();
    for (int row = 0; row < answer.getRowCount(); row++) {
      found.add(Objects.requireNonNull(answer.getVector("x").getObject(row)));
    }
    return found;
  }

  private VectorSchemaRoot batch(int rows, int number) {
    VectorSchemaRoot root = VectorSchemaRoot.create(SampleRows.FEATURES, allocator);
    List<List<@Nullable Object>> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      boolean hole = row % 7 == 3;
      String city = List.of("Ulm", "Bonn", "Kiel").get(row * 31 % 3);
      values.add(
          Arrays.asList(hole ? null : row / 10.0 + number, row % 2 == 0, hole ? null : city));
    }
    SampleRows.fill(root, values, 0);
    return root;
  }
}
