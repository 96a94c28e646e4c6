package dev.weft.planner.validate;

import dev.weft.planner.spi.ScanStatistics;
import dev.weft.planner.types.SparkTypeFactory;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.apache.calcite.tools.RelBuilder;

/** How relational expressions are made here. */
public final class Rels {

  static {
    // Writes what an error names. A class that first loads where the stack ends stays broken.
    SqlPrettyWriter.config();
  }

  private Rels() {}

  /**
   * The cluster that all expressions of a planner belong to.
   *
   * @param statistics what rules may ask about its scans
   */
  public static RelOptCluster cluster(ScanStatistics statistics) {
    RelOptCluster cluster =
        RelOptCluster.create(
            new HepPlanner(HepProgram.builder().build(), Contexts.of(statistics)),
            new RexBuilder(new SparkTypeFactory()));
    // Proxies answer the few questions asked; Calcite's default would generate and compile classes.
    cluster.setMetadataQuerySupplier(
        () ->
            new RelMetadataQuery(
                new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE)));
    return cluster;
  }

  /** A builder that does what it is told. */
  public static RelBuilder builder(RelOptCluster cluster) {
    return RelFactories.LOGICAL_BUILDER.create(cluster, null).transform(Rels::asWritten);
  }

  /**
   * Neither folds nor merges: folding needs Spark's arithmetic and errors, and merging would copy
   * expressions that may not be copied.
   */
  public static RelBuilder.Config asWritten(RelBuilder.Config config) {
    return config
        .withSimplify(false)
        .withSimplifyValues(false)
        .withSimplifyLimit(false)
        .withBloat(-1)
        .withPruneInputOfAggregate(false)
        .withPushJoinCondition(false)
        .withRemoveRedundantDistinct(false)
        .withConvertCorrelateToJoin(false);
  }
}
