"""
Trains the trials of a workload file as one batch, on-line by back-propagation through time. A trial has converged when
all sequences are correct in a pass, and then correct with a small mean cost in a pass with constant parameters. Ended
trials are removed when they are a quarter of the batch. The variant of the network is the fastest one in a short test
on this workload.

    python3 train.py FILE
"""

import sys
import time

import torch

import networks
from work import Work, report

LATCH_WAYS = {"eager": lambda: networks.latch, "script": networks.scripted_latch}
CONNECTED_WAYS = {
    "multiply and sum": lambda: networks.multiply_and_sum,
    "multiply and sum, script": lambda: torch.jit.script(networks.multiply_and_sum),
    "baddbmm": lambda: networks.batched_product,
}
TRIED_PASSES = 8  # the fastest one counts: a script needs about five to be compiled for all lengths


class Batch:
    """The running trials: their parameters and sequences; trials are the last dimension."""

    def __init__(self, work, network):
        self.work, self.network = work, network
        self.trials_first = network is networks.batched_product
        self.number = torch.arange(work.trials)
        self.parameters = work.start.clone()
        if work.afresh:
            self.deviation = work.deviation
        else:
            self.signs, self.lengths, self.inputs = work.signs, work.lengths, work.inputs
        self.survey()

    def keep(self, which):
        """Keeps only the given trials."""
        self.number, self.parameters = self.number[which], self.parameters[:, which]
        if self.work.afresh:
            self.deviation = self.deviation[which]
        else:
            self.signs, self.lengths = self.signs[:, which], self.lengths[:, which]
            self.inputs = self.inputs[:, :, which]
        self.survey()

    def survey(self):
        """Finds where the p-th sequences begin: they all end at T, and shorter ones are padded with zeros."""
        work, size = self.work, len(self.number)
        if work.afresh:
            return
        starts = work.length - self.lengths
        self.earliest, self.latest = starts.amin(1).tolist(), starts.amax(1).tolist()
        if work.network == "latch":  # the first input of a sequence is a parameter: its position
            self.first = [
                [(starts[p] == t).to(torch.float64) for t in range(self.earliest[p], self.latest[p] + 1)]
                for p in range(work.sequences)
            ]
        else:  # the input goes to the first unit
            spread = torch.zeros(work.sequences, work.length, work.units, size)
            spread[:, :, 0] = self.inputs
            self.spread = spread.transpose(2, 3).unsqueeze(-1).contiguous() if self.trials_first else spread

    def sign(self, p):
        return self.signs[p] if not self.work.afresh else torch.tensor(1.0 if p % 2 == 0 else -1.0)

    def forward(self, parameters, p):
        """The outputs at the last step of the p-th sequences."""
        work = self.work
        if work.network != "latch":
            w = parameters.view(work.units, work.units, -1)
            if self.trials_first:
                w = w.permute(2, 0, 1).contiguous()
            return self.network(w, self.spread[p, self.earliest[p] :])
        own = parameters[1:].view(2, work.trainable, -1)  # [class 1, class 0]
        if work.afresh:
            noise = self.deviation * torch.randn(work.length - work.trainable, len(self.number))
            return self.network(parameters[0], [*own[p % 2].unbind(0), *noise.unbind(0)])
        h = torch.where(self.signs[p] > 0, own[0, 0], own[1, 0])
        inputs = self.inputs[p, self.earliest[p] :].unbind(0)
        opening = [torch.addcmul(u, first, h) for u, first in zip(inputs, self.first[p])]
        return self.network(parameters[0], [*opening, *inputs[len(opening) :]])


def fastest_way(work):
    """
    The name of the variant that is fastest, in CPU time, in the first passes of all trials, and its network, compiled
    and warmed up.
    """
    tried = []
    for variant, make in (LATCH_WAYS if work.network == "latch" else CONNECTED_WAYS).items():
        network = make()
        batch, seconds = Batch(work, network), []
        for _ in range(TRIED_PASSES):
            begin = time.process_time()
            run_pass(batch, torch.full((work.trials,), work.rate))
            seconds.append(time.process_time() - begin)
        tried.append((min(seconds), variant, network))
    return min(tried, key=lambda one: one[0])[1:]


def run_pass(batch, rates):
    """Presents every sequence once and returns correct outputs and costs by trial; a rate of 0 keeps parameters."""
    work = batch.work
    right, costs = torch.zeros(len(batch.number)), torch.zeros(len(batch.number))
    for p in range(work.sequences):
        sign = batch.sign(p)
        parameters = batch.parameters.requires_grad_()
        output = batch.forward(parameters, p)
        cost = 0.5 * (output - sign * work.target) ** 2
        (gradient,) = torch.autograd.grad(cost.sum(), parameters)
        with torch.no_grad():
            right += output * sign > 0
            costs += cost
            batch.parameters = parameters.detach()
            batch.parameters.addcmul_(rates, gradient, value=-1.0)
    return right, costs / work.sequences


def train(work, network):
    """Returns passes, training presentations, evaluation presentations, and which trials converged."""
    batch = Batch(work, network)
    passes = torch.zeros(work.trials, dtype=torch.long)
    converged = torch.zeros(work.trials, dtype=torch.bool)
    taught = torch.zeros(work.trials, dtype=torch.long)
    judges = torch.zeros(work.trials, dtype=torch.bool)
    runs = torch.ones(work.trials, dtype=torch.bool)
    while True:
        now, held = batch.number, judges[batch.number]
        right, cost = run_pass(batch, torch.where(held, 0.0, work.rate))
        alive = runs[now]
        passes[now[alive]] += 1
        taught[now[alive & ~held]] += work.sequences
        solved = right == work.sequences
        ended = alive & held & solved & (cost < work.threshold)
        converged[now[ended]] = True
        judges[now] = ~held & solved
        ended |= alive & ~judges[now] & ((taught[now] + work.sequences > work.budget) | ~torch.isfinite(cost))
        runs[now[ended]] = False
        left = runs[now]
        if not left.any():
            return passes, taught.sum(), passes.sum() * work.sequences - taught.sum(), converged
        if left.sum() < 0.75 * len(now):
            batch.keep(left)


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    work = Work(sys.argv[1])
    variant, network = fastest_way(work)
    torch.manual_seed(1)
    begin, processor = time.perf_counter(), time.process_time()
    passes, taught, judged, converged = train(work, network)
    seconds, processor_seconds = time.perf_counter() - begin, time.process_time() - processor
    report(work, seconds, processor_seconds, passes, converged, taught, judged, variant)


if __name__ == "__main__":
    main()
