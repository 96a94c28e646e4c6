package dev.weft.planner.validate;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** What Spark allows: aliases and ordinals in GROUP BY, no columns outside GROUP BY. */
public final class SparkConformance extends SqlDelegatingConformance {

  public SparkConformance() {
    super(SqlConformanceEnum.BABEL);
  }

  /** Calcite's own way loops on an alias that reads a column of its own name. */
  @Override
  public SelectAliasLookup isSelectAlias() {
    return SelectAliasLookup.UNSUPPORTED;
  }

  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }
}
