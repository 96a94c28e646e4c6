package dev.weft.spark;

import dev.weft.engine.Rows;
import dev.weft.engine.spi.RelationalBackend;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Another process in a project: takes statements, one a line, and answers each with one line. */
final class CatalogProcess implements AutoCloseable {

  private static final String ANSWER = "answer: ";

  private final Process process;
  private final BufferedWriter statements;
  private final BufferedReader answers;

  CatalogProcess(Path project) throws IOException {
    this(project, "");
  }

  /** One with jars that the user has added, a class path of their own. */
  CatalogProcess(Path project, String jars) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Arrays.stream(System.getProperty("weft.test.open", "").split(" ", -1))
        .filter(option -> !option.isBlank())
        .forEach(command::add);
    command.addAll(List.of("-Xmx700m", "-XX:TieredStopAtLevel=1"));
    command.add("-Dweft.test.project=target/test-project-of-another");
    command.addAll(List.of(CatalogProcess.class.getName(), project.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    String added = jars.isEmpty() ? "" : File.pathSeparator + jars;
    builder.environment().put("CLASSPATH", classes() + added);
    builder.environment().put("WEFT_JARS", jars);
    Path log = Files.createTempFile("catalog-process", ".log");
    log.toFile().deleteOnExit();
    process = builder.redirectError(log.toFile()).start();
    statements = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  private static String classes() {
    String given =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(given.split(File.pathSeparator, -1))
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Runs a statement to its end. */
  String run(String statement) throws IOException {
    send(statement);
    return answer();
  }

  void send(String statement) throws IOException {
    statements.write(statement + "\n");
    statements.flush();
  }

  String answer() throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(ANSWER)) {
        return line.substring(ANSWER.length());
      }
    }
    throw new IOException("the process has ended");
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    statements.close();
    process.onExit().join();
  }

  /** The other process itself. */
  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(arguments[0]);
    String jars = Objects.requireNonNullElse(System.getenv("WEFT_JARS"), "");
    SparkSettings settings =
        new SparkSettings("local[1]", project, TableLibraries.settings(jars, project));
    try (SparkBackend spark = SparkBackend.open(settings, new NoPredictors());
        RelationalBackend session = spark.newSession();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(ANSWER + answer(session, line));
      }
    }
  }

  private static String answer(RelationalBackend session, String statement) {
    try (Rows rows = session.sql(statement, Map.of(), TestRuns.run())) {
      return TestRuns.collect(rows).toString();
    } catch (RuntimeException failure) {
      return "error " + Objects.toString(failure.getMessage()).replace('\n', ' ');
    }
  }
}
