package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.planner.error.SparkSentence;
import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** Finds the relation of a table name: the script's own, the catalog's, or a file. */
final class TableLookup {

  private final RelationalCatalog catalog;
  private final RelOptCluster cluster;

  TableLookup(RelationalCatalog catalog, RelOptCluster cluster) {
    this.catalog = catalog;
    this.cluster = cluster;
  }

  RelNode find(List<String> name, Span place, QueryScope scope) {
    String dotted = String.join(".", name);
    Optional<RelNode> own = scope.table(dotted);
    if (own.isPresent()) {
      return own.get();
    }
    Optional<List<Column>> columns = columns(dotted, place);
    if (columns.isPresent()) {
      return new CatalogScan(
          cluster,
          cluster.traitSetOf(Convention.NONE),
          dotted,
          SparkTypes.row(columns.get(), cluster.getTypeFactory()));
    }
    if (name.size() == 2 && isFormat(name.get(0))) {
      return scope.file(name.get(0), name.get(1), place);
    }
    List<String> candidates = new ArrayList<>(scope.tableNames());
    candidates.addAll(catalog.tableNames());
    throw ErrorCode.TABLE_NOT_FOUND.failure(place, dotted, Nearest.hintOrList(dotted, candidates));
  }

  /** A view that reads what is gone is wrong at its name; Spark would point into its own text. */
  private Optional<List<Column>> columns(String table, Span place) {
    try {
      return catalog.tableColumns(table);
    } catch (SparkError broken) {
      throw SparkSentence.of(broken, place);
    }
  }

  private boolean isFormat(String name) {
    return catalog.formats().contains(name.toLowerCase(Locale.ROOT));
  }
}
