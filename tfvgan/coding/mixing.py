"""Bytes in fewer bytes by what comes before them: whole numbers alone, the same on every machine.

What is known of a bit is said by several contexts. Each has a counter, of how likely a 1 has been
there; what the counters say is mixed, in the logistic domain, by weights that learn which to trust;
and the bit is coded by what comes out.

Source: Mahoney 2005, "Adaptive weighing of context models for lossless data compression", Florida
Tech. TR CS-2005-16.
"""

import functools
import operator

ONE = 1 << 16  # Of probabilities and of weights.
LIMIT = 60  # What a counter remembers at most, in bits.
RATES = tuple(10 * ONE // (10 * count + 16) for count in range(LIMIT + 1))
NEW = ONE >> 1 << 8  # A counter that has seen nothing.
FIRST_WEIGHT = 23_000
LEARNING = 10  # Bits that an error times an input is shifted by.
STEP = 1 << 8  # Of the logistic domain, which reaches from -8 to 8.
FURTHEST_PLACE = 8 * STEP - 1
WHOLE_RANGE = (1 << 32) - 1  # Of a coder's range.
# 2^12 / (1 + e^-x) at x = -8, -7.5, ..., 8.
CURVE = (1, 2, 4, 6, 10, 17, 27, 45, 74, 120, 194, 311, 488, 747, 1102, 1546, 2048)
CURVE += tuple(4096 - value for value in CURVE[-2::-1])


def squash(place):
    """Returns the 12 bit probability at a place of the logistic domain, int, from 1 to 4094."""
    place = max(-FURTHEST_PLACE, min(FURTHEST_PLACE, place)) + 8 * STEP
    number, part = divmod(place, STEP // 2)
    low, high = CURVE[number : number + 2]
    return low + ((high - low) * part >> 7)


@functools.cache
def stretched():
    """Returns the place in the logistic domain of each 12 bit probability, the other way round."""
    places, place = [], -FURTHEST_PLACE
    for probability in range(4096):
        while place < FURTHEST_PLACE and squash(place) < probability:
            place += 1
        places.append(place)
    return tuple(places)


@functools.cache
def squashed():
    """Returns the probability of each place from `-FURTHEST_PLACE` to `FURTHEST_PLACE`."""
    return tuple(squash(place) for place in range(-FURTHEST_PLACE, FURTHEST_PLACE + 1))


class Model:
    """Probabilities of bits by their contexts, and the weights that mix them.

    Args:
        known: `(counters, weights)` to begin with, which stay as they are: `{context: counter}`,
            256 times a 16 bit probability and how many bits were seen, one int, since a hundred
            thousand pairs would keep the garbage collector busy; and `{set: weights}`.
    """

    def __init__(self, known=({}, {})):
        self.known, self._weights = known
        self.counters, self.weights = {}, {}

    def trusted(self, trust, count):
        """Returns the weights of a set that has not been asked for yet."""
        made = self.weights[trust] = list(self._weights.get(trust, (FIRST_WEIGHT,) * count))
        return made


class Coder:
    """Learns bits, and writes none.

    Args:
        model: `Model`.
    """

    def __init__(self, model):
        self.model = model
        self._tables = stretched(), squashed()

    def code(self, contexts, trust, bit=0):
        """Returns the next bit.

        Args:
            contexts: list of int, always as many for a set of weights.
            trust: int, the set of weights.
            bit: what it is, which those that read do not care about.
        """
        model, (stretch, squashed) = self.model, self._tables
        adapted, learned = model.counters.get, model.known.get
        counters = [adapted(each) or learned(each, NEW) for each in contexts]
        inputs = [stretch[counter >> 12] for counter in counters]
        weights = model.weights.get(trust) or model.trusted(trust, len(inputs))
        place = sum(map(operator.mul, weights, inputs)) >> 16
        predicted = squashed[max(-FURTHEST_PLACE, min(FURTHEST_PLACE, place)) + FURTHEST_PLACE]
        bit = self._bit(predicted, bit)
        error, wanted = (bit << 12) - predicted, (bit << 16) - bit
        weights[:] = [
            weight + (error * value >> LEARNING) for weight, value in zip(weights, inputs)
        ]
        for context, counter in zip(contexts, counters):
            probability, count = counter >> 8, counter & 255
            probability += (wanted - probability) * RATES[count] >> 16
            model.counters[context] = probability << 8 | count + (count < LIMIT)
        return bit

    def _bit(self, probability, bit):
        """Codes a bit by the probability of a 1, of 12 bits, and returns it."""
        return bit


class BitEncoder(Coder):
    """Writes bits, each by the mixed probability of its contexts.

    Args:
        model: `Model`, which learns from them.
    """

    def __init__(self, model):
        super().__init__(model)
        self._low, self._high, self._data = 0, WHOLE_RANGE, bytearray()

    def _bit(self, probability, bit):
        between = _between(self._low, self._high, probability)
        if bit:
            self._high = between
        else:
            self._low = between + 1
        while not (self._low ^ self._high) >> 24:
            self._data.append(self._high >> 24)
            self._low, self._high = (
                self._low << 8 & WHOLE_RANGE,
                self._high << 8 & WHOLE_RANGE | 255,
            )
        return bit

    def finish(self):
        """Returns the bytes; 0s at their end are left out."""
        last = [(self._low >> 24) + 1] if self._low else []
        return bytes([*self._data, *last]).rstrip(b"\0")


class BitDecoder(Coder):
    """Reads what `BitEncoder` wrote; behind its end there are 0s.

    Args:
        model: `Model` that is as the encoder's was at the beginning.
        data: bytes.
    """

    def __init__(self, model, data):
        super().__init__(model)
        self._low, self._high = 0, WHOLE_RANGE
        self._data = iter(data)
        self._word = int.from_bytes(bytes(next(self._data, 0) for _ in range(4)))

    def _bit(self, probability, bit):
        between = _between(self._low, self._high, probability)
        bit = int(self._word <= between)
        if bit:
            self._high = between
        else:
            self._low = between + 1
        while not (self._low ^ self._high) >> 24:
            self._low, self._high = (
                self._low << 8 & WHOLE_RANGE,
                self._high << 8 & WHOLE_RANGE | 255,
            )
            self._word = self._word << 8 & WHOLE_RANGE | next(self._data, 0)
        return bit


def _between(low, high, probability):
    """Returns where the range of a 1 ends."""
    width = high - low
    return low + (width >> 12) * probability + ((width & 4095) * probability >> 12)
