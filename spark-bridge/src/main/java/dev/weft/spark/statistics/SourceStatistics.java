package dev.weft.spark.statistics;

import dev.weft.planner.spi.ColumnStatistics;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.TableStatistics;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.file.RootPaths;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;

/** The statistics of sources: footers tell what is there now, ANALYZE TABLE what else is known. */
public final class SourceStatistics {

  private final ParquetStatistics parquet = new ParquetStatistics();

  /**
   * Of files.
   *
   * @param columns those asked about
   */
  public Optional<TableStatistics> of(FileSource source, List<String> columns) {
    return source.format().equalsIgnoreCase("parquet")
        ? parquet.of(List.of(source.path()), columns)
        : Optional.empty();
  }

  /**
   * Of an analysed table or view.
   *
   * @param columns those asked about
   */
  public Optional<TableStatistics> of(LogicalPlan table, List<String> columns) {
    if (!(source(table) instanceof LogicalRelation relation)) {
      return Optional.empty();
    }
    Optional<TableStatistics> counted =
        relation.catalogTable().isDefined() && relation.catalogTable().get().stats().isDefined()
            ? AnalyzedColumns.of(
                relation.catalogTable().get().stats().get(), relation.schema().length())
            : Optional.empty();
    boolean footers =
        relation.relation() instanceof HadoopFsRelation files
            && files.fileFormat() instanceof ParquetFileFormat;
    Optional<TableStatistics> now =
        footers ? parquet.of(RootPaths.of(relation), columns) : Optional.empty();
    return now.map(found -> counted.map(known -> both(found, known)).orElse(found))
        .or(() -> counted);
  }

  private static TableStatistics both(TableStatistics now, TableStatistics counted) {
    Map<String, ColumnStatistics> columns = new HashMap<>(counted.columns());
    now.columns().forEach((name, found) -> columns.put(name, found.refined(counted.column(name))));
    return new TableStatistics(now.rows(), now.bytes(), now.width(), columns);
  }

  /** What a table or view reads whose columns keep their names. */
  private static LogicalPlan source(LogicalPlan plan) {
    if (plan instanceof SubqueryAlias alias) {
      return source(alias.child());
    }
    if (plan instanceof View view) {
      return source(view.child());
    }
    boolean passes =
        plan instanceof Project project
            && Catalyst.list(project.projectList()).stream().allMatch(SourceStatistics::isSame);
    return passes ? source(((Project) plan).child()) : plan;
  }

  private static boolean isSame(NamedExpression column) {
    return column instanceof Attribute
        || (column instanceof Alias alias && isNamed(alias.child(), alias.name()));
  }

  private static boolean isNamed(Expression value, String name) {
    return value instanceof Cast cast
        ? isNamed(cast.child(), name)
        : value instanceof Attribute attribute && attribute.name().equals(name);
  }
}
