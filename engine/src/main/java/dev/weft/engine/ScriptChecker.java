package dev.weft.engine;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.ParsedScript;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.WholeWord;
import dev.weft.grammar.ast.Statement;
import dev.weft.planner.AlgorithmCatalog;
import dev.weft.planner.Checked;
import dev.weft.planner.PlanningContext;
import dev.weft.planner.ScriptPlanner;
import dev.weft.planner.spi.BrokenModel;
import dev.weft.planner.spi.ModelsUnreachable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Text to plans: parse and plan, every error of both collected. */
final class ScriptChecker {

  /** These may only say that a statement which does not parse was going to define the name. */
  private static final Set<ErrorCode> FOLLOW_UPS =
      EnumSet.of(
          ErrorCode.TABLE_NOT_FOUND,
          ErrorCode.MODEL_NOT_FOUND,
          ErrorCode.ENDPOINT_NOT_FOUND,
          ErrorCode.FILE_NOT_FOUND);

  private final EngineParts parts;
  private final AlgorithmCatalog algorithms;
  private @Nullable ScriptPlanner planner;

  ScriptChecker(EngineParts parts, AlgorithmCatalog algorithms) {
    this.parts = parts;
    this.algorithms = algorithms;
  }

  /** Parses and plans a text; the result's errors are empty or everything that is wrong. */
  Checked check(Source source, Workspace workspace, PlanningContext context) {
    ParsedScript parsed = ScriptParser.parse(source);
    Checked checked = plan(parsed.script().statements(), workspace, context, true);
    if (parsed.errors().isEmpty()) {
      return checked;
    }
    List<Diagnostic> errors = new ArrayList<>(parsed.errors());
    String unread = unread(source, parsed.script().statements());
    checked.errors().stream().filter(e -> !followsFrom(unread, e)).forEach(errors::add);
    errors.sort(Comparator.comparingInt(error -> error.span().start()));
    return Checked.wrong(errors);
  }

  /**
   * Plans the statements behind one of Spark's own. They are checked ahead again only from the
   * place on that was out of sight before that statement had run.
   *
   * @param unchecked that place, where there is one
   */
  Checked rest(
      List<Statement> rest,
      Optional<Span> unchecked,
      Workspace workspace,
      PlanningContext context) {
    boolean reached = unchecked.filter(rest.get(0).span()::equals).isPresent();
    Checked planned = plan(rest, workspace, context, reached);
    return reached ? planned : planned.withUnchecked(unchecked);
  }

  /** Plans statements; what planning cannot say of a broken model is said at the first of them. */
  private Checked plan(
      List<Statement> statements, Workspace workspace, PlanningContext context, boolean ahead) {
    if (statements.isEmpty()) {
      return Checked.wrong(List.of());
    }
    try {
      return ahead
          ? planner().plan(statements, workspace.tables(), context)
          : planner().planChecked(statements, workspace.tables(), context);
    } catch (BrokenModel e) {
      Span span = statements.get(0).span();
      throw new WeftException(ErrorCode.MODEL_CORRUPT.at(span, e.model(), e.reason()));
    } catch (ModelsUnreachable e) {
      Span span = statements.get(0).span();
      throw ErrorCode.MODELS_UNREACHABLE.failure(span, e.folder(), e.reason());
    }
  }

  private static boolean followsFrom(String unread, Diagnostic error) {
    String name = error.span().text().replaceAll("[`'\"]", "").toLowerCase(Locale.ROOT);
    return FOLLOW_UPS.contains(error.code()) && WholeWord.in(unread, name).find();
  }

  /** What no statement covers: the text of those that do not parse. */
  private static String unread(Source source, List<Statement> statements) {
    StringBuilder text = new StringBuilder(source.text());
    for (Statement statement : statements) {
      Span span = statement.span();
      for (int i = span.start(); i < span.end(); i++) {
        text.setCharAt(i, ' ');
      }
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  private ScriptPlanner planner() {
    ScriptPlanner ready = planner;
    if (ready == null) {
      ready =
          new ScriptPlanner(
              parts.relations().get().catalog(),
              parts.store(),
              algorithms,
              parts.predictors().python());
      planner = ready;
    }
    return ready;
  }
}
