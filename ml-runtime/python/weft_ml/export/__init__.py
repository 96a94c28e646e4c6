"""Models as ONNX: one file that reads raw features by name and answers as PREDICT does."""
