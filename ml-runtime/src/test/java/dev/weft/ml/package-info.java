@NullMarked
package dev.weft.ml;

import org.jspecify.annotations.NullMarked;
