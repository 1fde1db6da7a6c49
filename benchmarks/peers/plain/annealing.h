// Simulated annealing of the Parity network.
#pragma once

#include <deque>
#include <random>

#include "work.h"

// Corana, Marchesi, Martini, Ridella 1987: coordinates move in turn by U(−1, 1) times their step. Steps are adjusted
// after some cycles, the temperature after some adjustments, with a new start from the best point. The evaluation of a
// candidate ends when it will certainly be rejected and a sequence was incorrect. A candidate that solves the task ends
// the search.
struct Annealing
{
    const Work &work;
    const int n, sequences;
    const double factor, largest;
    std::mt19937_64 generator;
    std::uniform_real_distribution<double> uniform{0.0, 1.0};
    Numbers point, best, steps;
    std::vector<int> accepted;
    std::deque<double> lastCosts;
    double temperature, cost = INFINITY, bestCost = INFINITY, limit = INFINITY;
    long long presented = 0, leftOut = 0;
    const double *record;
    bool solved = false, stuck = false;

    Annealing(const Work &work, int trial)
        : work(work), n(work.parameters), sequences(work.sequences), factor(work["step-factor"]),
          largest(work["largest-step"]), generator(trial),
          point(work.record(trial), work.record(trial) + n), best(point), steps(n, work["initial-step"]), accepted(n),
          temperature(work["initial-temperature"]), record(work.record(trial) + n)
    {
    }

    // The steps of all sequences: skipped ones count for a candidate as well.
    long long unitStepsOfEvaluation() const
    {
        long long sum = 0;
        for (int p = 0; p < sequences; p++)
            sum += static_cast<int>(record[p * (2 + work.length) + 1]);
        return sum * work.units;
    }

    bool isOver() const { return solved || stuck || presented + sequences > work.budget; }

    double evaluate()
    {
        double sum = 0.0;
        int right = 0;
        for (int p = 0; p < sequences; p++)
        {
            const double *one = record + p * (2 + work.length), sign = one[0];
            const int length = static_cast<int>(one[1]);
            const double output = parity(point, one + 2 + work.length - length, length);
            const double error = output - sign * work.target;
            sum += 0.5 * error * error;
            right += output * sign > 0.0;
            if (sum > limit * sequences && right <= p)
            {
                leftOut += sequences - p - 1;
                break;
            }
        }

        presented += sequences;
        solved = right == sequences && sum / sequences < work.threshold;
        return sum / sequences;
    }

    bool accept(double told)
    {
        if (!(told <= limit))
            return false;
        cost = told;
        if (told < bestCost)
        {
            bestCost = told;
            best = point;
        }

        return true;
    }

    void run()
    {
        accept(evaluate());
        const int adjustments = work["adjustments"], cycles = work["cycles"];
        while (!isOver())
        {
            for (int adjustment = 0; adjustment < adjustments && !isOver(); adjustment++)
            {
                for (int cycle = 0; cycle < cycles && !isOver(); cycle++)
                {
                    for (int i = 0; i < n && !isOver(); i++)
                        move(i);
                }

                adjustSteps(cycles);
            }

            if (!isOver())
                cool();
        }
    }

    void move(int i)
    {
        const double before = point[i];
        point[i] += (2.0 * uniform(generator) - 1.0) * steps[i];
        limit = cost - temperature * std::log(1.0 - uniform(generator));
        if (accept(evaluate()))
            accepted[i]++;
        else
            point[i] = before;
    }

    void adjustSteps(int cycles)
    {
        for (int i = 0; i < n; i++)
        {
            const double share = static_cast<double>(accepted[i]) / cycles;
            if (share > 0.6)
                steps[i] *= 1.0 + factor * (share - 0.6) / 0.4;
            else if (share < 0.4)
                steps[i] /= 1.0 + factor * (0.4 - share) / 0.4;
            steps[i] = std::min(steps[i], largest);
            accepted[i] = 0;
        }
    }

    void cool()
    {
        const double tolerance = work["stuck-tolerance"];
        const std::size_t values = static_cast<std::size_t>(work["stuck-values"]) + 1;
        lastCosts.push_back(cost);
        if (lastCosts.size() > values)
            lastCosts.pop_front();
        stuck = lastCosts.size() == values && cost - bestCost <= tolerance;
        for (double former : lastCosts)
            stuck = stuck && std::abs(cost - former) <= tolerance;
        temperature *= work["cooling"];
        point = best;
        cost = bestCost;
    }
};

static Results anneal(const Work &work)
{
    Results results;
    for (int trial = 0; trial < work.trials; trial++)
    {
        Annealing search(work, trial);
        search.run();
        results.converged += search.solved ? '1' : '0';
        results.presentations += search.presented;
        results.leftOut += search.leftOut;
        results.unitSteps += search.presented / search.sequences * search.unitStepsOfEvaluation();
    }

    return results;
}
