"""
One presentation at the fastest batch size: forward, cost 1/2 (x_T - 0.8)^2, autograd, update.

    python3 kernel.py latch|parity|five-units [--length T] [--units N] [--batch B] [--variant VARIANT]

Tries batches of 64 to 65,536 trials for every variant of the network, until they become much slower, and prints the
fastest as a line of JSON; `--batch` and `--variant` select a single one. A unit-step is one neuron, one time step, one
trial.
"""

import argparse
import json
import time

import torch

import networks

TRAINABLE_INPUTS, RATE, TARGET = 3, 1e-12, 0.8
WARM_UP_SECONDS, MEASUREMENT_SECONDS, MIN_REPETITIONS = 0.1, 0.4, 3
BATCHES = [4**i for i in range(3, 9)]

# The search ends at a batch of at least MIN_LAST_BATCH trials that is slower than the fastest one by MAX_SLOWDOWN.
MAX_SLOWDOWN, MIN_LAST_BATCH = 1.5, 4096


def latch_kernel(batch, length, units, forward):
    w = (1.25 + 0.1 * torch.rand(batch)).requires_grad_()
    trainable_inputs = [(0.1 * torch.randn(batch)).requires_grad_() for _ in range(TRAINABLE_INPUTS)]
    noise = list(0.1 * torch.randn(length - TRAINABLE_INPUTS, batch))
    return [w, *trainable_inputs], lambda: forward(w, trainable_inputs + noise)


def parity_kernel(batch, length, units, forward):
    parameters = [(0.5 * torch.randn(batch)).requires_grad_() for _ in range(7)]
    inputs = list(0.1 * torch.randn(length, batch))
    return parameters, lambda: forward(parameters, inputs)


def product_kernel(batch, length, units, forward):
    w = (0.3 * torch.randn(units, units, batch)).requires_grad_()
    inputs = torch.zeros(length, units, batch)
    inputs[:, 0] = 0.1 * torch.randn(length, batch)
    return [w], lambda: forward(w, inputs)


def batched_kernel(batch, length, units, forward):
    w = (0.3 * torch.randn(batch, units, units)).requires_grad_()
    inputs = torch.zeros(length, batch, units, 1)
    inputs[:, :, 0, 0] = 0.1 * torch.randn(length, batch)
    return [w], lambda: forward(w, inputs)


VARIANTS = {
    "latch": {
        "eager": (latch_kernel, lambda: networks.latch),
        "script": (latch_kernel, networks.scripted_latch),
    },
    "parity": {
        "eager": (parity_kernel, lambda: networks.parity),
        "script": (parity_kernel, networks.scripted_parity),
    },
    "five-units": {
        "multiply and sum": (product_kernel, lambda: networks.multiply_and_sum),
        "multiply and sum, script": (product_kernel, lambda: torch.jit.script(networks.multiply_and_sum)),
        "baddbmm": (batched_kernel, lambda: networks.batched_product),
    },
}


def measure(kernel, variant, batch, length, units):
    """Nanoseconds of a unit-step: median, minimum, and the number of repetitions."""
    create_kernel, create_network = VARIANTS[kernel][variant]
    parameters, forward = create_kernel(batch, length, units, create_network())

    def present():
        cost = 0.5 * ((forward() - TARGET) ** 2).sum()
        gradients = torch.autograd.grad(cost, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(gradient, alpha=RATE)

    # Repetitions are long, so CPU time is used: other load on the machine does not count.
    start = time.process_time()
    present()
    while time.process_time() - start < WARM_UP_SECONDS:
        present()
    seconds = []
    while sum(seconds) < MEASUREMENT_SECONDS or len(seconds) < MIN_REPETITIONS:
        start = time.process_time()
        present()
        seconds.append(time.process_time() - start)
    seconds.sort()
    nanoseconds = 1e9 / (batch * length * units)  # of a unit-step, per second of a presentation
    return seconds[len(seconds) // 2] * nanoseconds, seconds[0] * nanoseconds, len(seconds)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kernel", choices=VARIANTS)
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--units", type=int, default=5)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--variant")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    units = {"latch": 1, "parity": 2}.get(options.kernel, options.units)
    results = []
    for variant in [options.variant] if options.variant else VARIANTS[options.kernel]:
        fastest = float("inf")
        for batch in [options.batch] if options.batch else BATCHES:
            times = measure(options.kernel, variant, batch, options.length, units)
            results.append((times, batch, variant))
            if batch >= MIN_LAST_BATCH and times[0] > MAX_SLOWDOWN * fastest:
                break
            fastest = min(fastest, times[0])
    (median, minimum, repetitions), batch, variant = min(results)
    print(json.dumps({
        "program": "PyTorch", "work": options.kernel, "batch": batch, "variant": variant,
        "minimum": round(minimum, 4), "median": round(median, 4), "repetitions": repetitions,
    }))


if __name__ == "__main__":
    main()
