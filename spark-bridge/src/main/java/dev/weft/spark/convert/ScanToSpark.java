package dev.weft.spark.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Leaves that Spark has analysed already: the columns that are used, under fresh names. */
final class ScanToSpark {

  private final FreshNames names;

  ScanToSpark(FreshNames names) {
    this.names = names;
  }

  /** A leaf whose columns are found by name. */
  Relation named(LogicalPlan leaf, RelDataType type) {
    List<Attribute> found = new ArrayList<>();
    List<Attribute> output = Catalyst.list(leaf.output());
    for (String name : type.getFieldNames()) {
      found.add(find(output, name));
    }
    return over(leaf, found);
  }

  /** A plan not analysed yet, whose columns come in the order of the type. */
  Relation positional(LogicalPlan leaf, RelDataType type) {
    List<String> columns = type.getFieldNames().stream().map(names::like).toList();
    return new Relation(CatalystPlans.renamed(columns, leaf), columns);
  }

  private Relation over(LogicalPlan leaf, List<Attribute> found) {
    List<NamedExpression> columns = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    for (Attribute attribute : found) {
      String name = names.like(attribute.name());
      fresh.add(name);
      columns.add(Catalyst.alias(attribute, name));
    }
    return new Relation(CatalystPlans.project(columns, leaf), fresh);
  }

  private static Attribute find(List<Attribute> output, String name) {
    Optional<Attribute> exact = output.stream().filter(a -> a.name().equals(name)).findFirst();
    return exact
        .or(() -> output.stream().filter(a -> a.name().equalsIgnoreCase(name)).findFirst())
        .orElseThrow(
            () ->
                new MissingColumn(
                    String.format(Locale.ROOT, "the column '%s' is no longer in the data", name)));
  }

  /** A source that has changed since it was checked. */
  static final class MissingColumn extends RuntimeException {
    MissingColumn(String message) {
      super(message);
    }
  }
}
