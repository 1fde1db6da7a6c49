"""
Simulated annealing of the trials of a workload file (Corana, Marchesi, Martini, Ridella 1987), for the Parity network.
All trials move the same coordinate together, and all sequences are presented to their candidates at once, as one batch.
No evaluation ends early, because that saves nothing in a batch. Ended trials are removed when they are a quarter of the
batch.

    python3 anneal.py FILE
"""

import sys
import time

import torch

import networks
from work import Work, report


class Search:
    """The running trials: their points and sequences; trials are the last dimension except in network batches."""

    def __init__(self, work):
        self.work = work
        self.number = torch.arange(work.trials)
        self.signs, self.lengths = work.signs.T.contiguous(), work.lengths.T.contiguous()  # [trial][p]
        self.inputs = work.inputs.permute(1, 2, 0).contiguous()  # [t][trial][p]
        self.point = work.start.clone()  # [parameter][trial]
        self.step = torch.full_like(self.point, work["initial-step"])
        self.accepted = torch.zeros_like(self.point)
        self.temperature, self.ends = work["initial-temperature"], []
        self.survey()
        self.cost, self.solved = self.evaluate(self.point)
        self.best, self.best_cost = self.point.clone(), self.cost.clone()
        self.runs = ~self.solved

    def keep(self, which):
        """Keeps only the given trials."""
        for name in ("number", "signs", "lengths", "cost", "best_cost", "solved", "runs"):
            setattr(self, name, getattr(self, name)[which])
        for name in ("point", "step", "accepted", "best", "inputs"):
            setattr(self, name, getattr(self, name)[:, which])
        self.ends = [cost[which] for cost in self.ends]
        self.survey()

    def survey(self):
        """For the steps in which not all sequences have begun: which ones have."""
        starts = self.work.length - self.lengths
        self.started = [starts <= t for t in range(int(starts.max()))]

    def evaluate(self, point):
        """The costs of the trials at their points, and which points solve the task."""
        output = networks.parity(point.unsqueeze(-1).unbind(0), self.inputs.unbind(0), self.started)
        cost = (0.5 * (output - self.signs * self.work.target) ** 2).mean(1)
        return cost, (output * self.signs > 0).all(1) & (cost < self.work.threshold)

    def move(self, i):
        """A candidate for each trial, which differs in one coordinate."""
        trials = len(self.number)
        moved = self.point.clone()
        moved[i] += (2 * torch.rand(trials) - 1) * self.step[i]
        limit = self.cost - self.temperature * torch.log(1 - torch.rand(trials))
        told, solves = self.evaluate(moved)
        accepts = told <= limit
        self.point[i] = torch.where(accepts, moved[i], self.point[i])
        self.cost = torch.where(accepts, told, self.cost)
        self.accepted[i] += accepts
        better = self.cost < self.best_cost
        self.best = torch.where(better, self.point, self.best)
        self.best_cost = torch.where(better, self.cost, self.best_cost)
        self.solved |= solves & self.runs
        self.runs &= ~solves

    def adjust_steps(self, cycles):
        factor, share = self.work["step-factor"], self.accepted / cycles
        longer = self.step * (1 + factor * (share - 0.6) / 0.4)
        shorter = self.step / (1 + factor * (0.4 - share) / 0.4)
        self.step = torch.where(share > 0.6, longer, torch.where(share < 0.4, shorter, self.step))
        self.step.clamp_(max=self.work["largest-step"])
        self.accepted.zero_()

    def cool(self):
        """Lowers the temperature and restarts from the best points; ends trials whose costs no longer change."""
        values, tolerance = int(self.work["stuck-values"]), self.work["stuck-tolerance"]
        self.ends = [*self.ends, self.cost][-values - 1 :]
        if len(self.ends) > values:
            near = [(self.cost - former).abs() <= tolerance for former in self.ends]
            self.runs &= ~(torch.stack(near).all(0) & (self.cost - self.best_cost <= tolerance))
        self.temperature *= self.work["cooling"]
        self.point, self.cost = self.best.clone(), self.best_cost.clone()


def anneal(work):
    """Returns the evaluations of each trial, and which trials solved the task."""
    cycles, adjustments = int(work["cycles"]), int(work["adjustments"])
    budget = work.budget // work.sequences
    search = Search(work)
    evaluations = torch.ones(work.trials, dtype=torch.long)
    solved = search.solved.clone()
    made = 1  # evaluations of every running trial
    while True:
        for _ in range(adjustments):
            for _ in range(cycles):
                for i in range(work.parameters):
                    left = int(search.runs.sum())
                    if left == 0 or made == budget:
                        return evaluations, solved
                    if left < 0.75 * len(search.number):
                        search.keep(search.runs)
                    made += 1
                    evaluations[search.number[search.runs]] = made
                    search.move(i)
                    solved[search.number[search.solved]] = True
            search.adjust_steps(cycles)
        search.cool()


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(1)
    work = Work(sys.argv[1])
    begin, processor = time.perf_counter(), time.process_time()
    with torch.no_grad():
        evaluations, solved = anneal(work)
    seconds, processor_seconds = time.perf_counter() - begin, time.process_time() - processor
    report(work, seconds, processor_seconds, evaluations, solved, evaluations.sum() * work.sequences)


if __name__ == "__main__":
    main()
