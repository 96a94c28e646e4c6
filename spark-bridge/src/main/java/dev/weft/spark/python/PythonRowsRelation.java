package dev.weft.spark.python;

import dev.weft.spark.convert.CatalystPlans;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/** Makes a call of a Python table function in FROM a relation: the rows of its generator. */
public final class PythonRowsRelation extends AbstractFunction1<Seq<Expression>, LogicalPlan> {

  private final PythonRowsExpression rows;

  public PythonRowsRelation(PythonRowsExpression rows) {
    this.rows = rows;
  }

  @Override
  public LogicalPlan apply(Seq<Expression> arguments) {
    return CatalystPlans.generated((Generator) rows.apply(arguments));
  }
}
