package dev.weft.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.ml.PythonEnvironment;
import dev.weft.ml.RuntimeSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A script on a Spark of a master and two workers and on a Ray of two nodes, as users run them. */
@Tag("slow")
class ClustersTest {

  private static final String LOOPBACK = "127.0.0.1";

  private static final String RAY =
      """
      import os, sys
      from ray.cluster_utils import Cluster
      os.makedirs(os.path.join(sys.argv[1], "ray"), exist_ok=True)
      node = dict(num_cpus=1, node_ip_address="127.0.0.1", object_store_memory=100_000_000,
                  include_dashboard=False)
      cluster = Cluster(initialize_head=True, head_node_args=dict(node, temp_dir=sys.argv[1]))
      cluster.add_node(**dict(node, node_ip_address="127.0.0.2"))
      head = cluster.head_node.all_processes
      print("gcs_server", head["gcs_server"][0].process.pid, flush=True)
      print("address", cluster.address, flush=True)
      sys.stdin.read()
      cluster.shutdown()
      """;

  private static final String SCRIPT =
      """
      load csv.`houses.csv` where header = true and inferSchema = true as houses;
      train (select area, rooms, price from houses) as lightgbm.on_ray label price
        where num_iterations = 5 and min_data_in_leaf = 3 split 0.2 as report;
      train (select area, rooms, price from houses) as xgboost.on_nodes label price
        where num_boost_round = 5 split 0.2 using workers 2 as team;
      train (select area, rooms, price from houses) as linear_regression.on_spark label price as r;
      select count(*) as n, count(predict(on_ray using *) + predict(on_nodes using *)) as ray,
        count(predict(on_spark using *)) as spark
      from (select /*+ repartition(4) */ * from houses);
      """;

  /** Executors end in the middle of what they send, ask and read. */
  private static final String KILLING =
      """
      train (select id % 7 as a, id % 11 as b, HALT('sent') * 1.0 as price
             from range(0, 400000, 1, 4)) as lightgbm.m label price
        where num_iterations = 3 as report;
      select max(rows) as trained from report;
      select count(price_pred) as asked, count(distinct id) as ids
      from predict(model m, (select id % 7 as a, id % 11 as b, HALT('asked') as id
                             from range(0, 400000, 1, 4)));
      select id from range(0, 400000, 1, 4) as numbers;
      python numbers per batch as twice schema (id bigint) '''
      import pyarrow as pa
      import pyarrow.compute as pc
      twice = pa.table({"id": pc.multiply(numbers["id"], 2)})
      ''';
      select count(distinct kept) as read, sum(kept) as total
      from (select HALT('read') as kept from twice);
      """;

  /** A marker tells when it runs; it goes on for some seconds. */
  private static final String SLOW =
      """
      select id from range(0, 400, 1, 4) as numbers;
      python numbers per batch as twice schema (id bigint) where batch_rows = 10 '''
      import pathlib, time
      import pyarrow as pa
      import pyarrow.compute as pc
      pathlib.Path("MARK").touch()
      time.sleep(0.5)
      twice = pa.table({"id": pc.multiply(numbers["id"], 2)})
      ''';
      select count(*) as n, sum(id) as total from twice;
      """;

  private static final long ROW_OF_THE_END = 250_000;

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private final RuntimeSettings settings = RuntimeSettings.of(Path.of(""), System.getenv());

