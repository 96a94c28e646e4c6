package dev.weft.planner.rel;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/**
 * The rows that a statement has named, in the plan of what reads them. It is gone when the script
 * is optimised.
 */
public final class Named extends SingleRel {

  private final String name;

  private final Object key;

  private Named(RelOptCluster cluster, RelTraitSet traits, RelNode input, String name, Object key) {
    super(cluster, traits, input);
    this.name = name;
    this.key = key;
  }

  /** A relation under a name; the top of a plan, which is no table, stays what it is. */
  public static RelNode of(String name, RelNode relation) {
    return relation instanceof Named || relation instanceof Shown
        ? relation
        : new Named(relation.getCluster(), relation.getTraitSet(), relation, name, new Object());
  }

  /** The name as written. */
  public String name() {
    return name;
  }

  /** The same for all copies, which Calcite makes when it converts what reads the name. */
  public Object key() {
    return key;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new Named(getCluster(), traits, sole(inputs), name, key);
  }
}
