package dev.weft.spark.operator;

import dev.weft.spark.convert.Catalyst;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.collection.immutable.Seq;

/** What an operator does with its input's rows, in the logical and in the physical plan. */
public interface ArrowCall {

  /**
   * What Spark sees as a node's own, in the order of its constructor, which takes the child behind
   * them.
   */
  List<Object> parts();

  /** The columns that it makes. */
  Seq<Attribute> outputs();

  /** The columns of its rows, for those of its input. */
  Seq<Attribute> output(Seq<Attribute> input);

  /** One line of a plan. */
  String describe();

  /** The columns that it makes, as Spark asks for them. */
  default AttributeSet produced() {
    return AttributeSet$.MODULE$.apply(Catalyst.<Expression>seq(Catalyst.list(outputs())));
  }
}
