/** TRANSFORM in terms that files for other tools have, such as ONNX. */
@NullMarked
package dev.weft.planner.portable;

import org.jspecify.annotations.NullMarked;
