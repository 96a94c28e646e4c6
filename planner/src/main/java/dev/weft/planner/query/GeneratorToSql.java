package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.antlr.WeftParser.CallArgumentContext;
import dev.weft.grammar.antlr.WeftParser.FunctionCallContext;
import dev.weft.grammar.antlr.WeftParser.FunctionRelationContext;
import dev.weft.grammar.antlr.WeftParser.LateralViewContext;
import dev.weft.grammar.antlr.WeftParser.SelectItemContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.name.NameText;
import dev.weft.planner.spi.RelationalCatalog.FunctionKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Generators, in LATERAL VIEW, in a SELECT list and in FROM: all three become a lateral table
 * function behind the rows it reads.
 */
final class GeneratorToSql {

  /** The alias of what a SELECT list generates; no user can write it. */
  private static final String GENERATED = "#generated";

  private static final String OUTER = "_outer";

  private static final Set<String> OUTER_GENERATORS =
      Set.of("explode_outer", "posexplode_outer", "inline_outer");

  private final Translation translation;

  GeneratorToSql(Translation translation) {
    this.translation = translation;
  }

  /** The rows of FROM, each with what the views behind it generate. */
  @Nullable SqlNode views(@Nullable SqlNode rows, List<LateralViewContext> trees) {
    SqlNode relation = rows;
    for (LateralViewContext tree : trees) {
      String name = String.join(".", NameText.parts(tree.qualifiedName()));
      requireGenerator(name, tree.qualifiedName());
      SqlParserPos place = translation.positions().of(tree);
      List<SqlNode> arguments = translation.expressions().all(tree.expression());
      List<SqlNode> names = new ArrayList<>();
      tree.name().stream().map(translation.expressions()::identifier).forEach(names::add);
      SqlNode view = aliased(call(name, arguments, place), names, place);
      relation = beside(relation, view, tree.OUTER() != null || isOuter(name), place);
    }
    return relation;
  }

  /** The generator call that a SELECT item is, if it is one. */
  Optional<FunctionCallContext> call(SelectItemContext item) {
    ParseTree tree = item.expression();
    while (!(tree instanceof FunctionCallContext)) {
      if (tree.getChildCount() != 1) {
        return Optional.empty();
      }
      tree = tree.getChild(0);
    }
    FunctionCallContext call = (FunctionCallContext) tree;
    return isGenerator(call.functionName().getText()) ? Optional.of(call) : Optional.empty();
  }

  /** The rows of FROM with what an item of the SELECT list generates. */
  SqlNode generated(@Nullable SqlNode rows, SelectItemContext item, FunctionCallContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    List<SqlNode> names = new ArrayList<>();
    names.add(new SqlIdentifier(alias(tree), place));
    if (item.alias != null) {
      names.add(translation.expressions().identifier(item.alias));
    } else if (item.columnNames() != null) {
      translation.expressions().names(item.columnNames().name()).forEach(names::add);
    }
    String name = tree.functionName().getText();
    SqlNode call = call(name, arguments(tree.callArgument()), place);
    if (GroupToSql.aggregates(call, false) || WindowToSql.any(call)) {
      throw new NotRepresentable("a generator of aggregates or windows");
    }
    return beside(rows, aliased(call, names, place), isOuter(name), place);
  }

  /** The columns that {@link #generated} adds. */
  SqlIdentifier columns(FunctionCallContext tree) {
    return new SqlIdentifier(
        List.of(alias(tree), ""), null, translation.positions().of(tree), null);
  }

  /** Several generators of one SELECT have an alias each. */
  private static String alias(FunctionCallContext tree) {
    return GENERATED + tree.getStart().getStartIndex();
  }

