package dev.weft.spark.convert;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;

/**
 * Remembers which node of ours each node of Spark's came from. Spark's rules give what they make
 * the origin of what they replace, so the mark stays to the end.
 */
public class NodeMarks {

  /** Marks nothing. */
  public static final NodeMarks NONE = new Nothing();

  private static final String KIND = "weft node";

  private final IdentityHashMap<RelNode, Integer> numbers = new IdentityHashMap<>();
  private final Map<Integer, RelNode> nodes = new java.util.HashMap<>();

  /** Makes Spark's nodes for one of ours. */
  <T> T at(RelNode node, Supplier<T> make) {
    int number = numbers.computeIfAbsent(node, n -> numbers.size());
    nodes.put(number, node);
    Origin before = CurrentOrigin.get();
    CurrentOrigin.set(origin(String.valueOf(number)));
    try {
      return make.get();
    } finally {
      CurrentOrigin.set(before);
    }
  }

  /** The node that one of Spark's was made for. */
  public Optional<RelNode> of(LogicalPlan plan) {
    Origin origin = plan.origin();
    boolean ours = origin.objectType().isDefined() && origin.objectType().get().equals(KIND);
    return ours
        ? Optional.ofNullable(nodes.get(Integer.valueOf(origin.objectName().get())))
        : Optional.empty();
  }

  private static final class Nothing extends NodeMarks {
    @Override
    <T> T at(RelNode node, Supplier<T> make) {
      return make.get();
    }
  }

  private static Origin origin(String number) {
    return new Origin(
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.apply(KIND),
        Option.apply(number),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
