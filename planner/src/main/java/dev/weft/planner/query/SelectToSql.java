package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParser.DereferenceContext;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.FunctionCallContext;
import dev.weft.grammar.antlr.WeftParser.NamedWindowContext;
import dev.weft.grammar.antlr.WeftParser.SelectContext;
import dev.weft.grammar.antlr.WeftParser.SelectItemContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.name.ColumnTexts;
import dev.weft.planner.name.NameText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** One SELECT with its clauses. */
final class SelectToSql {

  private final Translation translation;
  private final GroupToSql groups;

  SelectToSql(Translation translation) {
    this.translation = translation;
    this.groups = new GroupToSql(translation);
  }

  SqlNode select(SelectContext tree) {
    refuse(tree);
    // Only items read earlier items; what else stands in a SELECT does not.
    translation.aliases().push(Map.of());
    try {
      SqlNode query = clauses(tree);
      return JoinHints.onlyAboutJoins(tree.hint())
          ? query
          : translation.clauses().hinted(query, tree.hint());
    } finally {
      translation.aliases().pop();
    }
  }

  /** The items of a step of a pipe over rows that are known. */
  SqlSelect piped(SelectContext tree, SqlNode from, List<SqlNode> conditions, SqlParserPos place) {
    translation.aliases().push(Map.of());
    try {
      return over(tree, from, conditions, place);
    } finally {
      translation.aliases().pop();
    }
  }

  private SqlNode clauses(SelectContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    FromToSql.Read read = translation.from().read(tree.fromClause(), JoinHints.of(tree.hint()));
    SqlNode rows = translation.generators().views(read.relation(), tree.lateralView());
    return over(tree, rows, read.conditions(), place);
  }

  /** A SELECT over rows that are known, with the conditions on them. */
  SqlSelect over(
      SelectContext tree, @Nullable SqlNode from, List<SqlNode> conditions, SqlParserPos place) {
    boolean generates =
        tree.selectItem().stream()
            .anyMatch(item -> translation.generators().call(item).isPresent());
    SqlNodeList keys = groups.keys(tree.groupClause(), tree.selectItem());
    SqlNodeList items = items(tree, from, generates, place);
    if (generates) {
      refuseBesides(tree, items);
    }
    SqlNode rows = from;
    for (SelectItemContext item : tree.selectItem()) {
      Optional<FunctionCallContext> call = translation.generators().call(item);
      if (call.isPresent()) {
        rows = translation.generators().generated(rows, item, call.get());
      }
    }
    SqlNode where = where(tree, conditions, place);
    SqlNode having =
        tree.havingClause() == null ? null : expression(tree.havingClause().expression());
    if (having != null
        && tree.groupClause() == null
        && !GroupToSql.aggregates(having, false)
        && !GroupToSql.aggregates(items, false)) {
      // For Spark it is one group of all rows; Calcite has no plan for a group without columns.
      throw new NotRepresentable("HAVING without an aggregate");
    }
    boolean sets = tree.groupClause() != null && GroupingSets.any(tree.groupClause());
    if (!sets && (GroupingSets.asksFor(items) || having != null && GroupingSets.asksFor(having))) {
      // Spark refuses it; Calcite would answer 0.
      throw new NotRepresentable("grouping() without grouping sets");
    }
    return new SqlSelect(
        place,
        keywords(tree, place),
        items,
        rows,
        where,
        keys,
        having,
        windows(tree.namedWindow(), place),
        null,
        null,
        null,
        null,
        null);
  }

  private static void refuse(SelectContext tree) {
    boolean sets = tree.groupClause() != null && GroupingSets.any(tree.groupClause());
    if (sets && tree.havingClause() != null && readsAlias(tree, tree.havingClause())) {
      throw new NotRepresentable("HAVING with a name that is a key's and an item's");
    }
  }

