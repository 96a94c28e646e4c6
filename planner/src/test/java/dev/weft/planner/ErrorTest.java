package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a script, where, and what was probably meant. */
class ErrorTest {

  private final Scripts scripts = new Scripts();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select * from ^tripz^|TABLE_NOT_FOUND: there is no table 'tripz'; did you mean 'trips'?",
        "select ^orign^ from trips|COLUMN_NOT_FOUND: there is no column 'orign'; did you mean 'origin'?",
        "select ^uper^(origin) from trips|FUNCTION_NOT_FOUND: there is no function 'uper'; did you mean 'upper'?",
        "select origin from trips where delay > 1 and ^delai^ = 2|COLUMN_NOT_FOUND: there is no column 'delai'; did you mean 'delay'?",
        "select ^origin^ from trips a, trips b|COLUMN_AMBIGUOUS: the column 'origin' stands in several tables; write table.origin",
        "select * from predict(model ^lat^, table trips)|MODEL_NOT_FOUND: there is no model 'lat'; did you mean 'late'?",
        "select * from predict(model ^late@9^, table trips)|VERSION_NOT_FOUND: the model 'late' has no version '9'; there are: 3, 2, 1, prod",
        "serve ^nope^ as x|MODEL_NOT_FOUND: there is no model 'nope'; there are: late, price",
        "unserve ^late_app^|ENDPOINT_NOT_FOUND: there is no endpoint 'late_app'; did you mean 'late_api'?",
        "train trips as ^lightgmb^.m label delay|ALGORITHM_NOT_FOUND: there is no algorithm 'lightgmb'; did you mean 'lightgbm'?",
        "describe algorithm ^kmeens^|ALGORITHM_NOT_FOUND: there is no algorithm 'kmeens'; did you mean 'kmeans'?",
        "train trips as lightgbm.m label ^dely^ features (distance)|COLUMN_NOT_FOUND: there is no column 'dely'; did you mean 'delay'?",
        "train trips as lightgbm.m label delay features (^distanc^)|COLUMN_NOT_FOUND: there is no column 'distanc'; did you mean 'distance'?",
        "train trips as lightgbm.m label delay features (distance) where ^num_leafs^ = 3|OPTION_NOT_FOUND: the algorithm lightgbm has no option 'num_leafs'; did you mean 'num_leaves'?",
        "train trips as lightgbm.m label delay features (distance) where num_leaves = ^1^|OPTION_VALUE: the option 'num_leaves' takes a whole number from 2 to 131072, not 1",
        "train trips as lightgbm.m label delay features (distance) where boosting = ^'x'^|OPTION_VALUE: the option 'boosting' takes one of gbdt, dart, not 'x'",
        "train trips as lightgbm.m label delay features (distance) where ^origin^ = 'SFO'|FILTER_IN_OPTIONS: WHERE after TRAIN gives options, and lightgbm has none called 'origin'; to filter rows write TRAIN (SELECT … WHERE …)",
        "train trips as lightgbm.m label delay features (distance) split ^2.5^|OPTION_VALUE: the option 'SPLIT' takes a fraction between 0 and 1, the part held out, not 2.5",
        "^train trips as lightgbm.m features (distance)^|LABEL_MISSING: TRAIN … AS lightgbm needs a label; add LABEL column",
        "train trips as lightgbm.m label ^day^ features (distance)|TYPE_MISMATCH: the label is date; a label is a text, a boolean or a number",
        "set weft.^plannr^ = 'spark'|SETTING_NOT_FOUND: there is no setting 'weft.plannr'; did you mean 'weft.planner'?",
        "set weft.planner = ^'sparc'^|OPTION_VALUE: the option 'weft.planner' takes 'weft' or 'spark', not 'sparc'",
        "load ^cvs^.`x` as t|FORMAT_NOT_FOUND: there is no format 'cvs'; did you mean 'csv'?",
        "load csv.^`nope.csv`^ as t|FILE_NOT_FOUND: there is no file or folder 'nope.csv'",
        "save ^tripz^ as parquet.`out`|TABLE_NOT_FOUND: there is no table 'tripz'; did you mean 'trips'?",
        "save trips as parquet.`out` partition by ^orign^|COLUMN_NOT_FOUND: there is no column 'orign'; did you mean 'origin'?",
        "assert ^1 + 2^|TYPE_MISMATCH: ASSERT needs a boolean, and this is int; compare it",
        "select * from evaluate(model ^price^)|INVALID_CLAUSE: the training of 'price' held nothing out to evaluate on; train with SPLIT, or give a table: EVALUATE(MODEL price, TABLE t)",
        "select * from evaluate(model price, table trips, by => descriptor(^orgin^))|COLUMN_NOT_FOUND: there is no column 'orgin'; did you mean 'origin'?",
        "include ^'nope.weft'^|FILE_NOT_FOUND: there is no file or folder 'nope.weft'",
        "select * from importance(model price)|INVALID_CLAUSE: the model 'price' does not tell how important its features are; train with an algorithm that does, such as lightgbm, or train it again if it is from an older version",
      })
  void oneErrorWithItsPlace(String marked, String error) {
    assertThat(scripts.errors(marked)).containsExactly(error);
  }

  @Test
  void allErrorsAreReportedAndNoneThatOnlyFollows() {
    assertThat(
            scripts.errors(
                """
                load csv.^`nope.csv`^ where ^headr^ = true as t;
                select x from t as u;
                train u as lightgbm.m label x;
                select * from predict(model m, table t);
                select * from ^t2^
                """))
        .containsExactly(
            "FILE_NOT_FOUND: there is no file or folder 'nope.csv'",
            "OPTION_NOT_FOUND: the format csv has no option 'headr'; did you mean 'header'?",
            "TABLE_NOT_FOUND: there is no table 't2'; there are: airports, events, trips");
  }

  @Test
  void predictNamesEachMissingAndIllTypedColumn() {
    assertThat(
            scripts.errors(
                "select * from predict(model late, (select 1 as origin, 2 as late_pred from trips))"))
        .containsExactly(
            "COLUMN_NOT_FOUND: there is no column 'distance' in the input, and the model 'late' reads"
                + " it",
            "TYPE_MISMATCH: the column 'origin' is int, and the model 'late' was trained on a string"
                + " (string); cast it in the query that PREDICT reads",
            "OUTPUT_COLUMN_TAKEN: PREDICT adds a column 'late_pred', and its input has one already;"
                + " leave it out of the input or rename it");
  }

  @Test
  void aFeatureOfANestedTypeIsRefused() {
    assertThat(scripts.errors("train events as lightgbm.m label id features (^tags^)"))
        .containsExactly(
            "TYPE_MISMATCH: the column 'tags' is array<string>, which lightgbm cannot learn from;"
                + " leave it out, or take numbers, booleans, texts or times out of it in the query"
                + " that TRAIN reads");
  }

  @Test
  void inByzerFilesUnknownOptionsWarn() {
    scripts.byzer = true;
    Checked checked =
        scripts.check(
            "train trips as LightGBM.`m` label delay features (distance)"
                + " where `fitParam.0.num_leaves` = '7' and nope = '1'");
    assertThat(checked.errors()).isEmpty();
    assertThat(checked.warnings()).hasSize(1);
  }
}
