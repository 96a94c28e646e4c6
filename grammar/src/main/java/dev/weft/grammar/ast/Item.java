package dev.weft.grammar.ast;

import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import java.util.Optional;

/** An expression with an optional name, as in LABEL, FEATURES and PREDICT … USING. */
public record Item(Span span, ExpressionContext tree, Optional<Name> name) {}
