package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.error.SparkSentence;
import dev.weft.planner.rel.SparkText;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.RelationalCatalog.AnalyzedText;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** Gives to Spark, as it stands, what cannot be planned. */
final class Handover {

  private static final String ANSWER = "PREDICT as an expression";

  private final RelationalCatalog catalog;
  private final RelOptCluster cluster;
  private final QueryPlanner planner;

  Handover(RelationalCatalog catalog, RelOptCluster cluster, QueryPlanner planner) {
    this.catalog = catalog;
    this.cluster = cluster;
    this.planner = planner;
  }

  /** The relation of a text that Spark has to plan; where Spark rejects it, its error. */
  RelNode given(HandoverText text, String reason) {
    try {
      return asked(text, reason);
    } catch (Rejected rejected) {
      throw told(rejected.error, rejected.place);
    } catch (NotRepresentable gap) {
      String advice =
          gap.reason().equals(ANSWER)
              ? "compute it in a query of its own, or in FROM with PREDICT(MODEL m, TABLE t)"
              : "write the value";
      throw ErrorCode.NOT_AVAILABLE.failure(
          text.span(), gap.reason() + " in a query with " + reason, advice);
    }
  }

  /** Spark's error as ours, with the nearest function where Spark names none. */
  WeftException told(SparkError error, Span place) {
    if (error.condition().matches("UNRESOLVED_ROUTINE|ROUTINE_NOT_FOUND")) {
      return noFunction(SparkSentence.subject(error).orElse(""), place);
    }
    if (error.condition().equals("UNRESOLVABLE_TABLE_VALUED_FUNCTION")) {
      String name = SparkSentence.said(error, "name");
      return catalog.functionExists(name)
          ? ErrorCode.INVALID_QUERY.failure(
              place, name + " gives a value and no rows; call it in SELECT")
          : noFunction(name, place);
    }
    return SparkSentence.of(error, place);
  }

  private WeftException noFunction(String name, Span place) {
    return ErrorCode.FUNCTION_NOT_FOUND.failure(
        place, name, Nearest.hint(name, catalog.functionNames()));
  }

  /** The same; where Spark rejects it, its error goes to the caller. */
  RelNode asked(HandoverText text, String reason) throws Rejected {
    HandoverWriter writer = new HandoverWriter(text, planner, cluster.getTypeFactory()).write();
    try {
      AnalyzedText analyzed = catalog.analyze(writer.written(), writer.tables());
      if (writer.predicts()) {
        throw new NotRepresentable(ANSWER);
      }
      return new SparkText(
          cluster,
          cluster.traitSetOf(Convention.NONE),
          List.copyOf(writer.tables().values()),
          List.copyOf(writer.tables().keySet()),
          analyzed,
          reason,
          SparkTypes.row(analyzed.columns(), cluster.getTypeFactory()));
    } catch (SparkError error) {
      Span place =
          error.offset().isPresent()
              ? writer.place(error.offset().getAsInt(), error.end()).orElse(text.span())
              : text.span();
      throw new Rejected(error, place);
    }
  }

  /** Spark's no, with its place in the script. */
  static final class Rejected extends Exception {

    private final SparkError error;
    private final transient Span place;

    Rejected(SparkError error, Span place) {
      super(error);
      this.error = error;
      this.place = place;
    }

    SparkError error() {
      return error;
    }

    Span place() {
      return place;
    }
  }
}
