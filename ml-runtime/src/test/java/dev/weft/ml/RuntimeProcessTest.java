package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.ml.wire.BeginUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RuntimeProcessTest {

  private static final long SECONDS_TO_END = 10;

  @TempDir Path project;

  @Test
  void closingLeavesNoProcess() throws Exception {
    RuntimeProcess process = start();
    List<ProcessHandle> started = withRay(process);

    process.close();

    assertThat(started).hasSizeGreaterThan(4);
    assertAllEnd(started);
  }

  @Test
  void killingTheServiceLeavesNoProcess() throws Exception {
    try (RuntimeProcess process = start()) {
      List<ProcessHandle> started = withRay(process);

      ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();

      assertAllEnd(started);
      assertThat(process.alive()).isFalse();
    }
  }

  @Test
  void aServiceThatEndsAtOnceIsQuoted() throws IOException {
    Path python = script("echo 'no module named weft' >&2; exit 1");

    assertThatThrownBy(() -> RuntimeProcess.start(Fixtures.settings(project), python))
        .hasMessageContaining("ended while it started: no module named weft");
  }

  @Test
  void aServiceThatHangsIsGivenUp() throws IOException {
    Path python = script("exec sleep 60");
    RuntimeSettings usual = Fixtures.settings(project);
    RuntimeSettings hasty =
        new RuntimeSettings(
            usual.home(),
            usual.logs(),
            usual.environment(),
            usual.objectStoreBytes(),
            Duration.ofSeconds(1),
            usual.batchLimit());

    assertThatThrownBy(() -> RuntimeProcess.start(hasty, python))
        .hasMessageContaining("did not start within 1 s");
  }

  @Test
  void aSizeOfTheObjectStoreThatIsNoneIsSaid() throws IOException {
    Path python = script("exit 1");
    RuntimeSettings wrong = RuntimeSettings.of(project, Map.of("WEFT_OBJECT_STORE", "much"));

    assertThat(RuntimeSettings.of(project, Map.of("WEFT_OBJECT_STORE", "2g")).objectStoreBytes())
        .isEqualTo(2L << 30);
    assertThatThrownBy(() -> RuntimeProcess.start(wrong, python))
        .hasMessageContaining("cannot use WEFT_OBJECT_STORE 'much'; it is a size such as 500m");
  }

  private RuntimeProcess start() {
    RuntimeSettings settings = Fixtures.settings(project);
    return RuntimeProcess.start(settings, PythonEnvironment.runtime(settings).python(line -> {}));
  }

  private static List<ProcessHandle> withRay(RuntimeProcess process) {
    BeginUpload upload =
        BeginUpload.newBuilder().setUpload("u").setAlgorithm("sklearn_ridge").build();
    assertThat(process.control().beginUpload(upload).hasUploads()).isTrue();
    return ProcessHandle.of(process.pid()).orElseThrow().descendants().toList();
  }

  private static void assertAllEnd(List<ProcessHandle> started) throws Exception {
    for (ProcessHandle handle : started) {
      handle.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
    }
    assertThat(started).noneMatch(ProcessHandle::isAlive);
  }

  private Path script(String body) throws IOException {
    Path file = project.resolve("python");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
