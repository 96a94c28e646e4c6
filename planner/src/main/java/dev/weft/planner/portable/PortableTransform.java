package dev.weft.planner.portable;

import dev.weft.planner.query.QueryPlanner;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.Transform;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalValues;

/**
 * The TRANSFORM of a model for files that other tools read.
 *
 * @param inputs the columns that it reads
 * @param features one expression for each feature of the model
 */
public record PortableTransform(List<Feature> inputs, List<PortableExpression> features) {

  /** Copies the lists. */
  public PortableTransform {
    inputs = List.copyOf(inputs);
    features = List.copyOf(features);
  }

  /**
   * Takes a transform apart.
   *
   * @throws NotPortable where it has something of Spark's alone
   */
  public static PortableTransform of(
      ModelSignature signature, Transform transform, QueryPlanner queries, RelOptCluster cluster) {
    var types = cluster.getTypeFactory();
    var columns = types.builder();
    for (Feature input : transform.inputs()) {
      columns.add(input.name(), SparkTypes.parse(input.type(), types));
    }
    RelNode rows = LogicalValues.createEmpty(cluster, columns.build());
    RelNode computed = queries.transformed().over(rows, transform, String::valueOf, "the model");
    List<PortableExpression> row = row(computed);
    int first = transform.inputs().size();
    List<PortableExpression> features = row.subList(first, row.size());
    for (int i = 0; i < features.size(); i++) {
      refuseTexts(signature.features().get(i), features.get(i));
    }
    return new PortableTransform(transform.inputs(), features);
  }

  /** A number that is a category to the model is its text there. */
  private static void refuseTexts(Feature feature, PortableExpression value) {
    boolean text = value.kind() == PortableExpression.Kind.TEXT;
    boolean wanted = feature.kind() == ModelSignature.FeatureKind.CATEGORY;
    if (text != wanted) {
      throw new NotPortable("the feature '" + feature.name() + "' (" + feature.type() + ")");
    }
  }

  /** The columns of a plan by those of the rows that it begins with. */
  private static List<PortableExpression> row(RelNode node) {
    if (node instanceof Values) {
      return node.getRowType().getFieldList().stream()
          .<PortableExpression>map(
              field ->
                  new PortableExpression.Column(
                      field.getName(), RexToPortable.kind(field.getType())))
          .toList();
    }
    if (node instanceof Project project) {
      RexToPortable converter =
          new RexToPortable(row(project.getInput()), node.getCluster().getRexBuilder());
      return project.getProjects().stream().map(converter::convert).toList();
    }
    throw new NotPortable("what is more than one row");
  }
}
