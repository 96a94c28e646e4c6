package dev.weft.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.Rows;
import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.Source;
import dev.weft.grammar.WeftException;
import dev.weft.spark.file.HadoopFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models of several projects in one folder of a real HDFS. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ModelsOnHdfsTest {

  private static final String TRAIN =
      """
      train (select id as x, 2.0 * id + 1 as y from range(100)) as linear_regression.%s label y;
      """;

  @SuppressWarnings("NullAway.Init")
  private static MiniDFSCluster hdfs;

  @SuppressWarnings("NullAway.Init")
  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path scratch) throws IOException {
    folder = scratch;
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, scratch.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown();
  }

  private static String uri(String path) {
    return hdfs.getURI() + path;
  }

  @Test
  void oneProjectTrainsAndAnotherPredicts() throws IOException {
    try (Weft one = new Weft("one", uri("/models"))) {
      assertThat(one.run(TRAIN.formatted("line") + "select 1 as done")).containsExactly("1");
      one.run(TRAIN.formatted("line") + "alter model line set alias prod = 1; select 1 as done");
    }
    assertThat(folder.resolve("one/.weft/models")).doesNotExist();

    try (Weft other = new Weft("other", uri("/models"))) {
      assertThat(other.run("show models"))
          .satisfiesExactly(
              row -> assertThat(row).startsWith("line | 2 |  | linear_regression | regression | y"),
              row -> assertThat(row).startsWith("line | 1 | prod | linear_regression"));
      assertThat(
              other.run(
                  "select round(y_pred, 3) as y from predict(model line@prod,"
                      + " (select 1000L as x))"))
          .containsExactly("2001.0");
      assertThat(other.run("describe model line"))
          .contains("versions | 2, 1", "folder | " + uri("/models/line/2"));
      other.run("drop model line@2; select 1 as done");
      assertThat(other.run("show models")).hasSize(1);
      assertThat(other.run(TRAIN.formatted("line") + "show models"))
          .first()
          .asString()
          .startsWith("line | 3 |");
      assertThatThrownBy(() -> other.run("drop model line@1")).hasMessageContaining("prod");
    }
  }

  @Test
  void aModelIsNamedByItsFolder() throws IOException {
    String name = "`" + uri("/teams/a b/{line}") + "`";
    try (Weft one = new Weft("one", "")) {
      one.run(TRAIN.formatted(name) + TRAIN.formatted(name) + TRAIN.formatted("near"));
      assertThat(one.run("show models")).singleElement().asString().startsWith("near | 1");
      assertThat(one.run("select round(predict(" + name + "@2 using 5L as x), 3) as y"))
          .containsExactly("11.0");
      assertThatThrownBy(
              () -> one.run("select * from evaluate(model " + name + "@7, (select 1L as x))"))
          .hasMessageContaining("has no version '7'")
          .hasMessageContaining("there are: 2, 1");
      assertThatThrownBy(
              () ->
                  one.run(
                      "select * from predict(model `" + uri("/no/such") + "`, (select 1L as x))"))
          .hasMessageContaining("there is no model");
    }
  }

  @Test
  void aModelIsExportedAndImported() throws Exception {
    String folder = uri("/exports/line");
    try (Weft one = new Weft("one", "")) {
      one.run(TRAIN.formatted("out") + "export model out to '" + folder + "' format weft");
      assertThatThrownBy(() -> one.run("export model out to '" + folder + "' format weft"))
          .hasMessageContaining("'" + folder + "' exists already");
      one.run("export overwrite model out to '" + folder + "/' format weft");
      assertThatThrownBy(() -> one.run("export overwrite model out to '" + folder + "'"))
          .hasMessageContaining("is a folder; remove it first");
      assertThatThrownBy(
              () -> one.run("export overwrite model out to '" + uri("/exports") + "' format weft"))
          .hasMessageContaining("is no model; give another path");
      assertThatThrownBy(() -> one.run("import model m from '" + uri("/exports") + "'"))
          .hasMessageContaining("it is a folder without manifest.json");
      assertThatThrownBy(() -> one.run("import model m from '" + uri("/nothing") + "'"))
          .hasMessageContaining("it is not there");
      HadoopFiles.of(Map.of()).create(uri("/exports/model.pkl"), new byte[] {(byte) 0x80, 4});
      assertThatThrownBy(() -> one.run("import model m from '" + uri("/exports/model.pkl") + "'"))
          .hasMessageContaining("it is a pickle");
      assertThat(
              one.run(
                  "import model back from '"
                      + folder
                      + "'; select round(predict(back using 5L as x), 3) as y"))
          .containsExactly("11.0");
      HadoopFiles.of(Map.of()).replace(folder + "/manifest.json", bytes("{}"));
      assertThatThrownBy(() -> one.run("import model m from '" + folder + "'"))
          .hasMessageContaining("its manifest cannot be read");
    }
  }

  @Test
  void whatDoesNotAnswerIsToldBeforeAnythingRuns() throws IOException {
    try (Weft away = new Weft("one", "hdfs://localhost:9/models")) {
      assertThatThrownBy(() -> away.run(TRAIN.formatted("line")))
          .isInstanceOf(WeftException.class)
          .hasMessageContaining("the models in 'hdfs://localhost:9/models' cannot be reached:")
          .hasMessageContaining("Connection refused; see WEFT_MODELS");
      assertThat(away.run("select 1 as still")).containsExactly("1");
    }
    try (Weft strange = new Weft("one", "nofs://somewhere/models")) {
      assertThatThrownBy(() -> strange.run("show models"))
          .hasMessageContaining("No FileSystem for scheme \"nofs\"");
    }
  }

  @Test
  void onlyOneWriterCanMakeAFile() throws Exception {
    HadoopFiles files = HadoopFiles.of(Map.of());
    String file = uri("/claims/3/.claim");
    var pool = Executors.newFixedThreadPool(8);
    List<Boolean> made = new ArrayList<>();
    for (var one :
        pool.invokeAll(
            IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(i -> () -> files.create(file, bytes("writer " + i)))
                .toList())) {
      made.add(one.get());
    }
    pool.shutdown();
    assertThat(made).filteredOn(first -> first).hasSize(1);
    assertThat(new String(files.read(file), StandardCharsets.UTF_8)).startsWith("writer ");

    files.replace(uri("/claims/names.json"), bytes("one"));
    files.replace(uri("/claims/names.json"), bytes("two"));
    assertThat(files.read(uri("/claims/names.json"))).isEqualTo(bytes("two"));
    assertThat(files.list(uri("/claims"))).containsExactly("3", "names.json");
    assertThat(files.holding(uri("/"), 2, ".claim")).containsExactly("claims/3");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A project with a session; answers are its last statement's rows, columns between bars. */
  private static final class Weft implements AutoCloseable {

    private final Platform platform;
    private final Session session;

    Weft(String project, String models) throws IOException {
      Path place = Files.createDirectories(folder.resolve(project));
      PlatformSettings settings = PlatformSettings.of(place);
      Map<String, String> environment = new HashMap<>(settings.environment());
      environment.put("WEFT_MODELS", models);
      this.platform =
          Platform.open(
              new PlatformSettings(
                  place,
                  settings.host(),
                  settings.httpPort(),
                  settings.sparkMaster(),
                  settings.spark(),
                  environment,
                  settings.token()));
      this.session = platform.newSession();
    }

    List<String> run(String script) {
      List<String> last = new ArrayList<>();
      session.run(
          new Submission(new Source("test.weft", script), folder, OptionalLong.empty()),
          new SessionListener() {
            @Override
            public void rows(Rows rows) {
              last.clear();
              for (var batch = rows.next(); batch != null; batch = rows.next()) {
                for (int row = 0; row < batch.getRowCount(); row++) {
                  last.add(text(batch, row));
                }
              }
            }
          });
      return last;
    }

    private static String text(VectorSchemaRoot batch, int row) {
      return batch.getFieldVectors().stream()
          .map(column -> Objects.toString(column.getObject(row), ""))
          .collect(Collectors.joining(" | "));
    }

    @Override
    public void close() {
      session.close();
      platform.close();
    }
  }
}
