package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The scalar PREDICT in plans: one node below what holds it. */
class AnswerPlanTest {

  private final Scripts scripts = new Scripts();

  @Test
  void aCallIsANodeBelowAndTheSameCallIsOne() {
    assertThat(
            scripts.plan(
                """
                select origin, predict(late using *) as l, predict(late using *).prob * 2 as p
                from trips where predict(late using distance, origin).prob > 0.5 and delay > 3
                """))
        .isEqualTo(
            """
            Project origin, late_pred as l, late_prob * 2 as p
              Filter late_prob > 0.5
                Predict late@3 answers late_pred, late_prob from distance, origin
                  Filter delay > 3
                    Scan table trips [origin, distance, delay]""");
  }

  @Test
  void modelsAnswerInCallsOfOthersAndInGroups() {
    assertThat(
            scripts.plan(
                """
                select predict(late using *) as l,
                  avg(predict(price using predict(late using *).prob as distance)) as risk
                from trips group by predict(late using *) having max(predict(late using *).prob) > 0.1
                order by predict(late using *)
                """))
        .isEqualTo(
            """
            Sort by l
              Project l, risk
                Filter $f2 > 0.1
                  Aggregate avg($f1) as risk, max($f2) as $f2 by l
                    Project late_pred as l, price_pred as $f1, late_prob as $f2
                      Predict price@1 answers price_pred from late_prob
                        Predict late@3 answers late_pred, late_prob from distance, origin
                          Scan table trips [origin, distance]""");
  }

  @Test
  void aJoinOnAnAnswerIsAFilterOfItsRows() {
    assertThat(
            scripts.plan(
                """
                select a.origin from trips a join trips b
                on a.origin = b.origin and predict(price using b.*) > a.distance
                """))
        .isEqualTo(
            """
            Project origin
              Filter price_pred > distance
                Predict price@1 answers price_pred from distance0
                  Join inner on origin = origin
                    Scan table trips [origin, distance]
                    Scan table trips [origin, distance]""");
  }

  @Test
  void aQueryOfOneRowAsksAModel() {
    assertThat(scripts.plan("select predict(late using 3 as distance, 'SFO' as origin).probs"))
        .isEqualTo(
            """
            Project late_probs
              Predict late@3 answers late_probs from __weft_feature_2, __weft_feature_3
                Project cast(3 as double) as __weft_feature_2, 'SFO' as __weft_feature_3
                  Values 1 row""");
  }

  @Test
  void theRowsOfAQueryInsideAreAskedBelowWhatReadsOutside() {
    assertThat(
            scripts.plan(
                """
                select (select max(predict(late using *).prob) from trips b where b.origin = a.origin)
                from trips a
                """))
        .contains("Filter origin = outer.origin <- Predict late@3 answers ");
  }

  @Test
  void anAnswerAloneHasTheNameOfItsColumn() {
    assertThat(
            scripts.plan("select predict(late using *), (predict(late using *)).prob from trips"))
        .startsWith("Project late_pred, late_prob\n");
    assertThat(scripts.plan("select predict(late using *) is null from trips"))
        .contains("as (predict(late using *) IS NULL)");
  }

  @Test
  void featuresAreFoundByNameAndChecked() {
    assertThat(scripts.errors("select ^predict(late using distance)^ from trips"))
        .containsExactly(
            "COLUMN_NOT_FOUND: there is no column 'origin' behind USING, and the model 'late' reads"
                + " it");
    assertThat(
            scripts.errors(
                "select predict(late using distance, ^destination as orgin^) from trips"))
        .containsExactly(
            "COLUMN_NOT_FOUND: there is no column 'orgin' among the features of the model 'late';"
                + " did you mean 'origin'?");
    assertThat(scripts.errors("select predict(price using ^delay + 1^) from trips"))
        .containsExactly(
            "INVALID_CLAUSE: PREDICT finds features by name, and this one has none; write delay + 1"
                + " AS distance");
    assertThat(scripts.errors("select ^predict(price using origin as distance)^ from trips"))
        .containsExactly(
            "TYPE_MISMATCH: the column 'distance' is string, and the model 'price' was trained on a"
                + " number (double); cast it");
    assertThat(scripts.errors("select predict(price using distance).^prob^ from trips"))
        .containsExactly(
            "INVALID_QUERY: an answer of the model 'price' has no field 'prob'; its fields are"
                + " label, score");
    assertThat(scripts.errors("select predict(late using ^*^) from (select distance from trips)"))
        .containsExactly(
            "COLUMN_NOT_FOUND: there is no column 'origin' among those that * stands for, and"
                + " the model reads it");
  }

  @Test
  void theStatementIsPredictInFrom() {
    assertThat(
            scripts.plan(
                "predict trips as LGBM.`late` as p; select late_prob from p where distance > 3"))
        .isEqualTo(
            """
            Project late_prob
              Predict late@3 answers late_prob from distance, origin
                Filter distance > 3
                  Scan table trips [origin, distance]""");
    assertThat(scripts.errors("predict trips as ^kmeans^.late as p"))
        .containsExactly(
            "INVALID_CLAUSE: the model 'late' was trained by lightgbm and not by kmeans; write"
                + " lightgbm here");
    assertThat(scripts.errors("predict trips as lightgbm.late where ^num_leaves^ = 3 as p"))
        .containsExactly(
            "OPTION_NOT_FOUND: PREDICT has no option 'num_leaves'; what a model does is set when it"
                + " is trained");
  }

  @Test
  void aTransformIsComputedFromTheValuesOfTheCall() {
    assertThat(
            scripts.plan(
                """
                train trips as lightgbm.m label (delay > 15 as late)
                  transform (distance / 100 as hundreds, origin);
                select predict(m using 3 as distance, 'a' as origin)
                """))
        .isEqualTo(
            """
            Project late_pred
              Predict m@new answers late_pred from __weft_feature_2, __weft_feature_3
                Project __weft_out_0 as __weft_feature_2, __weft_out_1 as __weft_feature_3
                  Project distance / 100 as __weft_out_0, origin as __weft_out_1
                    Project cast(distance as double) as distance, origin
                      Project 3 as distance, 'a' as origin
                        Values 1 row""");
  }
}
