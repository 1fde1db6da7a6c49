// On-line training by back-propagation through time until the convergence rule ends a trial.
#pragma once

#include <random>

#include "work.h"

struct Pass
{
    int right = 0;
    double cost = 0.0;
    long long steps = 0;
};

// The training sequences of a trial; noise drawn afresh has T new steps at every presentation.
struct Sequences
{
    const Work &work;
    const double *record;
    double deviation;
    std::mt19937_64 generator;
    std::normal_distribution<double> normal;
    Numbers drawn;

    Sequences(const Work &work, int trial)
        : work(work), record(work.record(trial) + work.parameters), deviation(work.afresh ? record[0] : 0.0),
          generator(trial), drawn(work.length)
    {
    }

    const double *take(int p, double &sign, int &length)
    {
        if (!work.afresh)
        {
            const double *one = record + p * (2 + work.length);
            sign = one[0];
            length = static_cast<int>(one[1]);
            return one + 2 + work.length - length;
        }

        sign = p % 2 == 0 ? 1.0 : -1.0;
        length = work.length;
        for (int t = work.trainable; t < length; t++)
            drawn[t] = deviation * normal(generator);
        return drawn.data();
    }
};

// Presents every sequence once; the update is on-line, after each presentation.
template <class Network>
static Pass pass(Network &network, Sequences &sequences, const Work &work, double rate)
{
    Pass result;
    for (int p = 0; p < work.sequences; p++)
    {
        double sign;
        int length;
        const double *inputs = sequences.take(p, sign, length);
        const double output = network.forward(inputs, length, sign), error = output - sign * work.target;
        result.right += output * sign > 0.0;
        result.cost += 0.5 * error * error;
        result.steps += length;
        if (rate > 0.0)
        {
            network.backward(length, sign, error);
            for (int i = 0; i < work.parameters; i++)
                network.parameters[i] -= rate * network.gradient[i];
        }
    }

    return result;
}

// Trains until all sequences were correct in a pass, then evaluates once more with constant parameters.
template <class Network>
static Results train(const Work &work)
{
    Results results;
    Network network(work.units, work.trainable, work.length);
    const double rate = work["rate"];
    for (int trial = 0; trial < work.trials; trial++)
    {
        Sequences sequences(work, trial);
        std::copy_n(work.record(trial), work.parameters, network.parameters.begin());
        bool converged = false;
        for (int presented = 0; presented + work.sequences <= work.budget && !converged;)
        {
            const Pass learning = pass(network, sequences, work, rate);
            presented += work.sequences;
            results.presentations += work.sequences;
            results.unitSteps += learning.steps * work.units;
            if (!std::isfinite(learning.cost))
                break;
            if (learning.right < work.sequences)
                continue;
            const Pass judged = pass(network, sequences, work, 0.0);
            results.judging += work.sequences;
            results.unitSteps += judged.steps * work.units;
            converged = judged.right == work.sequences && judged.cost / work.sequences < work.threshold;
        }

        results.converged += converged ? '1' : '0';
    }

    return results;
}
