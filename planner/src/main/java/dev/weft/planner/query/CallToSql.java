package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.antlr.WeftParser.CallArgumentContext;
import dev.weft.grammar.antlr.WeftParser.FilterContext;
import dev.weft.grammar.antlr.WeftParser.FunctionCallContext;
import dev.weft.grammar.antlr.WeftParser.FunctionNameContext;
import dev.weft.grammar.antlr.WeftParser.OverContext;
import dev.weft.grammar.antlr.WeftParser.StarCallContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.SparkAggregate;
import dev.weft.planner.name.NameText;
import dev.weft.planner.spi.RelationalCatalog.Argument;
import dev.weft.planner.spi.RelationalCatalog.FunctionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Function calls: scalar, aggregate and window functions, told apart by asking the catalog. */
final class CallToSql {

  private final Translation translation;

  CallToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode star(StarCallContext tree) {
    String name = name(tree.functionName());
    if (!name.equals("count")) {
      throw new NotRepresentable(name + "(*)");
    }
    SqlParserPos place = translation.positions().of(tree);
    SqlNode count =
        translation.functions().aggregate(name, false, List.of()).createCall(place, List.of());
    return over(filtered(count, tree.filter(), place), tree.over(), place);
  }

  SqlNode call(FunctionCallContext tree) {
    String name = name(tree.functionName());
    SqlParserPos place = translation.positions().of(tree);
    if (name.equals("grouping_id") && tree.callArgument().size() > 1) {
      return SqlStdOperatorTable.GROUPING.createCall(place, arguments(tree.callArgument()));
    }
    if (name.equals("grouping")) {
      return SqlStdOperatorTable.GROUPING.createCall(place, arguments(tree.callArgument()));
    }
    if (UnitCalls.is(name, tree.callArgument())) {
      return translation.expressions().template(tree, tree.callArgument(0));
    }
    FunctionKind kind = kind(name, tree.functionName());
    if (tree.over() != null) {
      WindowRules.check(tree, name, kind);
    }
    if (kind == FunctionKind.SCALAR && keepsText(tree)) {
      return translation.expressions().template(tree);
    }
    if (kind == FunctionKind.SCALAR && translation.readings().keepsText(place.getColumnNum())) {
      return translation.expressions().withConstants(tree);
    }
    if (name.equals("count") && tree.callArgument().isEmpty()) {
      throw new NotRepresentable("count()");
    }
    List<SqlNode> arguments = arguments(tree.callArgument());
    return switch (kind) {
      case SCALAR -> translation.functions().operator(name).createCall(place, arguments);
      case AGGREGATE, WINDOW -> aggregate(tree, name, kind, arguments);
      case GENERATOR -> throw new NotRepresentable("the generator " + name);
    };
  }

  /** Calls with lambdas or named arguments. */
  private static boolean keepsText(FunctionCallContext tree) {
    return tree.callArgument().stream()
        .filter(argument -> argument.expression() != null)
        .anyMatch(a -> a.FAT_ARROW() != null || TemplateToSql.isLambda(a.expression()));
  }

  private FunctionKind kind(String name, FunctionNameContext tree) {
    if (name.equals("grouping_id")) {
      throw new NotRepresentable("grouping_id()");
    }
    return translation
        .functions()
        .kind(name)
        .orElseThrow(
            () ->
                ErrorCode.FUNCTION_NOT_FOUND.failure(
                    translation.positions().span(tree),
                    name,
                    Nearest.hint(name, translation.functions().names())));
  }

  private SqlNode aggregate(
      FunctionCallContext tree, String name, FunctionKind kind, List<SqlNode> arguments) {
    SqlParserPos place = translation.positions().of(tree);
    boolean window = tree.over() != null;
    SqlNodeList within =
        tree.WITHIN() == null
            ? SqlNodeList.EMPTY
            : translation.windows().sortItems(tree.sortItem());
    int own = Constants.start(arguments, tree.callArgument(), window);
    if (!within.isEmpty() && own == 1 && Constants.is(arguments.get(0))) {
      own = 0;
    }
    SparkAggregate function =
        translation
            .functions()
            .aggregate(
                name,
                kind == FunctionKind.WINDOW,
                constants(arguments, tree.callArgument(), own),
                within);
    SqlLiteral distinct =
        tree.setQuantifier() != null && tree.setQuantifier().DISTINCT() != null
            ? SqlSelectKeyword.DISTINCT.symbol(place)
            : null;
    List<SqlNode> operands = arguments.subList(0, own);
    SqlNode call = function.createCall(distinct, place, operands.toArray(SqlNode[]::new));
    if (tree.WITHIN() != null) {
      call = SqlStdOperatorTable.WITHIN_GROUP.createCall(place, call, within);
    }
    call = filtered(call, tree.filter(), place);
    if (!tree.nullTreatment().isEmpty()) {
      call = nulls(tree).createCall(place, call);
    }
    return over(call, tree.over(), place);
  }

  private List<Argument> constants(
      List<SqlNode> arguments, List<CallArgumentContext> trees, int start) {
    List<Argument> constants = new ArrayList<>();
    for (int i = start; i < arguments.size(); i++) {
      constants.add(
          arguments.get(i) instanceof SqlLiteral literal
              ? Constants.argument(literal)
              : Constants.argument(translation.positions().span(trees.get(i)).text()));
    }
    return constants;
  }

  private static SqlOperator nulls(FunctionCallContext tree) {
    return tree.nullTreatment(0).IGNORE() != null
        ? SqlStdOperatorTable.IGNORE_NULLS
        : SqlStdOperatorTable.RESPECT_NULLS;
  }

  private SqlNode filtered(SqlNode call, @Nullable FilterContext tree, SqlParserPos place) {
    return tree == null
        ? call
        : SqlStdOperatorTable.FILTER.createCall(
            place, call, translation.expressions().visit(tree.expression()));
  }

  private SqlNode over(SqlNode call, @Nullable OverContext tree, SqlParserPos place) {
    return tree == null
        ? call
        : SqlStdOperatorTable.OVER.createCall(place, call, translation.windows().over(tree));
  }

  private List<SqlNode> arguments(List<CallArgumentContext> trees) {
    List<SqlNode> arguments = new ArrayList<>();
    for (CallArgumentContext tree : trees) {
      if (tree.FAT_ARROW() != null) {
        throw new NotRepresentable("a named argument");
      }
      if (tree.expression() == null) {
        throw new NotRepresentable("a table argument");
      }
      arguments.add(translation.expressions().visit(tree.expression()));
    }
    return arguments;
  }

  private static String name(FunctionNameContext tree) {
    return tree.qualifiedName() == null
        ? tree.getText().toLowerCase(Locale.ROOT)
        : String.join(".", NameText.parts(tree.qualifiedName())).toLowerCase(Locale.ROOT);
  }
}
