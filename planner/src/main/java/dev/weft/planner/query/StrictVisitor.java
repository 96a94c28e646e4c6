package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParserBaseVisitor;
import dev.weft.planner.NotRepresentable;
import java.util.Locale;
import org.antlr.v4.runtime.tree.RuleNode;
import org.apache.calcite.sql.SqlNode;

/**
 * Reads a tree only where a method says how. A construct that no method reads goes to Spark,
 * instead of being read by its last part alone.
 */
abstract class StrictVisitor extends WeftParserBaseVisitor<SqlNode> {

  @Override
  public SqlNode visitChildren(RuleNode node) {
    if (node.getChildCount() != 1) {
      String rule = WeftParser.ruleNames[node.getRuleContext().getRuleIndex()];
      throw new NotRepresentable("this form of " + rule.toLowerCase(Locale.ROOT));
    }
    return super.visitChildren(node);
  }
}
