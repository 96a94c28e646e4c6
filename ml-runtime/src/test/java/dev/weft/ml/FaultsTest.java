package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.ModelBackend;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that are killed: at work, and between two statements. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {

  private static final ArrowType DOUBLE =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
  private static final long SECONDS_TO_END = 20;

  @TempDir static Path project;
  private final BufferAllocator allocator = new RootAllocator();
  private final ModelSignature signature =
      Fixtures.signature("sklearn_ridge", Task.REGRESSION, "double");
  private RayBackend backend;
  private Path folder;

  @BeforeAll
  void train() throws IOException {
    backend = new RayBackend(Fixtures.settings(project));
    folder = folder("model");
    SampleRows rows = SampleRows.of(allocator, DOUBLE, 500, (x, city) -> 3 * x);
    backend.train(Fixtures.job(signature, rows, Map.of(), folder), Fixtures.run());
  }

  @AfterAll
  void close() {
    backend.close();
    allocator.close();
  }

  @Test
  void aPredictorKilledAtWorkIsReplacedUnnoticed() {
    List<Object> expected = answers(batch -> {});

    List<Object> found =
        answers(
            batch -> {
              if (batch == 3) {
                kill("predictor");
              }
            });

    assertThat(found).hasSize(12).isEqualTo(expected);
  }

  @Test
  void aServiceKilledWhileItPredictsIsReplacedUnnoticed() {
    List<Object> expected = answers(batch -> {});

    List<Object> found =
        answers(
            batch -> {
              if (batch == 3) {
                service().destroyForcibly();
              }
            });

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void anActorThatCannotBeReplacedIsSaid() throws IOException {
    Path lost = folder("lost");
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> copy(file, lost));
    }
    ModelFiles files = new ModelFiles("lost", 1, signature, lost);
    try (ArrowExchange.Stream stream = open(files)) {
      send(stream, 1);
      assertThat(stream.receive()).isNotNull();
      Files.delete(lost.resolve("model.json"));
      kill("predictor");

      assertThatThrownBy(
              () -> {
                send(stream, 2);
                stream.receive();
              })
          .hasMessageContaining("model.json");
    }
  }

  @Test
  void aPredictorKilledBetweenTwoQueriesIsReplacedUnnoticed() {
    List<Object> expected = answers(batch -> {});
    kill("predictor");

    assertThat(answers(batch -> {})).isEqualTo(expected);
  }

  @Test
  void anEndpointOutlivesItsActorAndItsService() {
    try (RowPredictor rows = backend.predictor(files(), Fixtures.run())) {
      List<Map<String, Object>> expected = rows.predict(List.of(Map.of("x", 1.0)));
      kill("predictor");
      assertThat(rows.predict(List.of(Map.of("x", 1.0)))).isEqualTo(expected);
      service().destroyForcibly();
      assertThat(rows.predict(List.of(Map.of("x", 1.0)))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServiceEndedBetweenStatementsIsStartedAgain(boolean forcibly) throws Exception {
    List<Object> expected = answers(batch -> {});
    ProcessHandle service = service();
    List<ProcessHandle> below = service.descendants().toList();

    end(service, forcibly);

    assertThat(answers(batch -> {})).isEqualTo(expected);
    assertThat(backend.pid()).isNotEmpty().isNotEqualTo(service.pid());
    assertAllEnd(below);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServiceEndedWhileItTrainsIsSaid(boolean forcibly) throws Exception {
    List<ProcessHandle> below = new CopyOnWriteArrayList<>();
    Run run =
        atWork(
            () -> {
              ProcessHandle service = service();
              below.addAll(service.descendants().toList());
              end(service, forcibly);
            });
    Path target = folder("ended" + forcibly);

    assertThatThrownBy(() -> backend.train(longJob(target), run))
        .hasMessageMatching("(?s).*(RUNTIME|TRAINING)_FAILED.*(has ended|actor).*");

    assertThat(target).isEmptyDirectory();
    assertAllEnd(below);
    assertThat(answers(batch -> {})).hasSize(12);
  }

  @Test
  void aTrainerKilledAtWorkIsSaidAndTheNextTrainingWorks() throws IOException {
    Run run = atWork(() -> kill("trainer"));
    Path target = folder("killed");

    assertThatThrownBy(() -> backend.train(longJob(target), run))
        .hasMessageContaining("TRAINING_FAILED")
        .hasMessageContaining("the actor was killed (SIGKILL)");
    assertThat(target).isEmptyDirectory();

    SampleRows rows = SampleRows.of(allocator, DOUBLE, 500, (x, city) -> x);
    assertThat(
            backend
                .train(Fixtures.job(signature, rows, Map.of(), folder("after")), Fixtures.run())
                .rows())
        .isEqualTo(375);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lightgbm", "xgboost"})
  void aWorkerOfATeamKilledAtWorkIsReplacedWithAWarning(String algorithm) throws Exception {
    List<ProcessHandle> team = new CopyOnWriteArrayList<>();
    Run run =
        atWork(
            () -> {
              team.addAll(members());
              team.get(1).destroyForcibly();
            });
    Path target = folder("team of " + algorithm);
    String rounds = algorithm.equals("xgboost") ? "num_boost_round" : "num_iterations";

    ModelBackend.Trained report = backend.train(job(algorithm, rounds, 1000L, target, 2), run);

    assertThat(report.rows()).isEqualTo(2250);
    assertThat(report.warnings())
        .singleElement(STRING)
        .startsWith("training began again when one of the 2 workers was lost: the actor was killed")
        .doesNotContain("run it again");
    assertThat(target).isNotEmptyDirectory();
    assertThat(team).hasSize(2);
    assertAllEnd(team);
  }

  /** The processes that train together. */
  private List<ProcessHandle> members() {
    return service()
        .descendants()
        .filter(process -> title(process).startsWith("ray::NodeMember"))
        .toList();
  }

  private static String title(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
    } catch (IOException ended) {
      return "";
    }
  }

  private Job longJob(Path target) {
    return job("lightgbm", "num_iterations", 100_000L, target, 1);
  }

  private Job job(String algorithm, String option, long rounds, Path target, int workers) {
    ModelSignature trees = Fixtures.signature(algorithm, Task.REGRESSION, "double");
    SampleRows data = SampleRows.of(allocator, DOUBLE, 3000, (x, city) -> x);
    return Fixtures.job(trees, data, Map.of(option, rounds), target, workers);
  }

  /** A run in which something happens once, when training has begun. */
  private static Run atWork(Runnable event) {
    AtomicBoolean done = new AtomicBoolean();
    return Fixtures.run(
        progress -> {
          boolean training = progress.what().equals("training") && progress.done() > 0;
          if (training && done.compareAndSet(false, true)) {
            event.run();
          }
        },
        () -> false);
  }

  private ProcessHandle service() {
    return ProcessHandle.of(backend.pid().orElseThrow()).orElseThrow();
  }

  /** The answers to twelve batches of one row, four of them out at a time. */
  private List<Object> answers(Consumer<Integer> before) {
    List<Object> found = new ArrayList<>();
    try (ArrowExchange.Stream stream = open(files())) {
      int out = 0;
      for (int batch = 0; batch < 12; batch++) {
        before.accept(batch);
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

  private ArrowExchange.Stream open(ModelFiles model) {
    return backend.exchange(model, Fixtures.run()).open(allocator, SampleRows.FEATURES);
  }

  private ModelFiles files() {
    return new ModelFiles("m", 1, signature, folder);
  }

  private void send(ArrowExchange.Stream stream, int number) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(SampleRows.FEATURES, allocator)) {
      SampleRows.fill(root, List.of(Arrays.asList(number / 10.0, true, "Ulm")), 0);
      stream.send(root);
    }
  }

  private Object read(@Nullable VectorSchemaRoot answer) {
    assertThat(answer).isNotNull();
    return new RowBatches(signature).read(java.util.Objects.requireNonNull(answer)).get(0);
  }

  private void kill(String role) {
    backend.actors().stream()
        .filter(actor -> actor.startsWith(role))
        .map(actor -> ProcessHandle.of(Long.parseLong(actor.split(" ")[1])).orElseThrow())
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static void end(ProcessHandle process, boolean forcibly) {
    assertThat(forcibly ? process.destroyForcibly() : process.destroy()).isTrue();
  }

  private static void assertAllEnd(List<ProcessHandle> started) throws Exception {
    assertThat(started).isNotEmpty();
    for (ProcessHandle handle : started) {
      handle.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
    }
  }

  private static void copy(Path file, Path target) {
    try {
      Files.copy(file, target.resolve(file.getFileName()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path folder(String name) throws IOException {
    return Files.createDirectories(project.resolve(name));
  }
}
