package dev.weft.planner.query;

import dev.weft.planner.validate.CallIn;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;

/**
 * Items that read an earlier item of their SELECT by its name, which Calcite does not know: {@code
 * select a + 1 as b, b * 2}. A column of that name comes first, so only a name that Calcite has not
 * found is looked up here.
 */
final class EarlierItems {

  private static final Pattern NO_COLUMN = Pattern.compile("Column '(.*?)' not found in any table");

  private EarlierItems() {}

  /** The column number of the name that an error says is no column. */
  static Optional<Integer> missing(RuntimeException wrong) {
    return wrong instanceof CalciteContextException place
            && NO_COLUMN.matcher(Verdict.sentence(wrong)).matches()
        ? Optional.of(place.getPosColumn())
        : Optional.empty();
  }

  static boolean isVolatile(SqlNode value) {
    return CallIn.any(value, call -> !call.getOperator().isDeterministic());
  }
}
