"""
Simulated annealing of the trials of a work file (Corana, Marchesi, Martini, Ridella 1987), for the Parity network: all
trials move the same coordinate together, and their candidates are presented all sequences at once, as one batch. No
evaluation ends early here: in a batch that saves nothing.

    python3 anneal.py FILE
"""

import sys
import time

import torch

import networks
from work import Work, report


def anneal(work):
    """Returns the evaluations of each trial, and which trials were solved."""
    trials, sequences, length = work.trials, work.sequences, work.length
    cycles, adjustments = int(work["cycles"]), int(work["adjustments"])
    inputs, signs = work.inputs.permute(1, 2, 0).contiguous(), work.signs.T.contiguous()  # [t][trial][p], [trial][p]
    starts = (length - work.lengths).T  # [trial][p]
    started = [starts <= t for t in range(int(starts.max()))]
    steps = inputs.unbind(0)

    def evaluate(point):
        output = networks.parity(point.unsqueeze(-1).unbind(0), steps, started)
        cost = (0.5 * (output - signs * work.target) ** 2).mean(1)
        return cost, (output * signs > 0).all(1) & (cost < work.threshold)

    point = work.start.clone()  # [parameter][trial]
    step = torch.full_like(point, work["initial-step"])
    evaluations = torch.ones(trials, dtype=torch.long)
    cost, solved = evaluate(point)
    best, best_cost, stuck = point.clone(), cost.clone(), torch.zeros(trials, dtype=torch.bool)
    temperature, ends = work["initial-temperature"], []
    budget = work.budget // sequences
    runs = ~solved
    while True:
        for _ in range(adjustments):
            accepted = torch.zeros_like(point)
            for _ in range(cycles):
                for i in range(work.parameters):
                    if int(evaluations.max()) == budget or not runs.any():
                        return evaluations, solved
                    moved = point.clone()
                    moved[i] += (2 * torch.rand(trials) - 1) * step[i]
                    limit = cost - temperature * torch.log(1 - torch.rand(trials))
                    told, solves = evaluate(moved)
                    evaluations += runs
                    accepts = told <= limit
                    point[i] = torch.where(accepts, moved[i], point[i])
                    cost = torch.where(accepts, told, cost)
                    accepted[i] += accepts
                    better = cost < best_cost
                    best = torch.where(better, point, best)
                    best_cost = torch.where(better, cost, best_cost)
                    solved |= solves & runs
                    runs &= ~solves
            share = accepted / cycles
            longer = step * (1 + work["step-factor"] * (share - 0.6) / 0.4)
            shorter = step / (1 + work["step-factor"] * (0.4 - share) / 0.4)
            step = torch.where(share > 0.6, longer, torch.where(share < 0.4, shorter, step))
            step.clamp_(max=work["largest-step"])
        ends = [*ends, cost][-int(work["stuck-values"]) - 1 :]
        if len(ends) > work["stuck-values"]:
            near = [(cost - former).abs() <= work["stuck-tolerance"] for former in ends]
            stuck = torch.stack(near).all(0) & (cost - best_cost <= work["stuck-tolerance"])
            runs &= ~stuck
        temperature *= work["cooling"]
        point, cost = best.clone(), best_cost.clone()


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
