package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** The value of an option, seed or fraction: typed as written. */
public sealed interface Literal {
  /** Where it stands. */
  Span span();

  /** A string, escapes resolved. */
  record Text(Span span, String value) implements Literal {}

  /** A bare word, such as {@code auto}; means the same as the string. */
  record Word(Span span, String value) implements Literal {}

  /** A number without a fraction or exponent. */
  record Whole(Span span, BigInteger value) implements Literal {}

  /** Any other number. */
  record Fraction(Span span, BigDecimal value) implements Literal {}

  /** {@code true} or {@code false}. */
  record Truth(Span span, boolean value) implements Literal {}

  /** {@code :name}, whose value planning puts in its place. */
  record Parameter(Span span, String name) implements Literal {}

  /** {@code null}. */
  record Null(Span span) implements Literal {}

  /** {@code [a, b]}. */
  record Many(Span span, List<Literal> values) implements Literal {
    /** Copies the list. */
    public Many {
      values = List.copyOf(values);
    }
  }
}
