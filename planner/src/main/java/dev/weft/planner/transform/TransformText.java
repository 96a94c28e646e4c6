package dev.weft.planner.transform;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Places;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParser.FunctionCallContext;
import dev.weft.grammar.antlr.WeftParser.LambdaContext;
import dev.weft.grammar.antlr.WeftParser.NamedParameterContext;
import dev.weft.grammar.antlr.WeftParser.OverContext;
import dev.weft.grammar.antlr.WeftParser.PositionalParameterContext;
import dev.weft.grammar.antlr.WeftParser.PredictCallContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.grammar.antlr.WeftParser.StarCallContext;
import dev.weft.planner.function.SparkFunctions;
import dev.weft.planner.spi.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of one TRANSFORM, written out: featurisers become SQL, and an aggregate with
 * {@code OVER ()} becomes the name of a value to be fitted.
 */
public final class TransformText {

  private final Source source;
  private final SparkFunctions functions;
  private final List<Aggregate> fits = new ArrayList<>();
  private final List<Numeric> numbers = new ArrayList<>();
  private final Map<String, Span> columns = new LinkedHashMap<>();
  private int item;

  /** A reader of expressions that stand in a source. */
  public TransformText(Source source, SparkFunctions functions) {
    this.source = source;
    this.functions = functions;
  }

  /**
   * An aggregate over the training rows.
   *
   * @param item the expression it belongs to, from 0
   * @param level how many aggregates have to be known before it
   */
  public record Aggregate(int item, String sql, int level) {}

  /**
   * What a featuriser of numbers is given.
   *
   * @param item the expression it belongs to, from 0
   * @param function the featuriser
   * @param place where the argument stands
   */
  public record Numeric(int item, String sql, String function, Span place) {}

  /** What has to be a number. */
  public List<Numeric> numbers() {
    return numbers;
  }

  /** What is to be fitted, in an order in which each reads only those before it. */
  public List<Aggregate> fits() {
    return fits;
  }

  /** The columns that are read, as first written, with the place of each. */
  public Map<String, Span> columns() {
    return columns;
  }

  /** The next expression as SQL; fails with our own errors. */
  public String read(ParserRuleContext tree) {
    String text = text(tree);
    item++;
    return text;
  }

  private String text(ParserRuleContext tree) {
    SortedMap<Integer, Piece> pieces = new TreeMap<>();
    collect(tree, pieces);
    return joined(Places.of(source, tree), pieces);
  }

  private String joined(Span span, SortedMap<Integer, Piece> pieces) {
    StringBuilder text = new StringBuilder();
    int at = span.start();
    for (Piece piece : pieces.values()) {
      text.append(source.text(), at, piece.span().start()).append(piece.text());
      at = piece.span().end();
    }
    return text.append(source.text(), at, span.end()).toString();
  }

  private void collect(ParseTree tree, SortedMap<Integer, Piece> pieces) {
    if (tree instanceof ParserRuleContext rule) {
      refuse(rule);
      String other = rewritten(rule);
      if (other != null) {
        Span span = Places.of(source, rule);
        pieces.put(span.start(), new Piece(span, other));
        return;
      }
    }
    if (tree instanceof ColumnContext column) {
      String name = Quotes.name(column.name().getText());
      if (columns.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
        columns.put(name, Places.of(source, column));
      }
      return;
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      collect(tree.getChild(i), pieces);
    }
  }

  private @Nullable String rewritten(ParserRuleContext tree) {
    if (tree instanceof StarCallContext call && call.over() != null) {
      return fitted(call, call.over());
    }
    if (!(tree instanceof FunctionCallContext call)) {
      return null;
    }
    Optional<Featuriser> featuriser = Featuriser.of(call.functionName().getText());
    if (featuriser.isEmpty()) {
      known(call);
      return call.over() == null ? null : fitted(call, call.over());
    }
    String name = featuriser.get().name().toLowerCase(Locale.ROOT);
    List<String> arguments = call.callArgument().stream().map(this::text).toList();
    if (!arguments.isEmpty() && featuriser.get().takesNumbers(arguments)) {
      Span place = Places.of(source, call.callArgument(0));
      numbers.add(new Numeric(item, arguments.get(0), name, place));
    }
    try {
      return featuriser.get().checked(arguments, this::fit);
    } catch (IllegalArgumentException wrong) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          Places.of(source, call), name + " " + wrong.getMessage());
    }
  }

  private void known(FunctionCallContext call) {
    String name = call.functionName().getText().toLowerCase(Locale.ROOT);
    if (!Quotes.isIdentifierClause(name) && functions.kind(name).isEmpty()) {
      List<String> names = new ArrayList<>(Featuriser.names());
      names.addAll(functions.names());
      throw ErrorCode.FUNCTION_NOT_FOUND.failure(
          Places.of(source, call.functionName()), name, Nearest.hint(name, names));
    }
  }

  private String fitted(ParserRuleContext call, OverContext over) {
    boolean all = over.windowSpec() != null && over.windowSpec().getChildCount() == 2;
    if (!all) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          Places.of(source, over),
          "a window of TRANSFORM is all training rows; write OVER (), or compute it in the query"
              + " that TRAIN reads");
    }
    return fit(text(call, over));
  }

  /** A call without its window. */
  private String text(ParserRuleContext call, OverContext over) {
    SortedMap<Integer, Piece> pieces = new TreeMap<>();
    for (int i = 0; i < call.getChildCount(); i++) {
      if (call.getChild(i) != over) {
        collect(call.getChild(i), pieces);
      }
    }
    int start = Places.of(source, call).start();
    return joined(new Span(source, start, Places.of(source, over).start()), pieces).strip();
  }

  private String fit(String aggregate) {
    for (int i = 0; i < fits.size(); i++) {
      if (fits.get(i).sql().equals(aggregate)) {
        return Transform.fitted(i);
      }
    }
    int level = 0;
    for (int i = 0; i < fits.size(); i++) {
      boolean reads = aggregate.matches("(?s).*\\b" + Transform.fitted(i) + "\\b.*");
      level = reads ? Math.max(level, fits.get(i).level() + 1) : level;
    }
    fits.add(new Aggregate(item, aggregate, level));
    return Transform.fitted(fits.size() - 1);
  }

  private void refuse(ParserRuleContext tree) {
    String why = "";
    if (tree instanceof QueryContext) {
      why = "TRANSFORM computes each row from itself, so it takes no query; join in the query that";
    } else if (tree instanceof NamedParameterContext
        || tree instanceof PositionalParameterContext) {
      why =
          "TRANSFORM is kept with the model, so it takes no parameters; use them in the query that";
    } else if (tree instanceof PredictCallContext) {
      why = "TRANSFORM takes no other model; predict in the query that";
    } else if (tree instanceof LambdaContext) {
      why = "TRANSFORM takes no lambda; use it in the query that";
    }
    if (!why.isEmpty()) {
      throw ErrorCode.INVALID_CLAUSE.failure(Places.of(source, tree), why + " TRAIN reads");
    }
  }

  /** A stretch of the source that has other text. */
  private record Piece(Span span, String text) {}
}
