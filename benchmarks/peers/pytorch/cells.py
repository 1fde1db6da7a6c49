"""
One presentation of an LSTM to a batch of trials: forward, cost 1/2 (y_T - 0.8)^2, autograd, update; or one large LSTM
on many sequences, forward only.

    python3 cells.py own FILE [--batch B] [--variant VARIANT]      every trial has its own parameters
    python3 cells.py shared FILE [--batch B] [--variant VARIANT]   nn.LSTM: all sequences share the parameters
    python3 cells.py forward FILE                                  nn.LSTM without autograd on the sequences of the file

FILE is written by LatchLab (LatchLab.Comparison/Work/CellWork.cs). Outputs and gradients are first compared with
LatchLab's. Tries batches of several sizes and prints the fastest as a line of JSON: nanoseconds per parameter, step and
trial.
"""

import argparse
import ctypes
import json
import sys
import time

import torch

RATE, TARGET, TOLERANCE = 1e-12, 0.8, 1e-11
WARM_UP_SECONDS, MEASUREMENT_SECONDS, MIN_REPETITIONS = 0.1, 0.4, 3
BATCHES = [16, 64, 256, 1024]
MAX_SLOWDOWN = 1.5  # the search ends at a batch that is slower than the fastest one by this factor


def keep_memory():
    """
    Large tensors come from memory that glibc keeps, not from new pages for each operation, which the system has to
    clear: batches of 256 trials are up to ten times as fast.
    """
    top_pad, trim_threshold, mmap_max = -2, -1, -4
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(mmap_max, 0)
        libc.mallopt(trim_threshold, 2**31 - 1)
        libc.mallopt(top_pad, 2**29)


class Work:
    """Lines `name value`, an empty line, then records: parameters, inputs, outputs, gradients."""

    def __init__(self, path):
        with open(path, "rb") as file:
            header, data = file.read().split(b"\n\n", 1)
        header = {name: int(value) for name, value in (line.split(" ") for line in header.decode().splitlines())}
        self.n, self.length, self.records, self.sequences = (
            header[name] for name in ("units", "length", "records", "sequences"))
        counts = [header[name] for name in ("parameters", "inputs", "outputs", "gradients")]
        records = torch.frombuffer(bytearray(data), dtype=torch.float64).reshape(self.records, -1)
        self.parameters, self.inputs, self.outputs, self.gradients = records.split(counts, 1)

    def parts(self, parameters):
        """[W | V | b | r | c] of [record][parameter]."""
        n = self.n
        sizes = [4 * n * n, 4 * n, 4 * n, n, 1]
        return [part.contiguous() for part in parameters.split(sizes, 1)]


