package dev.weft.planner.estimate;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Named;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.spi.ScanStatistics;
import dev.weft.planner.spi.TableStatistics;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Estimates of the nodes of one plan, where all sources below a node are known. */
public final class Estimates {

  private final ScanStatistics sources;
  private final IdentityHashMap<RelNode, Optional<Estimate>> known = new IdentityHashMap<>();
  private final IdentityHashMap<RelNode, Optional<TableStatistics>> tables =
      new IdentityHashMap<>();

  private Estimates(ScanStatistics sources) {
    this.sources = sources;
  }

  /** What the session that made a plan knows. */
  public static Estimates about(RelNode plan) {
    return new Estimates(
        plan.getCluster()
            .getPlanner()
            .getContext()
            .maybeUnwrap(ScanStatistics.class)
            .orElse(ScanStatistics.NONE));
  }

  /** The estimate of a node; empty where a source is not known. */
  public Optional<Estimate> of(RelNode node) {
    Optional<Estimate> found = known.get(node);
    if (found == null) {
      found = estimate(node);
      known.put(node, found);
    }
    return found;
  }

  /**
   * The bytes of a node's rows where they are kept; empty where a source is not known.
   *
   * @param fields those that are used
   */
  public Optional<Double> bytes(RelNode node, ImmutableBitSet fields) {
    return of(node).map(known -> known.rows() * RowWidth.bytes(node.getRowType(), fields));
  }

  /** The bytes of a node's rows if its conditions take none away. */
  public Optional<Double> mostBytes(RelNode node, ImmutableBitSet fields) {
    return new MostRows(this)
        .of(node)
        .map(rows -> rows * RowWidth.bytes(node.getRowType(), fields));
  }

  /** The bytes of a side of a join up to which it is sent whole to every task. */
  public long sentBytes() {
    return sources.sentBytes();
  }

  /** What is known of the source that a node scans; empty for any other node. */
  public Optional<TableStatistics> table(RelNode node) {
    Optional<TableStatistics> found = tables.get(node);
    if (found == null) {
      List<String> columns = node.getRowType().getFieldNames();
      found =
          node instanceof FileScan scan
              ? sources.statistics(scan.source(), columns)
              : node instanceof CatalogScan scan
                  ? sources.statistics(scan.table(), columns)
                  : Optional.empty();
      tables.put(node, found);
    }
    return found;
  }

  private Optional<Estimate> estimate(RelNode node) {
    if (node instanceof FileScan || node instanceof CatalogScan) {
      return table(node).map(statistics -> scan(node, statistics));
    }
    if (node instanceof Named named) {
      return of(named.getInput());
    }
    if (node instanceof Values values) {
      int count = values.getTuples().size();
      return Optional.of(Estimate.unknownFields(count, node.getRowType().getFieldCount()));
    }
    if (node instanceof Filter filter) {
      return of(filter.getInput()).map(in -> Selectivity.filter(in, filter.getCondition()));
    }
    if (node instanceof Project project) {
      return of(project.getInput()).map(in -> project(project, in));
    }
    if (node instanceof Predict predict) {
      return of(predict.getInput())
          .map(in -> in.beside(Estimate.unknownFields(1, predict.outputs().size()), in.rows()));
    }
    if (node instanceof Join join) {
      return of(join.getLeft())
          .flatMap(left -> of(join.getRight()).map(right -> Joined.of(join, left, right)));
    }
    if (node instanceof Aggregate aggregate) {
      return of(aggregate.getInput()).map(in -> aggregate(aggregate, in));
    }
    if (node instanceof Sort sort) {
      return of(sort.getInput()).map(in -> sort(sort, in));
    }
    return node instanceof Union union ? union(union) : Optional.empty();
  }

  private static Estimate scan(RelNode node, TableStatistics table) {
    List<FieldEstimate> fields =
        node.getRowType().getFieldNames().stream()
            .map(name -> FieldEstimate.of(table.column(name), table.rows()))
            .toList();
    return new Estimate(table.rows(), fields).withRows(table.rows());
  }

  private static Estimate project(Project project, Estimate input) {
    List<FieldEstimate> fields = new ArrayList<>();
    for (RexNode column : project.getProjects()) {
      fields.add(
          column instanceof RexInputRef field
              ? input.fields().get(field.getIndex())
              : FieldEstimate.UNKNOWN);
    }
    return new Estimate(input.rows(), fields);
  }

  private static Estimate aggregate(Aggregate aggregate, Estimate input) {
    double groups = 1;
    List<FieldEstimate> fields = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      groups *= input.distinct(key);
      fields.add(input.fields().get(key));
    }
    while (fields.size() < aggregate.getRowType().getFieldCount()) {
      fields.add(FieldEstimate.UNKNOWN);
    }
    double sets = aggregate.getGroupSets().size();
    double rows = Math.min(groups, input.rows()) * sets;
    return new Estimate(rows, fields).withRows(rows);
  }

  private static Estimate sort(Sort sort, Estimate input) {
    Long most = sort.fetch instanceof RexLiteral fetch ? fetch.getValueAs(Long.class) : null;
    return most == null ? input : input.withRows(Math.min(most.doubleValue(), input.rows()));
  }

  private Optional<Estimate> union(Union union) {
    double rows = 0;
    for (RelNode input : union.getInputs()) {
      Optional<Estimate> own = of(input);
      if (own.isEmpty()) {
        return own;
      }
      rows += own.get().rows();
    }
    return Optional.of(Estimate.unknownFields(rows, union.getRowType().getFieldCount()));
  }
}
