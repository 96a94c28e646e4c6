package dev.weft.spark.predict;

import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.operator.ArrowCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;

/**
 * What a PREDICT does, in the logical and in the physical plan.
 *
 * @param outputs the columns it adds
 * @param selected which of the model's answers they are
 */
record PredictCall(
    PredictFunction function,
    Seq<Expression> features,
    Seq<Attribute> outputs,
    List<Integer> selected)
    implements ArrowCall {

  @Override
  public List<Object> parts() {
    return List.of(function, features, outputs, selected);
  }

  @Override
  public Seq<Attribute> output(Seq<Attribute> input) {
    List<Attribute> all = new ArrayList<>(Catalyst.list(input));
    all.addAll(Catalyst.list(outputs));
    return Catalyst.seq(all);
  }

  @Override
  public String describe() {
    return "Predict " + function.describe() + " " + list(features) + " => " + list(outputs);
  }

  private static String list(Seq<? extends Expression> expressions) {
    return Catalyst.list(expressions).stream()
        .map(Expression::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  PredictLayout layout(Seq<Attribute> input) {
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