  @AfterEach
  void end() throws InterruptedException {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).destroy();
      started.get(i).waitFor();
    }
  }

  @Test
  @Timeout(500)
  void aScriptRunsOnTheSparkAndTheRayThatAreNamed() throws Exception {
    Files.copy(Path.of("data/houses.csv"), folder.resolve("houses.csv"));
    Files.writeString(folder.resolve("main.weft"), SCRIPT);
    // Ray's sockets need a short path.
    Path ray = Files.createTempDirectory(Path.of("/tmp"), "r");
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef".repeat(4));
    try {
      String master = spark();
      String address = ray(ray, token);

      Path output = folder.resolve("output");
      Map<String, String> environment = new HashMap<>();
      environment.put("WEFT_SPARK_MASTER", master);
      environment.put("WEFT_RAY_ADDRESS", address);
      environment.put("WEFT_RAY_TOKEN_FILE", token.toString());
      Process run = weft(environment, output);

      assertThat(run.waitFor()).as(() -> read(output)).isZero();
      assertThat(read(output)).contains("120,120,120");
      assertThat(files(folder.resolve("work"))).anyMatch(file -> file.endsWith("/stderr"));
      assertThat(files(ray))
          .anyMatch(file -> file.matches(".*/worker-[0-9a-f]+-01000000-[0-9]+\\.err"));
    } finally {
      end();
      delete(ray);
    }
  }

  @Test
  @Timeout(500)
  void executorsThatAreKilledLoseAndRepeatNoRows() throws Exception {
    Path marks = Files.createDirectories(folder.resolve("marks"));
    String halt =
        "cast(java_method('dev.weft.scripts.HaltOnce', 'at', id, %dL, '%s/$1') as bigint)"
            .formatted(ROW_OF_THE_END, marks);
    String script = KILLING.replaceAll("HALT\\('(\\w+)'\\)", halt);
    Files.writeString(folder.resolve("main.weft"), script);
    String master = spark();
    Path output = folder.resolve("output");

    Process run = weft(Map.of("WEFT_SPARK_MASTER", master), output);

    assertThat(run.waitFor()).as(() -> read(output)).isZero();
    assertThat(files(marks)).hasSize(4).anyMatch(f -> f.endsWith("sent"));
    assertThat(files(marks)).anyMatch(f -> f.endsWith("asked")).anyMatch(f -> f.endsWith("read"));
    assertThat(read(output))
        .contains("trained\n400000\n")
        .contains("asked,ids\n400000,400000\n")
        .contains("read,total\n400000,159999600000\n");
  }

  /** What runs has its actors and ends well; what needs new ones is told in time. */
  @Test
  @Timeout(300)
  void aHeadThatIsLostIsSaid() throws Exception {
    assumeTrue(Boolean.getBoolean("weft.full"), "with -Pfull only");
    String more = "train (select id, id % 3 as a from numbers) as lightgbm.m label id;";
    String output = lost(SLOW + more, () -> pid("gcs_server"));
    assertThat(output)
        .contains("n,total\n400,159600\n")
        .contains("error RUNTIME_FAILED", "the head of Ray has ended");
  }

  /** The node that Weft has joined is the end of the runtime; what ran elsewhere runs again. */
  @Test
  @Timeout(300)
  void aNodeThatIsLostLosesNoRows() throws Exception {
    assumeTrue(Boolean.getBoolean("weft.full"), "with -Pfull only");
    String output = lost(SLOW, () -> parent(workers().findFirst().orElseThrow()));
    assertThat(output)
        .containsAnyOf("n,total\n400,159600\n", "the node of Ray on this machine has ended");
  }

  /** What a script prints while a process of Ray's is killed. */
  private String lost(String script, LongSupplier victim) throws Exception {
    Path mark = folder.resolve("mark");
    Files.writeString(folder.resolve("main.weft"), script.replace("MARK", mark.toString()));
    Path ray = Files.createTempDirectory(Path.of("/tmp"), "r");
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef".repeat(4));
    try {
      String address = ray(ray, token);
      Path output = folder.resolve("output");
      Process run =
          weft(
              Map.of("WEFT_RAY_ADDRESS", address, "WEFT_RAY_TOKEN_FILE", token.toString()), output);
      while (!Files.exists(mark) && run.isAlive()) {
        Thread.sleep(50);
      }
      ProcessHandle.of(victim.getAsLong()).orElseThrow().destroyForcibly();
      run.waitFor();
      return read(output);
    } finally {
      end();
      delete(ray);
    }
  }

  private long pid(String kind) {
    return read(folder.resolve("ray.log"))
        .lines()
        .filter(line -> line.startsWith(kind + " "))
        .mapToLong(line -> Long.parseLong(line.substring(kind.length() + 1).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static long parent(long process) {
    return ProcessHandle.of(process).orElseThrow().parent().orElseThrow().pid();
  }

  /** Actors that run the block, of the Ray that this test has started. */
  private static Stream<Long> workers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> commandLine(process).contains("ray::NodePythonWorker"))
        .map(ProcessHandle::pid);
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
    } catch (IOException ended) {
      return "";
    }
  }

  @Test
  @Timeout(200)
  void anAddressWithoutARayIsSaid() throws Exception {
    Files.copy(Path.of("data/houses.csv"), folder.resolve("houses.csv"));
    Files.writeString(folder.resolve("main.weft"), SCRIPT);
    String nowhere = LOOPBACK + ":" + freePort();
    Path output = folder.resolve("output");

    Process run = weft(Map.of("WEFT_RAY_ADDRESS", nowhere), output);

    assertThat(run.waitFor()).as(() -> read(output)).isEqualTo(1);
    assertThat(read(output))
        .contains("main.weft:2:1: error RUNTIME_FAILED")
        .contains("found no Ray at '" + nowhere + "' within 5 s");
  }

  /** A master and two workers from our own class path; the address of the master. */
  private String spark() throws Exception {
    int port = freePort();
    Files.createDirectories(folder.resolve("spark/jars"));
    List<String> listening = List.of("--host", LOOPBACK, "--webui-port", "0");
    List<String> leader = java("-Xmx512m", "org.apache.spark.deploy.master.Master");
    leader.addAll(listening);
    leader.addAll(List.of("--port", String.valueOf(port)));
    start(leader, Map.of(), folder.resolve("master.log"));
    await(port);
    String master = "spark://" + LOOPBACK + ":" + port;
    for (int i = 0; i < 2; i++) {
      List<String> worker = java("-Xmx256m", "org.apache.spark.deploy.worker.Worker");
      worker.addAll(listening);
      worker.addAll(List.of("--cores", "1", "--memory", "1g"));
      worker.addAll(List.of("--work-dir", folder.resolve("work").toString(), master));
      start(worker, Map.of(), folder.resolve("worker" + i + ".log"));
    }
    return master;
  }

  /** Two nodes on one machine; the address of the head. */
  private String ray(Path temporary, Path token) throws Exception {
    Path python = PythonEnvironment.runtime(settings).python(line -> {});
    Map<String, String> environment = new HashMap<>();
    environment.put("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0");
    environment.put("RAY_AUTH_MODE", "token");
    environment.put("RAY_AUTH_TOKEN_PATH", token.toString());
    environment.put("RAY_USAGE_STATS_ENABLED", "0");
    environment.put("RAY_TMPDIR", temporary.toString());
    environment.put("PYTHONPATH", settings.modulePath());
    Path log = folder.resolve("ray.log");
    Process process =
        start(List.of(python.toString(), "-c", RAY, temporary.toString()), environment, log);
    while (process.isAlive()) {
      for (String line : read(log).split("\n", -1)) {
        if (line.startsWith("address ")) {
          return line.substring("address ".length()).strip();
        }
      }
      Thread.sleep(200);
    }
    throw new AssertionError(read(log));
  }

  private Process weft(Map<String, String> environment, Path output) throws IOException {
    List<String> command = java("-Xmx1g", "-Dspark.executor.memory=600m");
    command.addAll(List.of("dev.weft.repl.Main", "run", folder.resolve("main.weft").toString()));
    Map<String, String> all = new HashMap<>(environment);
    all.put("WEFT_HOME", settings.home().toString());
    return start(command, all, output);
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of(arguments));
    return command;
  }

  private Process start(List<String> command, Map<String, String> environment, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("CLASSPATH", classes());
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    builder.environment().putAll(environment);
    Process process = builder.directory(folder.toFile()).start();
    started.add(process);
    return process;
  }

  private static String classes() {
    String given =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(given.split(File.pathSeparator, -1))
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(int port) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new AssertionError("nothing listens at " + port);
  }

  private static List<String> files(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.map(Path::toString).toList();
    }
  }

  private static void delete(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      all.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
