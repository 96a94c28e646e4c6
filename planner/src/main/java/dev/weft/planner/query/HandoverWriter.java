package dev.weft.planner.query;

import dev.weft.grammar.ParameterMarkers;
import dev.weft.grammar.ParameterMarkers.Marker;
import dev.weft.grammar.Places;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.DereferenceContext;
import dev.weft.grammar.antlr.WeftParser.EvaluateRelationContext;
import dev.weft.grammar.antlr.WeftParser.IdentifierClauseContext;
import dev.weft.grammar.antlr.WeftParser.ImportanceRelationContext;
import dev.weft.grammar.antlr.WeftParser.NamedParameterContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.PipeStepContext;
import dev.weft.grammar.antlr.WeftParser.PivotClauseContext;
import dev.weft.grammar.antlr.WeftParser.PositionalParameterContext;
import dev.weft.grammar.antlr.WeftParser.PredictCallContext;
import dev.weft.grammar.antlr.WeftParser.PredictRelationContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.grammar.antlr.WeftParser.SampleContext;
import dev.weft.grammar.antlr.WeftParser.ScriptTransformContext;
import dev.weft.grammar.antlr.WeftParser.TableOptionsContext;
import dev.weft.grammar.antlr.WeftParser.TableRelationContext;
import dev.weft.grammar.antlr.WeftParserBaseVisitor;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.PredictionColumns;
import dev.weft.planner.function.SparkLiteral;
import dev.weft.planner.name.IdentifierClauses;
import dev.weft.planner.name.NameText;
import dev.weft.planner.param.ParamText;
import dev.weft.planner.param.ParamValue;
import dev.weft.planner.param.Parameters;
import dev.weft.planner.plan.PlannedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Writes a handed-over text: what Spark cannot read (PREDICT, parameters, relative paths) is
 * replaced, and the script's tables that it names are collected.
 */
final class HandoverWriter extends WeftParserBaseVisitor<@Nullable Void> {

  private final HandoverText text;
  private final QueryPlanner planner;
  private final RelDataTypeFactory types;
  private final StringBuilder out = new StringBuilder();
  private final List<Run> runs = new ArrayList<>();
  private final Map<String, RelNode> tables = new LinkedHashMap<>();
  private List<NamedQueryContext> with = List.of();
  private int copied;
  private boolean predicts;

  HandoverWriter(HandoverText text, QueryPlanner planner, RelDataTypeFactory types) {
    this.text = text;
    this.planner = planner;
    this.types = types;
    this.tables.putAll(text.tables());
  }

  HandoverWriter write() {
    for (HandoverText.Piece piece : text.pieces()) {
      if (piece instanceof HandoverText.Own own) {
        out.append(own.text());
      } else if (piece instanceof HandoverText.Stretch stretch) {
        Span span = Places.of(text.source(), stretch.tree());
        copied = span.start();
        visit(stretch.tree());
        copyTo(span.end());
      }
    }
    return this;
  }

  String written() {
    return out.toString();
  }

  Map<String, RelNode> tables() {
    return tables;
  }

  /** The place in the script of a part of what was written; its first character at least. */
  Optional<Span> place(int offset, OptionalInt end) {
    return runs.stream()
        .filter(run -> run.at <= offset && offset < run.at + run.length)
        .map(
            run -> {
              int last = Math.min(end.orElse(offset + 1), run.at + run.length);
              int start = run.start + offset - run.at;
              return new Span(text.source(), start, start + Math.max(last - offset, 1));
            })
        .findFirst();
  }

  @Override
  public @Nullable Void visitQuery(QueryContext tree) {
    List<NamedQueryContext> outer = with;
    if (tree.withClause() != null) {
      List<NamedQueryContext> inner = new ArrayList<>(outer);
      inner.addAll(tree.withClause().namedQuery());
      with = inner;
    }
    visitChildren(tree);
    with = outer;
    return null;
  }

  @Override
  public @Nullable Void visitPredictRelation(PredictRelationContext tree) {
    RelNode rows = planner.predict(tree, with, text.source(), text.scope());
    replace(tree, tree.RIGHT_PAREN().getSymbol(), inner("predict", rows));
    return null;
  }

  @Override
  public @Nullable Void visitPredictCall(PredictCallContext tree) {
    answer(tree, ModelText.find(tree.modelReference(), text.source(), text.scope()), 0);
    return null;
  }

  @Override
  public @Nullable Void visitDereference(DereferenceContext tree) {
    Optional<PredictCallContext> call = PredictToSql.call(tree.primary());
    if (call.isEmpty()) {
      return visitChildren(tree);
    }
    PlannedModel model = ModelText.find(call.get().modelReference(), text.source(), text.scope());
    answer(call.get(), model, PredictToSql.output(model, tree).orElse(0));
    replace(tree, tree.getStop(), "");
    return null;
  }

  /** Spark checks what stands around a call, and its features; it could not run it. */
  private void answer(PredictCallContext tree, PlannedModel model, int output) {
    predicts = true;
    replace(tree, tree.USING().getSymbol(), "if(isnull(struct(");
    if (tree.STAR() == null) {
      tree.item().forEach(this::visit);
      copyTo(Places.of(text.source(), tree.RIGHT_PAREN().getSymbol()).start());
    } else {
      out.append(
          model.signature().inputs().stream()
              .map(feature -> Quotes.quoted(feature.name()))
              .collect(Collectors.joining(", ")));
    }
    String type = PredictionColumns.of(model.signature()).get(output).type();
    replace(tree, tree.RIGHT_PAREN().getSymbol(), ")), CAST(NULL AS " + type + "), NULL)");
  }

