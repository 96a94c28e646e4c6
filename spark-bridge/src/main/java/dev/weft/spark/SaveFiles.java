package dev.weft.spark;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.spi.FileSource;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;

/** Writes rows as files: whole or not at all. */
final class SaveFiles {

  private final SparkSession session;
  private final Run run;

  SaveFiles(SparkSession session, Run run) {
    this.session = session;
    this.run = run;
  }

  void save(
      Supplier<Dataset<Row>> rows, FileSource target, Save.Mode mode, List<String> partitionBy) {
    throw new UnsupportedOperationException(session + " " + run);
  }
}
