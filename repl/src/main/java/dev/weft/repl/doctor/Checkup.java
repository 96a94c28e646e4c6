package dev.weft.repl.doctor;

import dev.weft.repl.cli.Version;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks at everything Weft needs, without starting Spark or Ray. */
public final class Checkup {

  private static final long GIB = 1L << 30;

  private Checkup() {}

  /** All findings, the program itself first. */
  public static List<Finding> ofThisMachine() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("Weft", Version.ofWeft() + " in " + home()));
    findings.add(java());
    findings.add(maven());
    findings.addAll(PythonCheck.findings());
    findings.add(cores());
    findings.add(memory());
    findings.add(disk());
    findings.add(gpu());
    return findings;
  }

  /** The folder Weft was built in. */
  static Path home() {
    return Path.of(Optional.ofNullable(System.getenv("WEFT_HOME")).orElse("")).toAbsolutePath();
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    String text = Runtime.version() + " in " + System.getProperty("java.home");
    return feature == 17 || feature == 21
        ? Finding.ok("Java", text)
        : Finding.warn("Java", text + "; Weft is tested with 17 and 21, set JAVA_HOME to one");
  }

  private static Finding maven() {
    return Tool.firstLine("mvn", "-version")
        .map(line -> Finding.ok("Maven", line.replaceAll("\u001B\\[[0-9;]*m", "")))
        .orElseGet(
            () -> Finding.warn("Maven", "not found; needed only to build, install Maven 3.8"));
  }

  private static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    String text = cores + (cores == 1 ? " core" : " cores");
    return cores > 1
        ? Finding.ok("Processor", text)
        : Finding.warn("Processor", text + "; Spark and Ray share it, expect to wait");
  }

  private static Finding memory() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long total = system.getTotalMemorySize();
    String text =
        gib(total)
            + " in all, "
            + gib(system.getFreeMemorySize())
            + " free, this JVM takes at most "
            + gib(Runtime.getRuntime().maxMemory());
    return total >= 6 * GIB
        ? Finding.ok("Memory", text)
        : Finding.warn("Memory", text + "; 6 GiB are comfortable, WEFT_MEMORY=1g takes less");
  }

  private static Finding disk() {
    File home = home().toFile();
    long free = home.getUsableSpace();
    String text = gib(free) + " free in " + home;
    return free >= 3 * GIB
        ? Finding.ok("Disk", text)
        : Finding.warn("Disk", text + "; the Python environment takes about 2 GiB");
  }

  private static Finding gpu() {
    return Tool.firstLine("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader")
        .map(line -> Finding.ok("GPU", line))
        .orElseGet(() -> Finding.ok("GPU", "none; everything runs on the processor"));
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }
}
