package dev.weft.planner.validate;

import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A relation under a name: reading the table is reading the relation, so a script is one graph. */
public final class RelTable extends AbstractTable implements TranslatableTable {

  private final RelNode relation;

  public RelTable(RelNode relation) {
    this.relation = relation;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return relation.getRowType();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return relation;
  }
}
