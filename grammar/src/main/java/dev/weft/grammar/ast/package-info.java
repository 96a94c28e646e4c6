/** The statements of a script as sealed records, each part with its place in the text. */
@NullMarked
package dev.weft.grammar.ast;

import org.jspecify.annotations.NullMarked;
