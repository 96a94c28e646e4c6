/** The text behind {@code weft help}: one file per statement. */
@NullMarked
package dev.weft.repl.help;

import org.jspecify.annotations.NullMarked;
