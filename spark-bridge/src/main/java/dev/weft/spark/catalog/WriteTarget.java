package dev.weft.spark.catalog;

import dev.weft.spark.convert.Catalyst;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedView;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MergeIntoTable;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/** The table that a statement is going to write, by the parts of its name. */
public final class WriteTarget {

  /** Kinds of statements that only look. */
  private static final Pattern LOOKS =
      Pattern.compile(
          "(Show|Describe|Explain|Refresh|List|Cache|Uncache|Clear|Set[A-Z]?Command).*");

  private WriteTarget() {}

  /** Empty when the statement writes no table that is named in it. */
  public static Optional<List<String>> of(LogicalPlan statement) {
    if (statement instanceof InsertIntoStatement insert) {
      return name(insert.table());
    }
    if (statement instanceof MergeIntoTable merge) {
      return name(merge.targetTable());
    }
    List<LogicalPlan> children = Catalyst.list(statement.children());
    boolean looks = LOOKS.matcher(statement.getClass().getSimpleName()).matches();
    return looks || children.isEmpty() ? Optional.empty() : name(children.get(0));
  }

  private static Optional<List<String>> name(LogicalPlan plan) {
    if (plan instanceof SubqueryAlias alias) {
      return name(alias.child());
    }
    if (plan instanceof UnresolvedRelation relation) {
      return Optional.of(Catalyst.list(relation.multipartIdentifier()));
    }
    if (plan instanceof UnresolvedTable table) {
      return Optional.of(Catalyst.list(table.multipartIdentifier()));
    }
    if (plan instanceof UnresolvedTableOrView table) {
      return Optional.of(Catalyst.list(table.multipartIdentifier()));
    }
    if (plan instanceof UnresolvedView view) {
      return Optional.of(Catalyst.list(view.multipartIdentifier()));
    }
    return plan instanceof UnresolvedIdentifier identifier
        ? Optional.of(Catalyst.list(identifier.nameParts()))
        : Optional.empty();
  }
}
