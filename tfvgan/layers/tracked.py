"""What a model holds in lists, made known to TensorFlow's checkpoints."""


class Tracked:
    """A mixin of models whose every layer `tf.train.Checkpoint` saves and restores.

    On TensorFlow, Keras tells checkpoints of layers that are attributes and not of those in lists,
    whose weights stay as they are while `assert_consumed` passes:
    https://github.com/keras-team/keras/issues/19425.
    """

    # `tf.saved_model.save` asks every model inside of what it saves; Keras's own answer calls them
    # with one tensor, which need not be what they read.
    _default_save_signature = None

    def _trackable_children(self, save_type="checkpoint", **kwargs):
        children = super()._trackable_children(save_type, **kwargs)
        if save_type == "checkpoint":
            inside = enumerate(self._flatten_layers(include_self=False))
            children.update({f"layer-{number}": layer for number, layer in inside})
        return children
