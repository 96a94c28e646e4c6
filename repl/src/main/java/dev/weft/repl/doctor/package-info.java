/** What {@code weft doctor} looks at. */
@NullMarked
package dev.weft.repl.doctor;

import org.jspecify.annotations.NullMarked;
