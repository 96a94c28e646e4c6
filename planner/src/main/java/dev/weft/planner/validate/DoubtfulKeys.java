package dev.weft.planner.validate;

import dev.weft.planner.NotRepresentable;
import dev.weft.planner.rel.Named;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What Calcite takes and Spark may refuse: maps that are compared, and window functions that count
 * rows in no order. Spark is asked about such a query before anything runs.
 */
public final class DoubtfulKeys extends RelVisitor {

  private static final Set<String> ORDERED =
      Set.of(
          "row_number",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist",
          "ntile",
          "lag",
          "lead",
          "nth_value");

  private DoubtfulKeys() {}

  /** The plan, if it has none of it. */
  public static RelNode refuse(RelNode plan) {
    new DoubtfulKeys().go(plan);
    return plan;
  }

  @Override
  public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
    if (node instanceof Aggregate aggregate) {
      List<RelDataTypeField> fields = aggregate.getInput().getRowType().getFieldList();
      aggregate.getGroupSet().forEach(key -> refuseMap(fields.get(key).getType()));
    } else if (node instanceof SetOp set && !set.all) {
      set.getRowType().getFieldList().forEach(field -> refuseMap(field.getType()));
    } else if (node instanceof Sort sort) {
      List<RelDataTypeField> fields = sort.getInput().getRowType().getFieldList();
      sort.getCollation().getKeys().forEach(key -> refuseMap(fields.get(key).getType()));
    } else if (node instanceof Project project) {
      project.getProjects().forEach(value -> value.accept(new Windows()));
    }
    // What an earlier statement has named was looked at when it was planned.
    if (!(node instanceof Named)) {
      super.visit(node, ordinal, parent);
    }
  }

  private static void refuseMap(RelDataType type) {
    if (type.getSqlTypeName() == SqlTypeName.MAP) {
      throw new NotRepresentable("a map that is compared");
    }
  }

  /** Finds windows without an order. */
  private static final class Windows extends RexVisitorImpl<@Nullable Void> {

    Windows() {
      super(true);
    }

    @Override
    public @Nullable Void visitOver(RexOver over) {
      String name = over.getAggOperator().getName().toLowerCase(Locale.ROOT);
      if (ORDERED.contains(name) && over.getWindow().orderKeys.isEmpty()) {
        throw new NotRepresentable("a window function in no order");
      }
      return super.visitOver(over);
    }
  }
}