def repeat(values, batch):
    """The records, repeated until they are a batch."""
    return values.repeat(-(-batch // len(values)), *[1] * (values.dim() - 1))[:batch].contiguous()


def batched_product(parameters, inputs, n):
    """Recurrent products by `baddbmm` over trials: [trial][row]."""
    w, v, b, r, c = parameters
    batch = len(w)
    w = w.reshape(batch, 4 * n, n)
    h = c_t = torch.zeros(batch, n)
    for u in inputs.unbind(1):
        a = torch.baddbmm(torch.addcmul(b, v, u[:, None]).unsqueeze(2), w, h.unsqueeze(2)).squeeze(2)
        h, c_t = step(a.chunk(4, 1), c_t)
    return (r * h).sum(1) + c[:, 0]


def multiply_and_sum(parameters, inputs, n):
    """Recurrent products element by element, the trials in the last dimension: [row][trial]."""
    w, v, b, r, c = (part.T for part in parameters)
    batch = w.shape[1]
    w = w.reshape(4 * n, n, batch)
    h = c_t = torch.zeros(n, batch)
    for u in inputs.unbind(1):
        a = (w * h).sum(1) + torch.addcmul(b, v, u)
        h, c_t = step(a.chunk(4, 0), c_t)
    return (r * h).sum(0) + c[0]


def step(activations, c):
    i, f, g, o = activations
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


VARIANTS = {"baddbmm": batched_product, "multiply and sum": multiply_and_sum}


def own_parameters(work, variant, batch):
    parameters = [repeat(part, batch).requires_grad_() for part in work.parts(work.parameters)]
    inputs = repeat(work.inputs, batch)
    return parameters, lambda: VARIANTS[variant](parameters, inputs, work.n)


def shared_parameters(work, variant, batch):
    """The parameters of the first record for all sequences."""
    n = work.n
    w, v, b, r, c = (part[0] for part in work.parts(work.parameters))
    lstm = torch.nn.LSTM(1, n)
    lstm.load_state_dict({
        "weight_hh_l0": w.reshape(4 * n, n), "weight_ih_l0": v.reshape(4 * n, 1), "bias_ih_l0": b,
        "bias_hh_l0": torch.zeros(4 * n)})
    r, c = r.clone().requires_grad_(), c.clone().requires_grad_()
    inputs = repeat(work.inputs[:1], batch).T.unsqueeze(2).contiguous()
    parameters = [lstm.weight_hh_l0, lstm.weight_ih_l0, lstm.bias_ih_l0, r, c, lstm.bias_hh_l0]
    return parameters, lambda: lstm(inputs)[1][0][0] @ r + c


def differentiate(parameters, outputs):
    return torch.autograd.grad(0.5 * ((outputs - TARGET) ** 2).sum(), parameters)


def check(actual, expected):
    difference = (actual - expected).abs().max().item()
    if not difference <= TOLERANCE * max(1.0, expected.abs().max().item()):
        sys.exit(f"PyTorch does not agree with LatchLab: a difference of {difference}")


def check_training(work, prepare, variant, count):
    """Compares outputs and gradients of the first records, whose sums over a batch of one record are its own."""
    parameters, forward = prepare(work, variant, count)
    outputs = forward()
    check(outputs.detach(), work.outputs[:count, 0])
    gradients = [gradient.reshape(count, -1) for gradient in differentiate(parameters, outputs)[:5]]
    check(torch.cat(gradients, 1), work.gradients[:count])


def measure(present, operations):
    """Nanoseconds of an operation: median and minimum. CPU time: other load on the machine does not count."""
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
    return 1e9 * seconds[len(seconds) // 2] / operations, 1e9 * seconds[0] / operations


def train(work, prepare, variants, batches):
    count = work.parameters.shape[1]
    for variant in variants:
        check_training(work, prepare, variant, 1 if prepare is shared_parameters else work.records)
        fastest = float("inf")
        for batch in batches:
            parameters, forward = prepare(work, variant, batch)

            def present():
                gradients = differentiate(parameters, forward())
                with torch.no_grad():
                    for parameter, gradient in zip(parameters, gradients):
                        parameter.sub_(gradient, alpha=RATE)

            times = measure(present, batch * work.length * count)
            yield times, batch, variant
            if times[0] > MAX_SLOWDOWN * fastest:
                break
            fastest = min(fastest, times[0])


def run_forward(work):
    n, parameters = work.n, work.parameters[0]
    w, v, b = parameters[: 4 * n * (n + 2)].split([4 * n * n, 4 * n, 4 * n])
    lstm = torch.nn.LSTM(1, n)
    lstm.load_state_dict({
        "weight_hh_l0": w.reshape(4 * n, n), "weight_ih_l0": v.reshape(4 * n, 1), "bias_ih_l0": b,
        "bias_hh_l0": torch.zeros(4 * n)})
    inputs = work.inputs[0].reshape(work.sequences, work.length).T.unsqueeze(2).contiguous()
    with torch.no_grad():
        check(lstm(inputs)[1][0][0], work.outputs[0].reshape(work.sequences, n))
        times = measure(lambda: lstm(inputs), len(parameters) * work.length * work.sequences)
    return times, work.sequences, "nn.LSTM"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["own", "shared", "forward"])
    parser.add_argument("file")
    parser.add_argument("--batch", type=int)
    parser.add_argument("--variant")
    options = parser.parse_args()
    keep_memory()
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    work = Work(options.file)
    batches = [options.batch] if options.batch else BATCHES
    if options.command == "own":
        variants = [options.variant] if options.variant else VARIANTS
        results = train(work, own_parameters, variants, batches)
    elif options.command == "shared":
        results = train(work, shared_parameters, ["nn.LSTM"], batches)
    else:
        results = [run_forward(work)]
    (median, minimum), batch, variant = min(results)
    print(json.dumps({
        "program": "PyTorch", "batch": batch, "variant": variant, "minimum": round(minimum, 5),
        "median": round(median, 5)}))


if __name__ == "__main__":
    main()
