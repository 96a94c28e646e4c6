package dev.weft.spark.predict;

import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;

/** What the logical and the physical node have in common. */
final class Operators {

  private Operators() {}

  static Seq<Attribute> append(Seq<Attribute> input, Seq<Attribute> outputs) {
    List<Attribute> all = new ArrayList<>(Catalyst.list(input));
    all.addAll(Catalyst.list(outputs));
    return Catalyst.seq(all);
  }

  static AttributeSet set(Seq<Attribute> attributes) {
    return AttributeSet$.MODULE$.apply(Catalyst.<Expression>seq(Catalyst.list(attributes)));
  }

  static String describe(
      PredictFunction function, Seq<Expression> features, Seq<Attribute> outputs) {
    return "Predict " + function.describe() + " " + list(features) + " => " + list(outputs);
  }

  private static String list(Seq<? extends Expression> expressions) {
    return Catalyst.list(expressions).stream()
        .map(Expression::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static PredictLayout layout(
      Seq<Attribute> input,
      Seq<Expression> features,
      Seq<Attribute> outputs,
      List<Integer> selected) {
    List<Expression> bound = new ArrayList<>();
    List<StructField> fields = new ArrayList<>();
    for (Expression feature : Catalyst.list(features)) {
      fields.add(
          DataTypes.createStructField("f" + fields.size(), feature.dataType(), feature.nullable()));
      bound.add(Catalyst.bound(feature, Catalyst.list(input)));
    }
    return new PredictLayout(
        Catalyst.list(input).stream().map(Attribute::dataType).toList(),
        bound,
        new StructType(fields.toArray(StructField[]::new)),
        Catalyst.list(outputs).stream().map(Attribute::dataType).toList(),
        selected);
  }
}
