package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same with executors in JVMs of their own, where nothing of the driver's memory is to be had.
 */
@Tag("slow")
class ClusterTest {

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void queriesModelsAndFilesNeedNothingOfTheDriver() throws Exception {
    String given =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String classes =
        Arrays.stream(given.split(File.pathSeparator, -1))
            .map(entry -> new File(entry).getAbsolutePath())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> open =
        Arrays.stream(System.getProperty("weft.test.open", "").split(" ", -1))
            .filter(option -> !option.isBlank())
            .toList();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(open);
    command.add("-Xmx1g");
    command.add("-Dweft.test.open=" + String.join(" ", open));
    command.add("-Dweft.test.master=local-cluster[2,1,1024]");
    command.add(ClusterTest.class.getName());
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Files.createDirectories(folder.resolve("spark/jars"));
    builder.environment().put("CLASSPATH", classes);
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    Process process = builder.directory(new File("").getAbsoluteFile()).start();
    try {
      process.waitFor();
    } finally {
      process.destroy();
    }
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("all is well");
  }

  private static void anExecutorThatDiesAtAPredictionIsReplaced(Path marker) {
    TestSpark.EXCHANGES.put("halting", new HaltingExchange(marker.toString()));
    List<List<Object>> rows = new ArrayList<>();
    TestSpark.collect(new PredictTest().predicted("halting", 20_000, 4))
        .forEach(row -> rows.add(new ArrayList<>(row)));
    assertThat(marker).exists();
    assertThat(rows).hasSize(20_000).doesNotHaveDuplicates();
    assertThat(rows.get(19_999)).isEqualTo(List.of(19_999L, 19_999.0, 20_000.0));
  }

  /** In the JVM that has the cluster. */
  public static void main(String[] arguments) throws Exception {
    new ResultRowsTest().aMillionRowsStreamInBatches();
    new ResultRowsTest().closingEarlyStopsTheRest();
    SaveTest save = new SaveTest();
    save.folder = Files.createTempDirectory("weft-cluster");
    save.everyModeDoesWhatItSays();
    MllibTest mllib = new MllibTest();
    mllib.folder = Files.createTempDirectory("weft-cluster");
    mllib.twoClassesAreLearntAndPredicted();
    new PredictTest().everyRowGetsItsAnswerInOrder();
    anExecutorThatDiesAtAPredictionIsReplaced(mllib.folder.resolve("halted"));
    TestSpark.spark().close();
    System.out.println("all is well");
  }
}
