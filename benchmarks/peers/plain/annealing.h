// Simulated annealing of the Parity network.
#pragma once

#include <deque>
#include <random>

#include "workload.h"

// Corana, Marchesi, Martini, Ridella 1987: coordinates move in turn by U(−1, 1) times their step. Steps are adjusted
// after a number of cycles, the temperature after a number of adjustments, with a restart from the best point. The
// evaluation of a candidate ends when it will certainly be rejected and a sequence was incorrect. A candidate that
// solves the task ends the search.
struct Annealing
{
    const Workload &workload;
    const int n, sequences;
    const double stepFactor, largestStep;
    std::mt19937_64 generator;
    std::uniform_real_distribution<double> uniform{0.0, 1.0};
    Numbers point, best, steps;
    std::vector<int> accepted;
    std::deque<double> lastCosts;
    double temperature, cost = INFINITY, bestCost = INFINITY, costLimit = INFINITY;
    long long presentations = 0, skippedPresentations = 0;
    const double *record;
    bool solved = false, stuck = false;

    Annealing(const Workload &workload, int trial)
        : workload(workload), n(workload.parameters), sequences(workload.sequences),
          stepFactor(workload["step-factor"]), largestStep(workload["largest-step"]), generator(trial),
          point(workload.record(trial), workload.record(trial) + n), best(point), steps(n, workload["initial-step"]),
          accepted(n), temperature(workload["initial-temperature"]), record(workload.record(trial) + n)
    {
    }

    // The steps of all sequences, including skipped ones.
    long long unitStepsOfEvaluation() const
    {
        long long sum = 0;
        for (int p = 0; p < sequences; p++)
            sum += static_cast<int>(record[p * (2 + workload.length) + 1]);
        return sum * workload.units;
    }

    bool hasStopped() const { return solved || stuck || presentations + sequences > workload.budget; }

    double evaluate()
    {
        double sum = 0.0;
        int correct = 0;
        for (int p = 0; p < sequences; p++)
        {
            const double *sequence = record + p * (2 + workload.length), sign = sequence[0];
            const int length = static_cast<int>(sequence[1]);
            const double output = parity(point, sequence + 2 + workload.length - length, length);
            const double error = output - sign * workload.target;
            sum += 0.5 * error * error;
            correct += output * sign > 0.0;
            if (sum > costLimit * sequences && correct <= p)
            {
                skippedPresentations += sequences - p - 1;
                break;
            }
        }

        presentations += sequences;
        solved = correct == sequences && sum / sequences < workload.costThreshold;
        return sum / sequences;
    }

    bool accept(double candidateCost)
    {
        if (!(candidateCost <= costLimit))
            return false;
        cost = candidateCost;
        if (candidateCost < bestCost)
        {
            bestCost = candidateCost;
            best = point;
        }

        return true;
    }

    void begin() { accept(evaluate()); }

    void run()
    {
        const int adjustments = workload["adjustments"], cycles = workload["cycles"];
        while (!hasStopped())
        {
            for (int adjustment = 0; adjustment < adjustments && !hasStopped(); adjustment++)
            {
                for (int cycle = 0; cycle < cycles && !hasStopped(); cycle++)
                {
                    for (int i = 0; i < n && !hasStopped(); i++)
                        move(i);
                }

                adjustSteps(cycles);
            }

            if (!hasStopped())
                cool();
        }
    }

    void move(int i)
    {
        const double previousValue = point[i];
        point[i] += (2.0 * uniform(generator) - 1.0) * steps[i];
        costLimit = cost - temperature * std::log(1.0 - uniform(generator));
        if (accept(evaluate()))
            accepted[i]++;
        else
            point[i] = previousValue;
    }

    void adjustSteps(int cycles)
    {
        for (int i = 0; i < n; i++)
        {
            const double acceptanceRate = static_cast<double>(accepted[i]) / cycles;
            if (acceptanceRate > 0.6)
                steps[i] *= 1.0 + stepFactor * (acceptanceRate - 0.6) / 0.4;
            else if (acceptanceRate < 0.4)
                steps[i] /= 1.0 + stepFactor * (0.4 - acceptanceRate) / 0.4;
            steps[i] = std::min(steps[i], largestStep);
            accepted[i] = 0;
        }
    }

    void cool()
    {
        const double tolerance = workload["stuck-tolerance"];
        const std::size_t count = static_cast<std::size_t>(workload["stuck-values"]) + 1;
        lastCosts.push_back(cost);
        if (lastCosts.size() > count)
            lastCosts.pop_front();
        stuck = lastCosts.size() == count && cost - bestCost <= tolerance;
        for (double lastCost : lastCosts)
            stuck = stuck && std::abs(cost - lastCost) <= tolerance;
        temperature *= workload["cooling"];
        point = best;
        cost = bestCost;
    }
};

static Results anneal(const Workload &workload)
{
    Results results;
    for (int trial = 0; trial < workload.trials; trial++)
    {
        Annealing search(workload, trial);
        search.begin();
        if (trial == 0)
            results.firstPassSeconds = secondsSinceStart();
        search.run();
        results.converged += search.solved ? '1' : '0';
        results.presentations += search.presentations;
        results.skippedPresentations += search.skippedPresentations;
        results.unitSteps += search.presentations / search.sequences * search.unitStepsOfEvaluation();
    }

    return results;
}
