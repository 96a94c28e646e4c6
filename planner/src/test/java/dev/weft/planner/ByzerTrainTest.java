package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.plan.StatementPlan.TrainPlan;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TRAIN as Byzer's scripts write it. */
class ByzerTrainTest {

  private final Scripts scripts = new Scripts();

  @BeforeEach
  void byzer() {
    scripts.byzer = true;
  }

  private ModelSignature signature(String text) {
    return ((TrainPlan) scripts.last(text)).model().signature();
  }

  @Test
  void columnsAreOptions() {
    ModelSignature signature =
        signature(
            "train trips as logistic_regression.`/tmp/model` where keepVersion = 'true' and"
                + " fitParam.0.labelCol = 'delay' and fitParam.0.featuresCol = 'Distance'");
    assertThat(signature.label().orElseThrow().name()).isEqualTo("delay");
    assertThat(signature.features()).extracting(Feature::name).containsExactly("distance");
  }

  @Test
  void columnsHaveNamesThatNeedNotBeSaid() {
    ModelSignature signature =
        signature(
            "train (select delay as label, distance as features, origin from trips) as"
                + " logistic_regression.`/tmp/model`");
    assertThat(signature.label().orElseThrow().name()).isEqualTo("label");
    assertThat(signature.features()).extracting(Feature::name).containsExactly("features");
    assertThat(signature.task()).isEqualTo(Task.CLASSIFICATION);
  }

  @Test
  void theTableToTestOnIsAnOption() {
    TrainPlan plan =
        (TrainPlan)
            scripts.last(
                "select delay as label, distance from trips as held;"
                    + " train held as logistic_regression.`m` where evaluateTable = 'held'");
    assertThat(plan.validation()).isPresent();
  }

  @Test
  void aClusteringHasNoLabelOfItsOwn() {
    ModelSignature signature =
        signature("train (select distance as features, 1 as label from trips) as kmeans.`m`");
    assertThat(signature.label()).isEmpty();
    assertThat(signature.features()).extracting(Feature::name).containsExactly("features");
  }

  @Test
  void ofSeveralSetsOfParametersTheFirstIsTrained() {
    Checked checked =
        scripts.check(
            "train (select distance as features from trips) as kmeans.`m`"
                + " where fitParam.0.k = '3' and fitParam.1.k = '5'");
    assertThat(checked.errors()).isEmpty();
    assertThat(checked.warnings()).singleElement().asString().contains("OPTION_IGNORED");
    assertThat(((TrainPlan) checked.plans().get(0)).options()).containsEntry("k", 3L);
  }

  @Test
  void aColumnThatIsNotThereIsSaid() {
    assertThat(
            scripts.errors(
                "train trips as logistic_regression.`m` where labelCol = ^'delai'^ and featuresCol"
                    + " = 'distance'"))
        .containsExactly("COLUMN_NOT_FOUND: there is no column 'delai'; did you mean 'delay'?");
  }

  @Test
  void elsewhereTheyAreUnknownOptions() {
    scripts.byzer = false;
    assertThat(
            scripts.errors("train trips as kmeans.m where ^featuresCol^ = 'distance'").toString())
        .contains("OPTION_NOT_FOUND");
  }
}
