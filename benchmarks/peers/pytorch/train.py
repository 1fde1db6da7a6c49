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
from workload import Workload, report, seconds_since_start

LATCH_VARIANTS = {"eager": lambda: networks.latch, "script": networks.scripted_latch}
FULLY_CONNECTED_VARIANTS = {
    "multiply and sum": lambda: networks.multiply_and_sum,
    "multiply and sum, script": lambda: torch.jit.script(networks.multiply_and_sum),
    "baddbmm": lambda: networks.batched_product,
}
VARIANT_TEST_PASSES = 8  # the fastest one counts: a script needs about five to be compiled for all lengths


class Batch:
    """The running trials: their parameters and sequences; trials are the last dimension."""

    def __init__(self, workload, network):
        self.workload, self.network = workload, network
        self.has_trials_first = network is networks.batched_product
        self.trials = torch.arange(workload.trials)  # [index in the batch]
        self.parameters = workload.initial_parameters.clone()
        if workload.afresh:
            self.deviation = workload.deviation
        else:
            self.signs, self.lengths, self.inputs = workload.signs, workload.lengths, workload.inputs
        self.prepare_inputs()

    def keep(self, kept):
        """Removes all trials but the given ones."""
        self.trials, self.parameters = self.trials[kept], self.parameters[:, kept]
        if self.workload.afresh:
            self.deviation = self.deviation[kept]
        else:
            self.signs, self.lengths = self.signs[:, kept], self.lengths[:, kept]
            self.inputs = self.inputs[:, :, kept]
        self.prepare_inputs()

    def prepare_inputs(self):
        """
        Finds where the p-th sequences start, and prepares the inputs of the network. All sequences end at T, and
        shorter ones are padded with zeros.
        """
        workload = self.workload
        if workload.afresh:
            return
        starts = workload.length - self.lengths
        self.earliest_starts, latest_starts = starts.amin(1).tolist(), starts.amax(1).tolist()
        if workload.network == "latch":  # masks [p][t - earliest start]: 1 at the first input, which is trainable
            self.start_masks = [
                [(starts[p] == t).to(torch.float64) for t in range(self.earliest_starts[p], latest_starts[p] + 1)]
                for p in range(workload.sequences)
            ]
        else:  # the input goes to the first unit
            inputs = torch.zeros(workload.sequences, workload.length, workload.units, len(self.trials))
            inputs[:, :, 0] = self.inputs
            self.unit_inputs = inputs.transpose(2, 3).unsqueeze(-1).contiguous() if self.has_trials_first else inputs

    def sign(self, p):
        return self.signs[p] if not self.workload.afresh else torch.tensor(1.0 if p % 2 == 0 else -1.0)

    def forward(self, parameters, p):
        """The outputs at the last step of the p-th sequences."""
        workload = self.workload
        if workload.network != "latch":
            w = parameters.view(workload.units, workload.units, -1)
            if self.has_trials_first:
                w = w.permute(2, 0, 1).contiguous()
            return self.network(w, self.unit_inputs[p, self.earliest_starts[p] :])
        trainable_inputs = parameters[1:].view(2, workload.trainable, -1)  # [class 1, class 0]
        if workload.afresh:
            noise = self.deviation * torch.randn(workload.length - workload.trainable, len(self.trials))
            return self.network(parameters[0], [*trainable_inputs[p % 2].unbind(0), *noise.unbind(0)])
        h = torch.where(self.signs[p] > 0, trainable_inputs[0, 0], trainable_inputs[1, 0])
        inputs = self.inputs[p, self.earliest_starts[p] :].unbind(0)
        start_inputs = [torch.addcmul(u, mask, h) for u, mask in zip(inputs, self.start_masks[p])]
        return self.network(parameters[0], [*start_inputs, *inputs[len(start_inputs) :]])


