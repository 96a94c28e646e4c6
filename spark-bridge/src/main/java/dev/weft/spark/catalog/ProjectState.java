package dev.weft.spark.catalog;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogWithListener;
import org.apache.spark.sql.internal.SharedState;

/** What all sessions of Spark's share, with the project's catalog in the place of Spark's own. */
public final class ProjectState extends SharedState {

  private final ExternalCatalogWithListener catalog;

  /** The state for sessions of a context that has none yet. */
  public ProjectState(
      SparkContext context,
      scala.collection.immutable.Map<String, String> settings,
      ProjectCatalog catalog) {
    super(context, settings);
    this.catalog = new ExternalCatalogWithListener(catalog);
  }

  @Override
  public ExternalCatalogWithListener externalCatalog() {
    return catalog;
  }
}
