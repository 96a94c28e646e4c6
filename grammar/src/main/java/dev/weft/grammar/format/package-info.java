/**
 * The house style of scripts: {@link dev.weft.grammar.format.Layout} says where lines may break,
 * {@link dev.weft.grammar.format.Spacing} where blanks stand, {@link
 * dev.weft.grammar.format.Printer} fits both to the width.
 */
@NullMarked
package dev.weft.grammar.format;

import org.jspecify.annotations.NullMarked;
