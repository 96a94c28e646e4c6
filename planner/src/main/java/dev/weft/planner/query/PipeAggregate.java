package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.NumberLiteralContext;
import dev.weft.grammar.antlr.WeftParser.PipeStepContext;
import dev.weft.grammar.antlr.WeftParser.SelectContext;
import dev.weft.grammar.antlr.WeftParser.SelectItemContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code |> AGGREGATE … GROUP BY …}: the keys come first, then the aggregates. */
final class PipeAggregate {

  private static final Set<String> SETS = Set.of("ALL", "ROLLUP", "CUBE", "GROUPING", "");

  private final Translation translation;
  private final SelectToSql selects;

  PipeAggregate(Translation translation, SelectToSql selects) {
    this.translation = translation;
    this.selects = selects;
  }

  PipeToSql.Rows step(
      PipeToSql.Rows rows, PipeStepContext tree, PipeWords words, SqlParserPos place) {
    int group = words.find("GROUP", "BY");
    List<PipeWords> keys =
        group == words.tokens().size() ? List.of() : words.from(group + 2).parts();
    SqlSelect query = rows.query();
    List<SqlNode> items = new ArrayList<>();
    List<SqlNode> grouped = new ArrayList<>();
    for (PipeWords key : keys) {
      if (SETS.contains(key.word(0)) || key.find("WITH", "ROLLUP") < key.tokens().size()) {
        return asWritten(rows, tree, place);
      }
      SelectItemContext item = key.read(WeftParser::selectItem);
      if (isNumber(item)) {
        return asWritten(rows, tree, place);
      }
      items.add(selects.item(item));
      grouped.add(translation.expressions().visit(item.expression()));
    }
    if (group > 1) {
      SelectContext list = words.to(group).asSelect().read(WeftParser::select);
      for (SelectItemContext item : list.selectItem()) {
        SqlNode aggregate = selects.item(item);
        if (!GroupToSql.aggregates(aggregate, false)) {
          return asWritten(rows, tree, place);
        }
        items.add(aggregate);
      }
    }
    query.setSelectList(new SqlNodeList(items, place));
    query.setGroupBy(grouped.isEmpty() ? null : new SqlNodeList(grouped, place));
    return PipeToSql.Rows.behind(query, "#piped", place);
  }

  /** A number means a column of the input here; grouping sets keep Spark's words too. */
  private PipeToSql.Rows asWritten(PipeToSql.Rows rows, PipeStepContext tree, SqlParserPos place) {
    return PipeToSql.Rows.behind(
        translation.clauses().piped(rows.relationOnly(), tree), "#piped", place);
  }

  private static boolean isNumber(SelectItemContext tree) {
    ParseTree node = tree.expression();
    while (node.getChildCount() == 1 && !(node instanceof NumberLiteralContext)) {
      node = node.getChild(0);
    }
    return node instanceof NumberLiteralContext;
  }
}
