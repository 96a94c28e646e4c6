package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold of every text that is formatted. */
final class FormattedText {

  private FormattedText() {}

  /**
   * Its trees are the same, nothing had to stay as it was, and formatting again changes nothing.
   */
  static String staysWhatItIs(Source source, String from) {
    ScriptFormatter.Formatted once = ScriptFormatter.whole(source);
    assertThat(once.kept()).as("kept as it was: %s: %s", from, source.text()).isZero();
    Source formatted = new Source("formatted", once.text());
    assertThat(Shape.all(formatted)).as("%s: %s", from, source.text()).isEqualTo(Shape.all(source));
    String twice = ScriptFormatter.format(formatted);
    assertThat(twice).as("again: %s: %s", from, source.text()).isEqualTo(once.text());
    return once.text();
  }
}
