/** Results as text: one class per format, each reading {@link dev.weft.engine.Rows} as a stream. */
@NullMarked
package dev.weft.repl.print;

import org.jspecify.annotations.NullMarked;
