package dev.weft.planner.validate;

import java.util.function.Predicate;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Looks for a call in an expression. */
public final class CallIn {

  private CallIn() {}

  /** Whether there is one that is wanted, itself included. */
  public static boolean any(SqlNode node, Predicate<SqlCall> wanted) {
    return any(node, wanted, call -> false);
  }

  /** The same, where nothing inside a closed call counts, nor the call itself. */
  public static boolean any(SqlNode node, Predicate<SqlCall> wanted, Predicate<SqlCall> closed) {
    try {
      node.accept(
          new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
              if (closed.test(call)) {
                return null;
              }
              if (wanted.test(call)) {
                throw Util.FoundOne.NULL;
              }
              return super.visit(call);
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }
}
