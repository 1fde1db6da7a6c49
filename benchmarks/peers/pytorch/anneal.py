"""
Simulated annealing of the trials of a workload file (Corana, Marchesi, Martini, Ridella 1987), for the Parity network.
All trials move the same coordinate together, and all sequences are presented to their candidates at once, as one batch.
No evaluation ends early, because that saves no time in a batch. Ended trials are removed when they are a quarter of the
batch.

    python3 anneal.py FILE
"""

import sys
import time

import torch

import networks
from workload import Workload, report, seconds_since_start


class Search:
    """The running trials: their points and sequences; trials are the last dimension except in network batches."""

    def __init__(self, workload):
        self.workload = workload
        self.trials = torch.arange(workload.trials)  # [index in the batch]
        self.signs, self.lengths = workload.signs.T.contiguous(), workload.lengths.T.contiguous()  # [trial][p]
        self.inputs = workload.inputs.permute(1, 2, 0).contiguous()  # [t][trial][p]
        self.point = workload.initial_parameters.clone()  # [parameter][trial]
        self.step = torch.full_like(self.point, workload["initial-step"])
        self.accepted = torch.zeros_like(self.point)
        self.temperature, self.last_costs = workload["initial-temperature"], []
        self.find_started_sequences()
        self.cost, self.solved = self.evaluate(self.point)
        self.best, self.best_cost = self.point.clone(), self.cost.clone()
        self.running = ~self.solved

    def keep(self, kept):
        """Removes all trials but the given ones."""
        for name in ("trials", "signs", "lengths", "cost", "best_cost", "solved", "running"):
            setattr(self, name, getattr(self, name)[kept])
        for name in ("point", "step", "accepted", "best", "inputs"):
            setattr(self, name, getattr(self, name)[:, kept])
        self.last_costs = [cost[kept] for cost in self.last_costs]
        self.find_started_sequences()

    def find_started_sequences(self):
        """Finds the sequences that have started, for each step in which some have not."""
        starts = self.workload.length - self.lengths
        self.started = [starts <= t for t in range(int(starts.max()))]

    def evaluate(self, point):
        """The costs of the trials at their points, and which points solve the task."""
        output = networks.parity(point.unsqueeze(-1).unbind(0), self.inputs.unbind(0), self.started)
        cost = (0.5 * (output - self.signs * self.workload.target) ** 2).mean(1)
        return cost, (output * self.signs > 0).all(1) & (cost < self.workload.cost_threshold)

    def move(self, i):
        """Evaluates a candidate for each trial, which differs in one coordinate, and accepts or rejects it."""
        candidate = self.point.clone()
        candidate[i] += (2 * torch.rand(len(self.trials)) - 1) * self.step[i]
        cost_limit = self.cost - self.temperature * torch.log(1 - torch.rand(len(self.trials)))
        candidate_cost, candidate_solved = self.evaluate(candidate)
        is_accepted = candidate_cost <= cost_limit
        self.point[i] = torch.where(is_accepted, candidate[i], self.point[i])
        self.cost = torch.where(is_accepted, candidate_cost, self.cost)
        self.accepted[i] += is_accepted
        is_best = self.cost < self.best_cost
        self.best = torch.where(is_best, self.point, self.best)
        self.best_cost = torch.where(is_best, self.cost, self.best_cost)
        self.solved |= candidate_solved & self.running
        self.running &= ~candidate_solved

    def adjust_steps(self, cycles):
        factor, acceptance_rate = self.workload["step-factor"], self.accepted / cycles
        increased = self.step * (1 + factor * (acceptance_rate - 0.6) / 0.4)
        decreased = self.step / (1 + factor * (0.4 - acceptance_rate) / 0.4)
        not_increased = torch.where(acceptance_rate < 0.4, decreased, self.step)
        self.step = torch.where(acceptance_rate > 0.6, increased, not_increased)
        self.step.clamp_(max=self.workload["largest-step"])
        self.accepted.zero_()

    def cool(self):
        """Lowers the temperature and restarts from the best points; ends trials whose costs no longer change."""
        values, tolerance = int(self.workload["stuck-values"]), self.workload["stuck-tolerance"]
        self.last_costs = [*self.last_costs, self.cost][-values - 1 :]
        if len(self.last_costs) > values:
            unchanged = [(self.cost - earlier).abs() <= tolerance for earlier in self.last_costs]
            self.running &= ~(torch.stack(unchanged).all(0) & (self.cost - self.best_cost <= tolerance))
        self.temperature *= self.workload["cooling"]
        self.point, self.cost = self.best.clone(), self.best_cost.clone()


def anneal(workload):
    """
    Returns the evaluations of each trial, which trials solved the task, and the seconds until the first evaluation.
    """
    cycles, adjustments = int(workload["cycles"]), int(workload["adjustments"])
    budget = workload.budget // workload.sequences
    search = Search(workload)
    first_pass_seconds = seconds_since_start()
    evaluations = torch.ones(workload.trials, dtype=torch.long)
    solved = search.solved.clone()
    evaluation_count = 1  # of every running trial
    while True:
        for _ in range(adjustments):
            for _ in range(cycles):
                for i in range(workload.parameters):
                    running_count = int(search.running.sum())
                    if running_count == 0 or evaluation_count == budget:
                        return evaluations, solved, first_pass_seconds
                    if running_count < 0.75 * len(search.trials):
                        search.keep(search.running)
                    evaluation_count += 1
                    evaluations[search.trials[search.running]] = evaluation_count
                    search.move(i)
                    solved[search.trials[search.solved]] = True
            search.adjust_steps(cycles)
        search.cool()


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    workload = Workload(sys.argv[1])
    start, processor_start = time.perf_counter(), time.process_time()
    with torch.no_grad():
        evaluations, solved, first_pass_seconds = anneal(workload)
    seconds, processor_seconds = time.perf_counter() - start, time.process_time() - processor_start
    presentations = evaluations.sum() * workload.sequences
    report(workload, seconds, processor_seconds, evaluations, solved, presentations, first_pass_seconds)


if __name__ == "__main__":
    main()
