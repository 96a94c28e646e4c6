package dev.weft.spark;

import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedView;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** The tables and views that a parsed command is about, as it names them. */
final class TargetNames {

  private TargetNames() {}

  /** The parts of the name that a node stands for; empty where it is no name. */
  static List<String> parts(LogicalPlan node) {
    if (node instanceof UnresolvedIdentifier n) return Catalyst.list(n.nameParts());
    if (node instanceof UnresolvedRelation n) return Catalyst.list(n.multipartIdentifier());
    if (node instanceof UnresolvedTable n) return Catalyst.list(n.multipartIdentifier());
    if (node instanceof UnresolvedTableOrView n) return Catalyst.list(n.multipartIdentifier());
    if (node instanceof UnresolvedView n) return Catalyst.list(n.multipartIdentifier());
    return List.of();
  }

  /** A name without a database; which database others mean depends on what has run. */
  static Optional<String> single(LogicalPlan node) {
    List<String> parts = parts(node);
    return parts.size() == 1 ? Optional.of(parts.get(0)) : Optional.empty();
  }

  /** The names without a database among the targets of a command. */
  static List<String> of(LogicalPlan command) {
    List<String> names = new ArrayList<>();
    for (LogicalPlan child : Catalyst.list(command.children())) {
      single(child).ifPresent(names::add);
    }
    if (command instanceof InsertIntoStatement insert) {
      single(insert.table()).ifPresent(names::add);
    }
    return names;
  }
}
