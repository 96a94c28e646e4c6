package dev.weft.planner.rule;

import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.SharedRows;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.util.ImmutableBitSet;

/** Scans read only the fields of their row type. */
final class ScanPruning {

  private ScanPruning() {}

  static Pruned file(FileScan scan, ImmutableBitSet used) {
    ImmutableBitSet kept = kept(used);
    RelNode node =
        new FileScan(scan.getCluster(), scan.getTraitSet(), scan.source(), row(scan, kept));
    return Pruned.of(node, scan, kept);
  }

  static Pruned table(CatalogScan scan, ImmutableBitSet used) {
    ImmutableBitSet kept = kept(used);
    RelNode node =
        new CatalogScan(scan.getCluster(), scan.getTraitSet(), scan.table(), row(scan, kept));
    return Pruned.of(node, scan, kept);
  }

  static Pruned shared(SharedRows rows, ImmutableBitSet used) {
    ImmutableBitSet kept = kept(used);
    RelNode node =
        new SharedRows(rows.getCluster(), rows.getTraitSet(), rows.table(), row(rows, kept));
    return Pruned.of(node, rows, kept);
  }

  /** Counting rows needs one column. */
  private static ImmutableBitSet kept(ImmutableBitSet used) {
    return used.isEmpty() ? ImmutableBitSet.of(0) : used;
  }

  private static RelDataType row(RelNode scan, ImmutableBitSet kept) {
    RelDataTypeFactory.Builder row = scan.getCluster().getTypeFactory().builder();
    kept.forEach(field -> row.add(scan.getRowType().getFieldList().get(field)));
    return row.build();
  }
}
