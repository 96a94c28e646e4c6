package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.engine.spi.ArrowMap;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that are large enough to go through memory that both sides map. */
@Tag("slow")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedMemoryTest {

  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int ROWS = 30_000;
  private static final int BATCHES = 30;

  @TempDir Path folder;
  private final BufferAllocator allocator = new RootAllocator();
  private final RayBackend backend = SharedRuntime.backend();

  @BeforeEach
  void onlyWhereMemoryIsAFolder() {
    assumeTrue(Files.isWritable(MEMORY), "there is no /dev/shm");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    System.clearProperty(SharedBatches.FOLDER);
    assertThat(allocator.getAllocatedMemory()).isZero();
    assertThat(files()).isEmpty();
  }

  @AfterAll
  void close() {
    allocator.close();
  }

  @Test
  void batchesGoThroughMemoryThatHasNoNameAnyMore() throws IOException {
    Set<String> before = mappings();
    assertThat(answers(map("out = t"))).isEqualTo(expected());
    assertThat(fresh(before)).isNotEmpty();
  }

  @Test
  void whatAKilledProcessHasLeftIsRemoved() throws IOException {
    System.setProperty(SharedBatches.FOLDER, folder.toString());
    Path left = Files.createFile(folder.resolve("weft-batches-of-the-dead"));
    Path fresh = Files.createFile(folder.resolve("weft-batches-of-another"));
    Path other = Files.createFile(folder.resolve("weft-of-others"));
    FileTime hourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    Files.setLastModifiedTime(left, hourAgo);
    Files.setLastModifiedTime(other, hourAgo);
    assertThat(answers(map("out = t"))).isEqualTo(expected());
    assertThat(folder).isDirectoryNotContaining(path -> path.equals(left));
    assertThat(fresh).exists();
    assertThat(other).exists();
  }

  @Test
  void whereThereIsNoSuchFolderTheyGoThroughTheNetwork() throws IOException {
    System.setProperty(SharedBatches.FOLDER, folder.resolve("none").toString());
    Set<String> before = mappings();
    assertThat(answers(map("out = t"))).isEqualTo(expected());
    assertThat(fresh(before)).isEmpty();
  }

  /** To an actor on another machine the file is not there. */
  @Test
  void whatTheActorCannotMapGoesThroughTheNetwork() throws IOException {
    System.setProperty(SharedBatches.FOLDER, folder.toString());
    String code =
        """
        import pathlib, threading, time
        def remove():
            while True:
                for file in pathlib.Path("FOLDER").glob("weft-batches-*"):
                    file.unlink(missing_ok=True)
                time.sleep(0.0005)
        if not any(thread.name == "remover" for thread in threading.enumerate()):
            threading.Thread(target=remove, name="remover", daemon=True).start()
        out = t
        """;
    Set<String> before = mappings();
    assertThat(answers(map(code.replace("FOLDER", folder.toString())))).isEqualTo(expected());
    assertThat(fresh(before)).isNotEmpty();
  }

  @Test
  void whatTheCodeKeepsStaysAsItIs() {
    String code =
        """
        import builtins
        import pyarrow as pa
        kept = builtins.__dict__.setdefault("kept_by_test", [])
        kept.append(t)
        sums = [sum(x for x in k["x"].to_pylist()[:50] if x is not None) for k in kept]
        x = t["x"].to_pylist()
        x[0] = sum(sums)
        out = t.set_column(0, "x", pa.array(x, pa.float64()))
        """;
    List<String> found = answers(map(code));
    int shown = found.size() / BATCHES;
    double sum = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      for (int row = 0; row < 50; row++) {
        sum += x(batch, row) == null ? 0 : x(batch, row);
      }
      String first = found.get(batch * shown);
      assertThat(Double.parseDouble(first.split(",")[0])).isCloseTo(sum, within(sum));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double sum) {
    return org.assertj.core.data.Offset.offset(1e-9 * Math.max(1, sum));
  }

  @Test
  void anActorThatDiesOnTheWayIsReplaced() throws IOException {
    Path mark = folder.resolve("died");
    String code =
        """
        import os, pathlib
        calls = os.environ["calls_of_test"] = str(int(os.environ.get("calls_of_test", 0)) + 1)
        if calls == "20" and not pathlib.Path("MARK").exists():
            pathlib.Path("MARK").touch()
            os.kill(os.getpid(), 9)
        out = t
        """;
    assertThat(answers(map(code.replace("MARK", mark.toString())))).isEqualTo(expected());
    assertThat(mark).exists();
  }

  @Test
  void codeThatFailsOnTheWayIsSaid() {
    String code =
        """
        import os
        calls = os.environ["calls_of_test"] = str(int(os.environ.get("calls_of_test", 0)) + 1)
        if calls == "20":
            raise ValueError("no more")
        out = t
        """;
    assertThatThrownBy(() -> answers(map(code)))
        .isInstanceOf(RemoteFailure.class)
        .hasMessageContaining("no more");
  }

  static Stream<Long> seeds() {
    return LongStream.range(0, Boolean.getBoolean("weft.full") ? 100 : 4).boxed();
  }

  /** The network carries less than a megabyte for what lies in memory. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aConnectionThatIsCutAnywhereGivesTheAnswers(long seed) throws IOException {
    Random random = new Random(seed);
    PythonMap map = map("out = t");
    Endpoint worker = map.endpoints().get(0);
    boolean asking = random.nextBoolean();
    long at = random.nextInt(7_000_000);
    try (FaultyProxy proxy = new FaultyProxy(worker, Fault.CUT, at, 1, asking)) {
      List<Endpoint> around = List.of(proxy.endpoint());
      PythonMap bad =
          new PythonMap(
              Reopening.keep(() -> around), around, false, map.batchRows(), LIMIT, map.fault());
      assertThat(answers(bad)).isEqualTo(expected());
      assertThat(Connections.to(proxy.endpoint()).allocated()).isZero();
    }
  }

  private PythonMap map(String text) {
    Code code = new Code(Span.all(new Source("test.weft", text)), text, 1);
    PythonProgram program =
        new PythonProgram(
            code, Optional.empty(), Per.BATCH, List.of("t"), "out", PythonOptions.USUAL);
    return (PythonMap) backend.python().map(program, SampleRows.FEATURES, Fixtures.run());
  }

  private static @org.jspecify.annotations.Nullable Double x(int batch, int row) {
    return row % 7 == 3 ? null : batch + row / 1000.0;
  }

  private static String city(int batch, int row) {
    return "city " + batch + " of " + row % 13;
  }

  private List<String> expected() {
    List<String> rows = new ArrayList<>();
    for (int batch = 0; batch < BATCHES; batch++) {
      for (int row = 0; row < ROWS; row += row == 0 ? 1 : 997) {
        rows.add(x(batch, row) + "," + (row % 2 == 0) + "," + city(batch, row));
      }
    }
    return rows;
  }

  private List<String> answers(PythonMap over) {
    List<String> found = new ArrayList<>();
    try (ArrowMap.Stream stream = over.open(allocator, SampleRows.FEATURES)) {
      int sent = 0;
      while (true) {
        while (sent < BATCHES && stream.wantsInput()) {
          try (VectorSchemaRoot root = VectorSchemaRoot.create(SampleRows.FEATURES, allocator)) {
            fill(root, sent);
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
        assertThat(rows.getRowCount()).isEqualTo(ROWS);
        for (int row = 0; row < ROWS; row += row == 0 ? 1 : 997) {
          found.add(
              rows.getVector(0).getObject(row)
                  + ","
                  + rows.getVector(1).getObject(row)
                  + ","
                  + rows.getVector(2).getObject(row));
        }
      }
    }
  }

  private static void fill(VectorSchemaRoot root, int batch) {
    Float8Vector numbers = (Float8Vector) root.getVector("x");
    BitVector flags = (BitVector) root.getVector("flag");
    VarCharVector cities = (VarCharVector) root.getVector("city");
    Map<Integer, byte[]> names = new HashMap<>();
    for (int row = 0; row < ROWS; row++) {
      Double x = x(batch, row);
      if (x == null) {
        numbers.setNull(row);
      } else {
        numbers.setSafe(row, x);
      }
      flags.setSafe(row, row % 2 == 0 ? 1 : 0);
      int of = row;
      cities.setSafe(
          row,
          names.computeIfAbsent(row % 13, key -> city(batch, of).getBytes(StandardCharsets.UTF_8)));
    }
    root.setRowCount(ROWS);
  }

  private static List<String> files() throws IOException {
    if (!Files.isDirectory(MEMORY)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(MEMORY)) {
      return found.map(Path::toString).filter(name -> name.contains("/weft-")).toList();
    }
  }

  private static Set<String> fresh(Set<String> before) throws IOException {
    Set<String> now = mappings();
    now.removeAll(before);
    return now;
  }

  /** The files without a name that this process has mapped; those of before may be gone. */
  private static Set<String> mappings() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.contains("/weft-") && line.endsWith("(deleted)"))
          .map(line -> line.substring(line.indexOf("/weft-")))
          .collect(Collectors.toSet());
    }
  }
}