  private static boolean readsAlias(SelectContext tree, ParseTree part) {
    if (part instanceof ColumnContext column) {
      String name = NameText.of(column.name());
      return tree.selectItem().stream()
          .anyMatch(item -> item.alias != null && name.equalsIgnoreCase(NameText.of(item.alias)));
    }
    for (int i = 0; i < part.getChildCount(); i++) {
      if (readsAlias(tree, part.getChild(i))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable SqlNodeList keywords(SelectContext tree, SqlParserPos place) {
    boolean distinct = tree.setQuantifier() != null && tree.setQuantifier().DISTINCT() != null;
    return distinct
        ? new SqlNodeList(List.of(SqlSelectKeyword.DISTINCT.symbol(place)), place)
        : null;
  }

  /** What Spark computes before it generates rows. */
  private static void refuseBesides(SelectContext tree, SqlNodeList items) {
    if (tree.groupClause() != null
        || tree.havingClause() != null
        || GroupToSql.aggregates(items, false)
        || WindowToSql.any(items)) {
      throw new NotRepresentable("a generator beside aggregates or windows");
    }
  }

  private SqlNodeList items(
      SelectContext tree, @Nullable SqlNode rows, boolean generates, SqlParserPos place) {
    List<SqlNode> items = new ArrayList<>();
    Map<String, ExpressionContext> aliases = new HashMap<>();
    translation.aliases().push(aliases);
    for (SelectItemContext item : tree.selectItem()) {
      items.addAll(generates ? items(item, rows) : List.of(item(item)));
      earlierName(item)
          .ifPresent(name -> aliases.put(name.toLowerCase(Locale.ROOT), item.expression()));
    }
    translation.aliases().pop();
    return new SqlNodeList(items, place);
  }

  /** The name under which later items may read an item. */
  private static Optional<String> earlierName(SelectItemContext tree) {
    if (tree.alias != null) {
      return Optional.of(NameText.of(tree.alias));
    }
    ParseTree node = tree.expression();
    while (node.getChildCount() == 1) {
      node = node.getChild(0);
    }
    return node instanceof DereferenceContext field
        ? Optional.of(NameText.of(field.name()))
        : Optional.empty();
  }

  /** An item of a list that generates rows: stars must not mean what is generated. */
  private List<SqlNode> items(SelectItemContext tree, @Nullable SqlNode rows) {
    SqlParserPos place = translation.positions().of(tree);
    Optional<FunctionCallContext> call = translation.generators().call(tree);
    if (call.isPresent()) {
      return List.of(translation.generators().columns(call.get()));
    }
    SqlNode item = item(tree);
    if (item instanceof SqlStarExclude) {
      throw new NotRepresentable("a generator beside * EXCEPT");
    }
    boolean star = item instanceof SqlIdentifier name && name.isStar() && name.names.size() == 1;
    return star ? GeneratorToSql.stars(rows, place) : List.of(item);
  }

  SqlNode item(SelectItemContext tree) {
    SqlNode value = new StructToSql(translation).item(tree.expression());
    if (tree.columnNames() != null) {
      throw new NotRepresentable("several names for one column");
    }
    if (tree.alias != null) {
      return as(value, translation.expressions().identifier(tree.alias), tree);
    }
    if (value instanceof SqlIdentifier || value instanceof SqlStarExclude) {
      return value;
    }
    String name =
        translation
            .expressions()
            .answerName(tree.expression())
            .orElseGet(() -> translation.columnName(tree.expression(), ColumnTexts.windows(tree)));
    return as(value, new SqlIdentifier(name, translation.positions().of(tree)), tree);
  }

  private SqlNode as(SqlNode value, SqlIdentifier name, SelectItemContext tree) {
    return SqlStdOperatorTable.AS.createCall(translation.positions().of(tree), value, name);
  }

  private @Nullable SqlNode where(SelectContext tree, List<SqlNode> more, SqlParserPos place) {
    List<SqlNode> conditions = new ArrayList<>(more);
    if (tree.whereClause() != null) {
      conditions.add(expression(tree.whereClause().expression()));
    }
    return conditions.stream()
        .reduce((left, right) -> SqlStdOperatorTable.AND.createCall(place, left, right))
        .orElse(null);
  }

  private @Nullable SqlNodeList windows(List<NamedWindowContext> trees, SqlParserPos place) {
    if (trees.isEmpty()) {
      return null;
    }
    List<SqlNode> windows = new ArrayList<>();
    for (NamedWindowContext tree : trees) {
      windows.add(translation.windows().named(tree));
    }
    return new SqlNodeList(windows, place);
  }

  private SqlNode expression(ExpressionContext tree) {
    return translation.expressions().visit(tree);
  }
}
