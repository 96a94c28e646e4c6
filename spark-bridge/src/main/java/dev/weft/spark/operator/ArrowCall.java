package dev.weft.spark.operator;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

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
    Iterable<Expression> made = List.copyOf(CollectionConverters.asJava(outputs()));
    return AttributeSet$.MODULE$.apply(CollectionConverters.asScala(made));
  }
}
