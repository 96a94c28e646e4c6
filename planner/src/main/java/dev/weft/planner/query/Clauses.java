package dev.weft.planner.query;

import dev.weft.planner.NotRepresentable;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.RelationalCatalog.AnalyzedText;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** Clauses that keep Spark's words over rows that are planned. */
final class Clauses {

  /** What the text of a clause calls its rows. */
  static final String INPUT = "__weft_input";

  private final RelationalCatalog catalog;
  private final RelOptCluster cluster;

  Clauses(RelationalCatalog catalog, RelOptCluster cluster) {
    this.catalog = catalog;
    this.cluster = cluster;
  }

  /**
   * The rows of a text that is one clause; a text that Spark refuses is left to the whole query.
   */
  RelNode of(String clause, String text, Map<String, RelNode> tables) {
    try {
      AnalyzedText analyzed = catalog.analyze(text, tables);
      List<String> names = List.copyOf(tables.keySet());
      List<RelNode> inputs = new ArrayList<>();
      names.forEach(name -> inputs.add(tables.get(name)));
      return new SparkClause(
          cluster,
          cluster.traitSetOf(Convention.NONE),
          inputs,
          names,
          clause.replaceAll("\\s+", " ").strip(),
          analyzed,
          SparkTypes.row(analyzed.columns(), cluster.getTypeFactory()));
    } catch (SparkError refused) {
      throw new NotRepresentable("a clause that Spark refuses over these columns alone");
    }
  }
}
