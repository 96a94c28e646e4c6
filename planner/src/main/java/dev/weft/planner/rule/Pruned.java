package dev.weft.planner.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Util;
import org.apache.calcite.util.mapping.Mappings;
import org.jspecify.annotations.Nullable;

/**
 * A node that has lost fields.
 *
 * @param fields for each field before, its number now, or -1
 */
record Pruned(RelNode node, List<Integer> fields) {

  private static final int GONE = -1;

  /** A node whose fields are those kept of another, in order. */
  static Pruned of(RelNode node, RelNode before, ImmutableBitSet kept) {
    Integer[] fields = new Integer[before.getRowType().getFieldCount()];
    Arrays.fill(fields, GONE);
    int at = 0;
    for (int field : kept) {
      fields[field] = at++;
    }
    return new Pruned(node, List.of(fields));
  }

  /** A node with all its fields. */
  static Pruned same(RelNode node) {
    return of(node, node, all(node));
  }

  static ImmutableBitSet all(RelNode node) {
    return ImmutableBitSet.range(node.getRowType().getFieldCount());
  }

  static ImmutableBitSet inputs(List<RexNode> expressions) {
    return expressions.stream()
        .map(Movable::inputs)
        .reduce(ImmutableBitSet.of(), ImmutableBitSet::union);
  }

  /** The node with exactly the fields and names it had. */
  static RelNode whole(Pruned pruned, RelNode before) {
    return pruned.only(all(before));
  }

  Pruned beside(Pruned right) {
    int shift = node.getRowType().getFieldCount();
    List<Integer> both = new ArrayList<>(fields);
    right.fields.forEach(field -> both.add(field == GONE ? GONE : field + shift));
    return new Pruned(node, both);
  }

  /** The node with just these of the fields before, in order. */
  RelNode only(ImmutableBitSet kept) {
    List<Integer> wanted = kept.asList().stream().map(fields::get).toList();
    boolean already = wanted.size() == node.getRowType().getFieldCount();
    for (int i = 0; i < wanted.size(); i++) {
      already = already && wanted.get(i) == i;
    }
    if (already) {
      return node;
    }
    List<RexNode> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int field : wanted) {
      RelDataTypeField type = node.getRowType().getFieldList().get(field);
      columns.add(new RexInputRef(field, type.getType()));
      names.add(type.getName());
    }
    return LogicalProject.create(
        node, List.of(), columns, names, com.google.common.collect.ImmutableSet.of());
  }

  /** Whether columns over this node are just its fields, under their names. */
  boolean isAll(List<RexNode> columns, List<String> names) {
    boolean all = names.equals(node.getRowType().getFieldNames());
    for (int i = 0; all && i < columns.size(); i++) {
      all = columns.get(i) instanceof RexInputRef field && moved(field.getIndex()) == i;
    }
    return all;
  }

  int moved(int field) {
    return fields.get(field);
  }

  RexNode moved(RexNode expression) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef field) {
            return new RexInputRef(moved(field.getIndex()), field.getType());
          }
        });
  }

  List<RexNode> moved(List<RexNode> expressions) {
    return expressions.stream().map(this::moved).toList();
  }

  RelCollation moved(RelCollation collation) {
    List<RelFieldCollation> keys =
        collation.getFieldCollations().stream()
            .map(key -> key.withFieldIndex(moved(key.getFieldIndex())))
            .toList();
    return RelCollations.of(keys);
  }

  ImmutableBitSet moved(ImmutableBitSet set) {
    return ImmutableBitSet.of(set.asList().stream().map(this::moved).toList());
  }

  AggregateCall moved(AggregateCall call) {
    return call.transform(
        Mappings.target(this::moved, fields.size(), node.getRowType().getFieldCount()));
  }

  static boolean hasQuery(RexNode expression) {
    try {
      expression.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitSubQuery(RexSubQuery query) {
              throw Util.FoundOne.NULL;
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }
}
