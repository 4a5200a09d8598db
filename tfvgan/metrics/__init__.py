"""How good videos are: the field's own measures, as `keras.metrics.Metric` where they stream."""
