package dev.weft.planner.query;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.antlr.WeftParser.BracketedContext;
import dev.weft.grammar.antlr.WeftParser.DereferenceContext;
import dev.weft.grammar.antlr.WeftParser.ItemContext;
import dev.weft.grammar.antlr.WeftParser.PredictCallContext;
import dev.weft.planner.PredictionColumns;
import dev.weft.planner.model.AnswerFunction;
import dev.weft.planner.name.NameText;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Util;

/** {@code PREDICT(m USING …)} and its fields, in an expression. */
final class PredictToSql {

  private final Translation translation;

  PredictToSql(Translation translation) {
    this.translation = translation;
  }

  /** The call that a tree is, whatever brackets are around it. */
  static Optional<PredictCallContext> call(ParseTree tree) {
    if (tree instanceof PredictCallContext call) {
      return Optional.of(call);
    }
    if (tree instanceof BracketedContext bracketed) {
      return call(bracketed.expression());
    }
    return tree.getChildCount() == 1 ? call(tree.getChild(0)) : Optional.empty();
  }

  /** The name of the column that PREDICT in FROM has for an expression that is an answer alone. */
  Optional<String> columnName(ParseTree tree) {
    if (tree instanceof DereferenceContext field) {
      return call(field.primary())
          .map(call -> name(model(call), output(model(call), field).orElse(0)));
    }
    if (tree instanceof PredictCallContext call) {
      return Optional.of(name(model(call), 0));
    }
    if (tree instanceof BracketedContext bracketed) {
      return columnName(bracketed.expression());
    }
    return tree.getChildCount() == 1 ? columnName(tree.getChild(0)) : Optional.empty();
  }

  private static String name(PlannedModel model, int output) {
    return PredictionColumns.of(model.signature()).get(output).name();
  }

  /** The call alone: the label. */
  SqlNode label(PredictCallContext tree) {
    return answer(tree, model(tree), 0);
  }

  /** A field of a call. */
  SqlNode field(DereferenceContext tree, PredictCallContext call) {
    PlannedModel model = model(call);
    int output =
        output(model, tree)
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_QUERY.failure(
                        translation.positions().span(tree.name()),
                        "an answer of the model '%s' has no field '%s'; its fields are %s"
                            .formatted(
                                model.name(),
                                NameText.of(tree.name()),
                                String.join(", ", fields(model.signature()).keySet()))));
    return answer(call, model, output);
  }

  /** Which of {@link PredictionColumns#of} a field is. */
  static Optional<Integer> output(PlannedModel model, DereferenceContext tree) {
    String field = NameText.of(tree.name()).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(fields(model.signature()).get(field));
  }

  private static Map<String, Integer> fields(ModelSignature signature) {
    Map<String, Integer> fields = new LinkedHashMap<>();
    fields.put("label", 0);
    switch (signature.task()) {
      case CLASSIFICATION -> {
        fields.put("prob", 1);
        fields.put("probs", 2);
      }
      case REGRESSION -> fields.put("score", 0);
      case CLUSTERING -> {
        fields.put("cluster", 0);
        fields.put("distance", 1);
      }
      case EMBEDDING -> fields.put("embedding", 0);
      case TERMS -> fields.put("terms", 0);
      case TOPICS -> {
        fields.put("topic", 0);
        fields.put("topics", 1);
      }
    }
    return fields;
  }

  private PlannedModel model(PredictCallContext tree) {
    return translation.tables().model(tree.modelReference());
  }

  private SqlNode answer(PredictCallContext tree, PlannedModel model, int output) {
    Span place = translation.positions().span(tree);
    List<SqlNode> features = new Given(tree, model).features();
    return new AnswerFunction(model, output, place, translation.types())
        .createCall(new SqlNodeList(features, translation.positions().of(tree)));
  }

  /** What stands behind USING. */
  private final class Given {

    private final PlannedModel model;
    private final Span place;
    private final List<String> names;
    private final Map<String, SqlNode> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<SqlIdentifier> stars = new ArrayList<>();
    private final List<Diagnostic> errors = new ArrayList<>();

    Given(PredictCallContext tree, PlannedModel model) {
      this.model = model;
      this.place = translation.positions().span(tree);
      this.names = model.signature().inputs().stream().map(Feature::name).toList();
      if (tree.STAR() != null) {
        stars.add(SqlIdentifier.star(translation.positions().of(tree.STAR().getSymbol())));
      }
      tree.item().forEach(this::item);
    }

    private void item(ItemContext tree) {
      SqlNode value = translation.expressions().visit(tree.expression());
      if (value instanceof SqlIdentifier star && star.isStar() && tree.name() == null) {
        stars.add(star);
        return;
      }
      Span span = translation.positions().span(tree);
      if (tree.name() == null && !(value instanceof SqlIdentifier)) {
        String example = names.isEmpty() ? "name" : names.get(0);
        errors.add(
            ErrorCode.INVALID_CLAUSE.at(
                span,
                "PREDICT finds features by name, and this one has none; write %s AS %s"
                    .formatted(span.text(), example)));
        return;
      }
      String name =
          tree.name() == null ? Util.last(((SqlIdentifier) value).names) : NameText.of(tree.name());
      if (names.stream().noneMatch(name::equalsIgnoreCase)) {
        String why = " among the features of the model '" + model.name() + "'";
        errors.add(
            ErrorCode.COLUMN_NOT_FOUND.at(span, name, why + Nearest.hintOrList(name, names)));
      } else if (values.put(name, value) != null) {
        errors.add(
            ErrorCode.INVALID_CLAUSE.at(
                span, "the feature '" + name + "' is given twice; keep one"));
      }
    }

    /** A value for each feature of the model. */
    List<SqlNode> features() {
      int misnamed = errors.size();
      List<SqlNode> all = new ArrayList<>();
      for (String name : names) {
        SqlNode value = values.get(name);
        if (value == null && !stars.isEmpty()) {
          value = column(stars.get(0), name);
        }
        if (value != null) {
          all.add(value);
        } else if (misnamed == 0) {
          String why = " behind USING, and the model '" + model.name() + "' reads it";
          errors.add(ErrorCode.COLUMN_NOT_FOUND.at(place, name, why));
        }
      }
      if (!errors.isEmpty()) {
        throw new WeftException(errors);
      }
      return all;
    }

    /** The column of a feature's name that a star stands for. */
    private SqlIdentifier column(SqlIdentifier star, String name) {
      List<String> parts = new ArrayList<>(star.names.subList(0, star.names.size() - 1));
      parts.add(name);
      SqlParserPos at = star.getParserPosition();
      return new SqlIdentifier(parts, null, at, parts.stream().map(part -> at).toList());
    }
  }
}
