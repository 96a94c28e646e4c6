package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.DirectionContext;
import dev.weft.grammar.antlr.WeftParser.FrameBoundContext;
import dev.weft.grammar.antlr.WeftParser.FrameContext;
import dev.weft.grammar.antlr.WeftParser.NamedWindowContext;
import dev.weft.grammar.antlr.WeftParser.NullOrderContext;
import dev.weft.grammar.antlr.WeftParser.OverContext;
import dev.weft.grammar.antlr.WeftParser.SortItemContext;
import dev.weft.grammar.antlr.WeftParser.WindowSpecContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.validate.CallIn;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Windows, their frames, and sort keys. */
final class WindowToSql {

  private final Translation translation;

  WindowToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode over(OverContext tree) {
    return tree.windowName != null
        ? translation.expressions().identifier(tree.windowName)
        : window(tree.windowSpec(), null);
  }

  SqlNode named(NamedWindowContext tree) {
    return window(tree.windowSpec(), translation.expressions().identifier(tree.name()));
  }

  private SqlWindow window(WindowSpecContext tree, @Nullable SqlIdentifier name) {
    if (tree.CLUSTER() != null) {
      throw new NotRepresentable("a window with CLUSTER BY");
    }
    SqlParserPos place = translation.positions().of(tree);
    SqlIdentifier base = tree.base == null ? null : translation.expressions().identifier(tree.base);
    List<SqlNode> partitions =
        tree.expression().stream().map(translation.expressions()::visit).toList();
    FrameContext frame = tree.frame();
    boolean rows = frame != null && frame.ROWS() != null;
    return SqlWindow.create(
        name,
        base,
        new SqlNodeList(partitions, place),
        sortItems(tree.sortItem()),
        SqlLiteral.createBoolean(rows, place),
        frame == null ? null : bound(frame.start),
        frame == null || frame.end == null ? null : bound(frame.end),
        null,
        place);
  }

  private SqlNode bound(FrameBoundContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    if (tree.CURRENT() != null) {
      return SqlWindow.createCurrentRow(place);
    }
    boolean preceding = tree.PRECEDING() != null;
    if (tree.UNBOUNDED() != null) {
      return preceding
          ? SqlWindow.createUnboundedPreceding(place)
          : SqlWindow.createUnboundedFollowing(place);
    }
    SqlNode distance = translation.expressions().visit(tree.expression());
    return preceding
        ? SqlWindow.createPreceding(distance, place)
        : SqlWindow.createFollowing(distance, place);
  }

  SqlNodeList sortItems(List<SortItemContext> trees) {
    if (trees.isEmpty()) {
      return SqlNodeList.EMPTY;
    }
    List<SqlNode> keys = trees.stream().map(this::sortItem).toList();
    return new SqlNodeList(keys, translation.positions().of(trees.get(0)));
  }

  private SqlNode sortItem(SortItemContext tree) {
    SqlNode key = translation.expressions().visit(tree.expression());
    return directed(key, tree.direction(), tree.nullOrder());
  }

  SqlNode directed(
      SqlNode key, @Nullable DirectionContext direction, @Nullable NullOrderContext nulls) {
    SqlParserPos place = key.getParserPosition();
    SqlNode directed =
        direction != null && direction.DESC() != null
            ? SqlStdOperatorTable.DESC.createCall(place, key)
            : key;
    if (nulls == null) {
      return directed;
    }
    return nulls.FIRST() != null
        ? SqlStdOperatorTable.NULLS_FIRST.createCall(place, directed)
        : SqlStdOperatorTable.NULLS_LAST.createCall(place, directed);
  }

  /** Whether a node holds a window function. */
  static boolean any(SqlNode node) {
    return CallIn.any(node, call -> call.getKind() == SqlKind.OVER);
  }
}