def find_fastest_variant(workload):
    """
    The name of the variant that is fastest, in CPU time, in the first passes of all trials, and its network, compiled
    and warmed up.
    """
    results = []
    variants = LATCH_VARIANTS if workload.network == "latch" else FULLY_CONNECTED_VARIANTS
    for variant, create_network in variants.items():
        network = create_network()
        batch, seconds = Batch(workload, network), []
        for _ in range(VARIANT_TEST_PASSES):
            start = time.process_time()
            run_pass(batch, torch.full((workload.trials,), workload.rate))
            seconds.append(time.process_time() - start)
        results.append((min(seconds), variant, network))
    return min(results, key=lambda result: result[0])[1:]


def run_pass(batch, rates):
    """
    Presents every sequence once; returns the number of correct outputs and the mean cost of each trial. A rate of 0
    leaves the parameters unchanged.
    """
    workload = batch.workload
    correct, costs = torch.zeros(len(batch.trials)), torch.zeros(len(batch.trials))
    for p in range(workload.sequences):
        sign = batch.sign(p)
        parameters = batch.parameters.requires_grad_()
        output = batch.forward(parameters, p)
        cost = 0.5 * (output - sign * workload.target) ** 2
        (gradient,) = torch.autograd.grad(cost.sum(), parameters)
        with torch.no_grad():
            correct += output * sign > 0
            costs += cost
            batch.parameters = parameters.detach()
            batch.parameters.addcmul_(rates, gradient, value=-1.0)
    return correct, costs / workload.sequences


def train(workload, network):
    """
    Returns passes, training presentations, evaluation presentations, which trials converged, and the seconds until the
    end of the first pass.
    """
    first_pass_seconds = None
    batch = Batch(workload, network)
    passes = torch.zeros(workload.trials, dtype=torch.long)
    converged = torch.zeros(workload.trials, dtype=torch.bool)
    presentations = torch.zeros(workload.trials, dtype=torch.long)
    evaluates_next = torch.zeros(workload.trials, dtype=torch.bool)
    running = torch.ones(workload.trials, dtype=torch.bool)
    while True:
        trials = batch.trials
        was_running, is_evaluation = running[trials], evaluates_next[trials]
        correct, cost = run_pass(batch, torch.where(is_evaluation, 0.0, workload.rate))
        if not passes.any():
            first_pass_seconds = seconds_since_start()
        passes[trials[was_running]] += 1
        presentations[trials[was_running & ~is_evaluation]] += workload.sequences
        all_correct = correct == workload.sequences
        ended = was_running & is_evaluation & all_correct & (cost < workload.cost_threshold)
        converged[trials[ended]] = True
        evaluates_next[trials] = ~is_evaluation & all_correct
        budget_exhausted = presentations[trials] + workload.sequences > workload.budget
        ended |= was_running & ~evaluates_next[trials] & (budget_exhausted | ~torch.isfinite(cost))
        running[trials[ended]] = False
        is_running = running[trials]
        if not is_running.any():
            evaluation_presentations = passes.sum() * workload.sequences - presentations.sum()
            return passes, presentations.sum(), evaluation_presentations, converged, first_pass_seconds
        if is_running.sum() < 0.75 * len(trials):
            batch.keep(is_running)


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    workload = Workload(sys.argv[1])
    test_start = time.perf_counter()
    variant, network = find_fastest_variant(workload)
    test_seconds = time.perf_counter() - test_start
    torch.manual_seed(1)
    start, processor_start = time.perf_counter(), time.process_time()
    passes, presentations, evaluation_presentations, converged, first_pass_seconds = train(workload, network)
    seconds, processor_seconds = time.perf_counter() - start, time.process_time() - processor_start
    if first_pass_seconds is not None:
        first_pass_seconds -= test_seconds  # a user would not test the variants
    report(
        workload, seconds, processor_seconds, passes, converged, presentations, first_pass_seconds,
        evaluation_presentations, variant,
    )


if __name__ == "__main__":
    main()
