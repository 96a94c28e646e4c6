package dev.weft.spark.python;

import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Inline;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/** Makes a call of a Python table function a generator: of the array of rows that it gives. */
public final class PythonRowsExpression extends AbstractFunction1<Seq<Expression>, Expression> {

  private final PythonFunctionExpression rows;

  public PythonRowsExpression(PythonFunctionExpression rows) {
    this.rows = rows;
  }

  @Override
  public Expression apply(Seq<Expression> arguments) {
    return new Inline(rows.apply(arguments));
  }
}
