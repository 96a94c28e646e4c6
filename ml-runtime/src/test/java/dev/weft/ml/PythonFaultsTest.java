package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.engine.spi.ArrowMap;
import dev.weft.engine.spi.ArrowSource;
import dev.weft.engine.spi.PythonBackend.Made;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Code;
import dev.weft.grammar.ast.Python.Per;
import dev.weft.ml.FaultyProxy.Fault;
import dev.weft.ml.wire.Endpoint;
import dev.weft.planner.plan.PythonOptions;
import dev.weft.planner.plan.PythonProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users' code over a network that cuts, holds and doubles: its batches, and the rows it leaves. */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonFaultsTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final int ROWS = 200_000;
  private static final int BATCHES = 40;
  private static final List<String> FAILURES =
      List.of("its actor is gone", "damaged", "came twice", "cannot be read", "too");

  private final BufferAllocator allocator = new RootAllocator();
  private final RayBackend backend = SharedRuntime.backend();
  private List<PythonTables.Rows> parts = List.of();
  private List<Object> made = List.of();
  private PythonMap map =
      new PythonMap("", List.of(), false, 1, LIMIT, new PythonFault.OfFunction());
  private List<Object> mapped = List.of();
  private Optional<ArrowSource> source = Optional.empty();

  @BeforeAll
  void run() {
    Made rows = leave();
    source = Optional.of(rows.source());
    parts = rows.source().parts().stream().map(part -> (PythonTables.Rows) part).toList();
    made = read(parts);
    assertThat(made).hasSize(ROWS).startsWith(0L).endsWith(ROWS - 1L);
    assertThat(parts).hasSizeGreaterThan(1);
    map =
        (PythonMap)
            backend
                .python()
                .map(program(Per.BATCH, "out = t"), SampleRows.FEATURES, Fixtures.run());
    mapped = answers(map);
    assertThat(mapped).hasSize(BATCHES).doesNotHaveDuplicates();
  }

  @AfterEach
  void nothingIsLeftAllocated() {
    assertThat(allocator.getAllocatedMemory()).isZero();
  }

  @AfterAll
  void close() {
    source.ifPresent(ArrowSource::close);
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 100, 1000, 400_000, 700_000})
  void rowsThatAreCutGoOnWhereTheyWere(long at) throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.CUT, at, 1)) {
      assertThat(read(through(proxy, LIMIT))).isEqualTo(made);
      assertThat(proxy.accepted()).isGreaterThan(1);
      assertThat(Connections.to(proxy.endpoint()).allocated()).isZero();
    }
  }

  @Test
  void rowsThatAreCutAgainAndAgainGoOnAsLongAsTheyCome() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.CUT, 700_000, Integer.MAX_VALUE)) {
      assertThat(read(through(proxy, LIMIT))).isEqualTo(made);
    }
  }

  @Test
  void rowsThatNeverComeAreSaid() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.CUT, 100, Integer.MAX_VALUE)) {
      assertThatThrownBy(() -> read(through(proxy, LIMIT)))
          .isInstanceOf(RemoteFailure.class)
          .hasMessageContaining("its actor is gone; run the PYTHON statement again");
      assertThat(Connections.to(proxy.endpoint()).allocated()).isZero();
    }
  }

  @Test
  void rowsThatAreNotHeardOfAreSaidInTime() throws IOException {
    try (FaultyProxy proxy = new FaultyProxy(actor(), Fault.HOLD, 1000, Integer.MAX_VALUE)) {
      assertThatThrownBy(() -> read(through(proxy, SHORT)))
          .isInstanceOf(RemoteFailure.class)
          .hasMessageContaining("took longer than 3 s");
    }
  }

  @Test
  void rowsWhoseActorHasEndedAreSaid() throws InterruptedException {
    Made rows = leave();
    rows.source().close();
    List<PythonTables.Rows> parts =
        rows.source().parts().stream().map(p -> (PythonTables.Rows) p).toList();
    // Ray ends an actor some time after it was told to.
    Throwable failure = catchThrowable(() -> read(parts));
    for (int i = 0; i < 200 && failure == null; i++) {
      Thread.sleep(50);
      failure = catchThrowable(() -> read(parts));
    }
    assertThat(failure).isInstanceOf(RemoteFailure.class).hasMessageContaining("its actor is gone");
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, Boolean.getBoolean("weft.full") ? 250 : 6).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyFaultGivesTheRowsOrOneFailure(long seed) throws IOException {
    Random random = new Random(seed);
    Fault fault = List.of(Fault.CUT, Fault.DOUBLE).get(random.nextInt(2));
    long at = random.nextInt(1_700_000);
    try (FaultyProxy proxy = new FaultyProxy(actor(), fault, at, 1 + random.nextInt(2))) {
      assertThat(read(through(proxy, LIMIT))).isEqualTo(made);
    } catch (RemoteFailure said) {
      assertThat(fault).isEqualTo(Fault.DOUBLE);
      assertThat(FAILURES).anyMatch(words -> String.valueOf(said.getMessage()).contains(words));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyFaultGivesTheAnswersOrOneFailure(long seed) throws IOException {
    Random random = new Random(seed);
    long at = random.nextInt(20_000);
    boolean asking = random.nextBoolean();
    Endpoint worker = map.endpoints().get(0);
    try (FaultyProxy proxy = new FaultyProxy(worker, Fault.CUT, at, 1, asking)) {
      List<Endpoint> around = List.of(proxy.endpoint());
      PythonMap bad =
          new PythonMap(
              Reopening.keep(() -> around), around, false, map.batchRows(), LIMIT, map.fault());
      assertThat(answers(bad)).isEqualTo(mapped);
      assertThat(Connections.to(proxy.endpoint()).allocated()).isZero();
    }
  }

  private Made leave() {
    String code = "import pyarrow as pa\nout = pa.table({'x': list(range(%d))})".formatted(ROWS);
    ArrowType type = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
    SampleRows rows = SampleRows.of(allocator, type, 10, (x, city) -> x);
    return backend
        .python()
        .run(program(Per.TABLE, code), List.of(rows), Optional.empty(), Fixtures.run());
  }

  private static PythonProgram program(Per per, String text) {
    Code code = new Code(Span.all(new Source("test.weft", text)), text, 1);
    return new PythonProgram(code, Optional.empty(), per, List.of("t"), "out", PythonOptions.USUAL);
  }

  private Endpoint actor() {
    return parts.get(0).endpoint();
  }

  private List<PythonTables.Rows> through(FaultyProxy proxy, Duration limit) {
    return parts.stream()
        .map(part -> new PythonTables.Rows(proxy.endpoint(), part.columns(), limit, part.part()))
        .toList();
  }

  private static List<Object> read(List<PythonTables.Rows> parts) {
    List<Object> found = new ArrayList<>();
    for (PythonTables.Rows part : parts) {
      try (ArrowSource.Reader reader = part.open(List.of("x"))) {
        for (VectorSchemaRoot rows = reader.next(); rows != null; rows = reader.next()) {
          add(rows, found);
        }
      }
    }
    return found;
  }

  private List<Object> answers(PythonMap over) {
    List<Object> found = new ArrayList<>();
    try (ArrowMap.Stream stream = over.open(allocator, SampleRows.FEATURES)) {
      int sent = 0;
      while (true) {
        while (sent < BATCHES && stream.wantsInput()) {
          try (VectorSchemaRoot root = VectorSchemaRoot.create(SampleRows.FEATURES, allocator)) {
            SampleRows.fill(root, List.of(Arrays.asList(sent / 10.0, true, "Ulm")), 0);
            stream.send(root);
          }
          sent++;
          if (sent == BATCHES) {
            stream.finish();
          }
        }
        VectorSchemaRoot rows = stream.receive();
        if (rows == null) {
          return found;
        }
        add(rows, found);
      }
    }
  }

  private static void add(VectorSchemaRoot rows, List<Object> found) {
    for (int row = 0; row < rows.getRowCount(); row++) {
      found.add(Objects.requireNonNull(rows.getVector("x").getObject(row)));
    }
  }
}
