package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.plan.StatementPlan.TrainPlan;
import org.junit.jupiter.api.Test;

/** TRAIN, PREDICT and EVALUATE in plans. */
class ModelPlanTest {

  private final Scripts scripts = new Scripts();

  @Test
  void filtersAndUnusedColumnsCrossPredict() {
    assertThat(
            scripts.plan(
                """
                select origin, avg(p.late_prob) as risk from predict(model late, table trips) as p
                where origin <> 'SFO' and late_prob > 0.5 group by origin
                """))
        .isEqualTo(
            """
            Aggregate avg(late_prob) as risk by origin
              Project origin, late_prob
                Filter late_prob > 0.5
                  Predict late@3 answers late_prob from distance, origin
                    Filter not(origin = 'SFO')
                      Scan table trips [origin, distance]""");
  }

  @Test
  void aFeatureThatTheLabelIsComputedFromIsWarnedOf() {
    Checked checked =
        scripts.check("train trips as lightgbm.leaky label (distance > 15 as far) split 0.2");
    assertThat(checked.warnings()).singleElement().asString().contains("LABEL_LEAK", "'distance'");
    assertThat(
            scripts
                .check("train trips as lightgbm.m label (distance > 15 as far) features (origin)")
                .warnings())
        .isEmpty();
  }

  @Test
  void aPredictionNobodyAsksIsNotMade() {
    assertThat(scripts.plan("select origin from predict(model late, table trips)"))
        .doesNotContain("Predict");
  }

  @Test
  void aLimitCrossesPredict() {
    assertThat(scripts.plan("select * from predict(model late@prod, table trips) limit 3"))
        .contains("Predict late@2")
        .contains("Limit first 3\n");
  }

  @Test
  void aSortedLimitCrossesPredictAndTheOrderIsKept() {
    String plan =
        scripts.plan(
            "select late_pred, distance from predict(model late, table trips) order by distance limit 3");
    assertThat(plan).startsWith("Sort by distance\n").contains("Sort by distance first 3\n");
  }

  @Test
  void aLimitByAnAnswerStaysAbove() {
    String plan =
        scripts.plan(
            "select * from predict(model late, table trips) order by late_prob desc limit 3");
    assertThat(plan).startsWith("Sort by late_prob desc first 3");
  }

  @Test
  void predictReadsCommonTablesOfTheQueryAround() {
    assertThat(
            scripts.plan(
                """
                with w as (select * from trips where delay > 3)
                select late_pred from predict(model late, table w)
                """))
        .contains("Filter delay > 3");
  }

  @Test
  void trainingTakesColumnsByKind() {
    assertThat(
            scripts.plan(
                """
                train trips as lightgbm.m label (delay > 15 as late)
                  features (distance, origin, day, at, price) where leaves = 7 split 0.2 seed 7
                """))
        .isEqualTo(
            """
            Train m@new with lightgbm on ray
              task classification
              label late boolean
              features distance number, origin category, day datetime, at datetime, price number
              options num_leaves = 7
              split 0.2, seed 7
              Project distance, origin, cast(unix_date(day) as double) * 86400.0 as day, \
            cast(unix_micros(at) as double) / 1000000.0 as at, cast(price as double) as price, \
            __weft_24 as late
                Project origin, distance, day, at, price, delay > 15 as __weft_24
                  Scan table trips [origin, distance, delay, day, at, price]"""
                .replace("__weft_24", "__weft_" + "train trips as lightgbm.m label ".length()));
  }

  @Test
  void aNumericLabelIsRegressionUnlessTheTaskSaysOtherwise() {
    assertThat(task("train trips as lightgbm.m label delay features (distance)"))
        .isEqualTo("REGRESSION double");
    assertThat(
            task(
                "train trips as lightgbm.m label delay features (distance)"
                    + " where task = 'classification'"))
        .isEqualTo("CLASSIFICATION bigint");
    assertThat(task("train trips as logistic_regression.m label delay features (distance)"))
        .isEqualTo("CLASSIFICATION bigint");
  }

  private String task(String text) {
    var signature = ((TrainPlan) scripts.last(text)).model().signature();
    return signature.task() + " " + signature.label().orElseThrow().type();
  }

  @Test
  void theModelAndTheReportAreThereForLaterStatements() {
    assertThat(
            scripts
                .check(
                    """
                    train trips as lightgbm.m label (delay > 15 as late) features (distance) as report;
                    select metric, value from report;
                    select late_pred from predict(model m, table trips);
                    serve m as api;
                    unserve api
                    """)
                .errors())
        .isEmpty();
  }

  @Test
  void evaluateOnTheHeldOutPartIsShown() {
    QueryPlan plan = (QueryPlan) scripts.last("select * from evaluate(model late) as e");
    assertThat(plan.shown()).isTrue();
    assertThat(plan.plan().getRowType().getFieldNames())
        .containsExactly("metric", "value", "baseline");
  }

  @Test
  void evaluateOnATablePredictsOnce() {
    String plan =
        scripts.plan(
            """
            select delay > 15 as late, origin, distance from trips as t2;
            select * from evaluate(model late, table t2, by => descriptor(origin))
            """);
    assertThat(plan.split("Predict late@3", -1)).hasSize(2);
    assertThat(plan).startsWith("Project b0 as origin, col1 as metric");
  }
}
