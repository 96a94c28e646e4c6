package dev.weft.spark.file;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.spi.FileSource;
import dev.weft.spark.error.SparkErrors;
import dev.weft.spark.run.LastTasks;
import dev.weft.spark.run.RunRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Writes rows out: whole or not at all. Files are written beside the target and put in its place
 * when all are there, so a query may even overwrite what it reads.
 */
public final class SaveFiles {

  private static final Set<String> NOT_FILES = Set.of("jdbc", "delta", "iceberg");

  private final SparkSession session;
  private final Run run;
  private final LastTasks tasks;

  public SaveFiles(SparkSession session, Run run, RunRegistry.Entry entry) {
    this.session = session;
    this.run = run;
    this.tasks = new LastTasks(session.sparkContext(), entry);
  }

  public void save(
      Supplier<Dataset<Row>> rows, FileSource target, Save.Mode mode, List<String> partitionBy) {
    try {
      if (NOT_FILES.contains(target.format().toLowerCase(Locale.ROOT))) {
        writer(rows.get(), target, partitionBy).mode(sparkMode(mode)).save(target.path());
      } else {
        files(rows, target, mode, partitionBy);
      }
    } catch (WeftException ours) {
      throw ours;
    } catch (Throwable failure) {
      throw failed(failure, target);
    }
  }

  private void files(
      Supplier<Dataset<Row>> rows, FileSource target, Save.Mode mode, List<String> partitionBy)
      throws IOException {
    try (OutputFolder folder =
        OutputFolder.of(target.path(), session.sparkContext().hadoopConfiguration())) {
      if (folder.exists() && mode == Save.Mode.ERRORIFEXISTS) {
        throw ErrorCode.OUTPUT_EXISTS.failure(run.span(), target.path());
      }
      if (folder.exists() && mode == Save.Mode.IGNORE) {
        return;
      }
      if (folder.isProject() && mode == Save.Mode.OVERWRITE) {
        throw ErrorCode.OUTPUT_FAILED.failure(
            run.span(),
            target.path(),
            "it is the folder of a project, which OVERWRITE would empty");
      }
      write(writer(rows.get(), target, partitionBy), folder);
      if (run.cancelled().getAsBoolean()) {
        throw ErrorCode.CANCELLED.failure(run.span());
      }
      folder.publish(mode == Save.Mode.APPEND);
    }
  }

  private void write(DataFrameWriter<Row> writer, OutputFolder folder) {
    boolean written = false;
    try {
      writer.save(folder.staging());
      written = true;
    } finally {
      if (!written) {
        tasks.await();
      }
    }
  }

  private static DataFrameWriter<Row> writer(
      Dataset<Row> rows, FileSource target, List<String> partitionBy) {
    DataFrameWriter<Row> writer = rows.write().format(target.format()).options(target.options());
    return partitionBy.isEmpty() ? writer : writer.partitionBy(partitionBy.toArray(String[]::new));
  }

  private static String sparkMode(Save.Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private WeftException failed(Throwable failure, FileSource target) {
    if (SparkErrors.isDiskFull(failure)) {
      return new WeftException(ErrorCode.DISK_FULL.at(run.span(), target.path()), failure);
    }
    Throwable cause = SparkErrors.decisive(failure);
    boolean query =
        SparkErrors.isTooDeep(failure)
            || !SparkErrors.condition(cause).isEmpty() && !(cause instanceof AnalysisException);
    if (run.cancelled().getAsBoolean() || query || cause instanceof WeftException) {
      return SparkErrors.execution(failure, run);
    }
    String sentence = SparkErrors.sentence(cause);
    return new WeftException(
        ErrorCode.OUTPUT_FAILED.at(run.span(), target.path(), sentence), failure);
  }
}