  /** Whether Spark was given something else for a PREDICT in an expression. */
  boolean predicts() {
    return predicts;
  }

  @Override
  public @Nullable Void visitEvaluateRelation(EvaluateRelationContext tree) {
    RelNode rows = planner.evaluate(tree, with, text.source(), text.scope());
    replace(tree, tree.RIGHT_PAREN().getSymbol(), inner("evaluate", rows));
    return null;
  }

  @Override
  public @Nullable Void visitImportanceRelation(ImportanceRelationContext tree) {
    RelNode rows = planner.importance(tree, text.source(), text.scope());
    replace(tree, tree.RIGHT_PAREN().getSymbol(), inner("importance", rows));
    return null;
  }

  private String inner(String what, RelNode rows) {
    String name = "__weft_" + what + "_" + (tables.size() + 1);
    tables.put(name, rows);
    return name;
  }

  @Override
  public @Nullable Void visitTableRelation(TableRelationContext tree) {
    table(tree.qualifiedName());
    return visitChildren(tree);
  }

  @Override
  public @Nullable Void visitTableQuery(dev.weft.grammar.antlr.WeftParser.TableQueryContext tree) {
    table(tree.qualifiedName());
    return null;
  }

  /** What stands in a clause is gone where the clause was replaced. */
  @Override
  public @Nullable Void visitIdentifierClause(IdentifierClauseContext tree) {
    return copied < Places.of(text.source(), tree).end() ? visitChildren(tree) : null;
  }

  /** Inside a pipe any name may be a table's. */
  @Override
  public @Nullable Void visitPipeStep(PipeStepContext tree) {
    names(tree);
    markers(tree);
    return null;
  }

  private void names(ParseTree tree) {
    if (tree instanceof TerminalNode word) {
      String name = Quotes.name(word.getText());
      text.scope().table(name).ifPresent(rows -> tables.put(name, rows));
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      names(tree.getChild(i));
    }
  }

  private void table(QualifiedNameContext tree) {
    if (!IdentifierClauses.isKnown(tree)) {
      return;
    }
    List<String> name = NameText.parts(tree);
    Optional<RelNode> own = text.scope().table(String.join(".", name));
    if (own.isPresent()) {
      tables.put(String.join(".", name), own.get());
      if (IdentifierClauses.isIn(tree)) {
        String quoted = name.stream().map(Quotes::quoted).collect(Collectors.joining("."));
        replace(tree, tree.getStop(), quoted);
      }
    } else if (name.size() == 2 && isRelativePath(name.get(1))) {
      Path path = text.scope().folder(text.source()).resolve(name.get(1));
      String quoted = Quotes.quoted(path.normalize().toString());
      replace(tree, tree.getStop(), name.get(0) + "." + quoted);
    }
  }

  private static boolean isRelativePath(String path) {
    return !path.startsWith("/")
        && !path.contains(":")
        && (path.contains("/") || path.contains("."));
  }

  @Override
  public @Nullable Void visitPositionalParameter(PositionalParameterContext tree) {
    int index = text.scope().parameters().index(Places.of(text.source(), tree));
    if (!text.scope().parameters().bound()) {
      throw new NotRepresentable("a parameter");
    }
    Object value = text.scope().parameters().value(index);
    SqlNode literal = ParameterValue.of(value, SqlParserPos.ZERO, types);
    String written =
        literal instanceof SqlLiteral plain
            ? SparkLiteral.text(plain).orElse("NULL")
            : "'" + value + "'";
    replace(tree, tree.getStop(), written);
    return null;
  }

  @Override
  public @Nullable Void visitNamedParameter(NamedParameterContext tree) {
    ParamValue value =
        text.scope()
            .parameters()
            .named(NameText.of(tree.parameter().name()), Places.of(text.source(), tree));
    replace(tree, tree.getStop(), ParamText.of(value));
    return null;
  }

  /** Inside what only Spark reads, parameters are found by their words. */
  private void markers(ParserRuleContext tree) {
    Span span = Places.of(text.source(), tree);
    Parameters parameters = text.scope().parameters();
    for (Marker marker : ParameterMarkers.of(span, parameters::isDeclared)) {
      copyTo(marker.span().start());
      out.append(ParamText.of(parameters.named(marker.name(), marker.span())));
      copied = marker.span().end();
    }
  }

  @Override
  public @Nullable Void visitSample(SampleContext tree) {
    markers(tree);
    return null;
  }

  @Override
  public @Nullable Void visitTableOptions(TableOptionsContext tree) {
    markers(tree);
    return null;
  }

  @Override
  public @Nullable Void visitPivotClause(PivotClauseContext tree) {
    markers(tree);
    if (tree.PIVOT() != null && tree.tableAlias() != null) {
      // A name behind PIVOT is the result's: Spark reads none there.
      copyTo(Places.of(text.source(), tree.RIGHT_PAREN().getSymbol()).end());
      copied = Places.of(text.source(), tree.tableAlias()).end();
    }
    return null;
  }

  @Override
  public @Nullable Void visitScriptTransform(ScriptTransformContext tree) {
    names(tree);
    markers(tree);
    return null;
  }

  private void replace(ParserRuleContext from, Token to, String with) {
    copyTo(Places.of(text.source(), from).start());
    out.append(with);
    copied = Places.of(text.source(), to).end();
  }

  private void copyTo(int end) {
    if (end > copied) {
      runs.add(new Run(out.length(), copied, end - copied));
      out.append(text.source().text(), copied, end);
      copied = end;
    }
  }

  /** A stretch of the script that was copied as it stands. */
  private record Run(int at, int start, int length) {}
}