  /** Stars over the relations of a FROM, without what is generated behind them. */
  static List<SqlNode> stars(@Nullable SqlNode rows, SqlParserPos place) {
    if (rows instanceof SqlBasicCall as && as.getKind() == SqlKind.AS) {
      String alias = as.<SqlIdentifier>operand(1).getSimple();
      return List.of(new SqlIdentifier(List.of(alias, ""), null, place, null));
    }
    if (rows instanceof SqlJoin join
        && !join.isNatural()
        && join.getConditionType() != JoinConditionType.USING) {
      List<SqlNode> both = new ArrayList<>(stars(join.getLeft(), place));
      both.addAll(stars(join.getRight(), place));
      return both;
    }
    throw new NotRepresentable("a generator beside * of a join with USING");
  }

  /** Whether a relation of FROM is a generator's call. */
  boolean isGenerator(FunctionRelationContext tree) {
    return tree.functionName().qualifiedName() != null
        && isGenerator(tree.functionName().getText());
  }

  /** The rows that a call in FROM generates. */
  SqlNode relation(FunctionRelationContext tree) {
    String name = tree.functionName().getText();
    if (isOuter(name)) {
      throw new NotRepresentable("the table function " + name);
    }
    SqlParserPos place = translation.positions().of(tree);
    return call(name, arguments(tree.callArgument()), place);
  }

  private SqlNode call(String name, List<SqlNode> arguments, SqlParserPos place) {
    String lower = name.toLowerCase(Locale.ROOT);
    String base = isOuter(name) ? lower.substring(0, lower.length() - OUTER.length()) : lower;
    return SqlStdOperatorTable.COLLECTION_TABLE.createCall(
        place, translation.functions().generator(base).createCall(place, arguments));
  }

  /** Of Spark's own: a user's function may be called so too. */
  private static boolean isOuter(String name) {
    return OUTER_GENERATORS.contains(name.toLowerCase(Locale.ROOT));
  }

  private static SqlNode aliased(SqlNode call, List<SqlNode> names, SqlParserPos place) {
    List<SqlNode> operands = new ArrayList<>();
    operands.add(SqlStdOperatorTable.LATERAL.createCall(place, call));
    operands.addAll(names);
    return SqlStdOperatorTable.AS.createCall(place, operands);
  }

  private static SqlNode beside(
      @Nullable SqlNode rows, SqlNode view, boolean outer, SqlParserPos place) {
    if (outer) {
      SqlNode left = rows == null ? one(place) : rows;
      SqlNode always = SqlLiteral.createBoolean(true, place);
      return JoinToSql.join(left, view, JoinType.LEFT, JoinConditionType.ON, always, place);
    }
    return rows == null
        ? view
        : JoinToSql.join(rows, view, JoinType.COMMA, JoinConditionType.NONE, null, place);
  }

  /** One row, for a generator that keeps a row where it has none. */
  private static SqlNode one(SqlParserPos place) {
    SqlNode row = SqlStdOperatorTable.ROW.createCall(place, SqlLiteral.createBoolean(true, place));
    SqlNode values = SqlStdOperatorTable.VALUES.createCall(place, row);
    return SqlStdOperatorTable.AS.createCall(
        place, values, new SqlIdentifier("#one", place), new SqlIdentifier("#column", place));
  }

  private List<SqlNode> arguments(List<CallArgumentContext> trees) {
    List<SqlNode> arguments = new ArrayList<>();
    for (CallArgumentContext tree : trees) {
      if (tree.expression() == null || tree.FAT_ARROW() != null) {
        throw new NotRepresentable("a named or table argument of a generator");
      }
      arguments.add(translation.expressions().visit(tree.expression()));
    }
    return arguments;
  }

  private boolean isGenerator(String name) {
    return translation
        .functions()
        .kind(name.toLowerCase(Locale.ROOT))
        .filter(kind -> kind == FunctionKind.GENERATOR)
        .isPresent();
  }

  private void requireGenerator(String name, ParserRuleContext tree) {
    FunctionKind kind =
        translation
            .functions()
            .kind(name.toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    ErrorCode.FUNCTION_NOT_FOUND.failure(
                        translation.positions().span(tree),
                        name,
                        Nearest.hint(name, translation.functions().names())));
    if (kind != FunctionKind.GENERATOR) {
      throw new NotRepresentable("LATERAL VIEW of " + name);
    }
  }
}
