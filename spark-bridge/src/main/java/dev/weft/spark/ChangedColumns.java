package dev.weft.spark;

import dev.weft.planner.spi.Column;
import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.plans.logical.AddColumns;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.QualifiedColType;
import org.apache.spark.sql.catalyst.plans.logical.ReplaceColumns;

/** The columns that a table has behind an ALTER TABLE, where the statement's text tells. */
final class ChangedColumns {

  private ChangedColumns() {}

  /** A table and its columns from here on. */
  record Changed(String table, List<Column> columns) {
    Changed {
      columns = List.copyOf(columns);
    }
  }

  /**
   * What the statement leaves.
   *
   * @param columns the columns that a table has before it
   * @return empty for other statements, nested columns, places among the columns, and names with a
   *     database
   */
  static Optional<Changed> of(LogicalPlan statement, Function<LogicalPlan, List<Column>> columns) {
    if (statement instanceof AddColumns added) {
      return changed(added.table(), Catalyst.list(added.columnsToAdd()), columns);
    }
    return statement instanceof ReplaceColumns replaced
        ? changed(replaced.table(), Catalyst.list(replaced.columnsToAdd()), table -> List.of())
        : Optional.empty();
  }

  private static Optional<Changed> changed(
      LogicalPlan target,
      List<QualifiedColType> added,
      Function<LogicalPlan, List<Column>> columns) {
    Optional<String> table = TargetNames.single(target);
    boolean plain = added.stream().allMatch(c -> c.path().isEmpty() && c.position().isEmpty());
    if (table.isEmpty() || !plain) {
      return Optional.empty();
    }
    List<Column> all = new ArrayList<>(columns.apply(target));
    added.forEach(c -> all.add(new Column(c.colName(), Ddl.text(c.dataType()), c.nullable())));
    return Optional.of(new Changed(table.get(), all));
  }
}
