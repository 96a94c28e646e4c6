package dev.weft.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ml.RuntimeSettings;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/** The command with an address where no Ray listens. */
@Tag("slow")
class NoRayTest {

  private static final String SCRIPT =
      """
      load csv.`houses.csv` where header = true and inferSchema = true as houses;
      train (select area, rooms, price from houses) as lightgbm.m label price;
      """;

  @TempDir Path folder;

  @Test
  @Timeout(200)
  void anAddressWithoutARayIsSaid() throws Exception {
    Files.copy(Path.of("data/houses.csv"), folder.resolve("houses.csv"));
    Files.writeString(folder.resolve("main.weft"), SCRIPT);
    String nowhere = "127.0.0.1:" + freePort();
    Path output = folder.resolve("output");

    Process run = weft(nowhere, output);

    int exit = run.waitFor();
    String said = Files.readString(output);
    assertThat(exit).as(said).isEqualTo(1);
    assertThat(said)
        .contains("main.weft:2:1: error RUNTIME_FAILED")
        .contains("found no Ray at '" + nowhere + "' within 5 s");
  }

  private Process weft(String address, Path output) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx1g", "dev.weft.repl.Main", "run", folder.resolve("main.weft").toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    RuntimeSettings settings = RuntimeSettings.of(Path.of(""), System.getenv());
    builder.environment().put("CLASSPATH", classes());
    builder.environment().put("WEFT_HOME", settings.home().toString());
    builder.environment().put("WEFT_RAY_ADDRESS", address);
    return builder.directory(folder.toFile()).start();
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
}
