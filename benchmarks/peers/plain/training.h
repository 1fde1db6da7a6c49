// On-line training by back-propagation through time until the convergence rule ends a trial.
#pragma once

#include <random>

#include "workload.h"

struct PassResult
{
    int correct = 0;
    double cost = 0.0;
    long long steps = 0;
};

// The training sequences of a trial; with noise drawn afresh, every presentation draws new inputs.
struct Sequences
{
    const Workload &workload;
    const double *record;
    double deviation;
    std::mt19937_64 generator;
    std::normal_distribution<double> normal;
    Numbers drawnInputs;

    Sequences(const Workload &workload, int trial)
        : workload(workload), record(workload.record(trial) + workload.parameters),
          deviation(workload.afresh ? record[0] : 0.0), generator(trial), drawnInputs(workload.length)
    {
    }

    // Returns the inputs of the p-th sequence.
    const double *next(int p, double &sign, int &length)
    {
        if (!workload.afresh)
        {
            const double *sequence = record + p * (2 + workload.length);
            sign = sequence[0];
            length = static_cast<int>(sequence[1]);
            return sequence + 2 + workload.length - length;
        }

        sign = p % 2 == 0 ? 1.0 : -1.0;
        length = workload.length;
        for (int t = workload.trainable; t < length; t++)
            drawnInputs[t] = deviation * normal(generator);
        return drawnInputs.data();
    }
};

// Presents every sequence once; the update is on-line, after each presentation. A rate of 0 leaves the parameters
// unchanged.
template <class Network>
static PassResult runPass(Network &network, Sequences &sequences, const Workload &workload, double rate)
{
    PassResult result;
    for (int p = 0; p < workload.sequences; p++)
    {
        double sign;
        int length;
        const double *inputs = sequences.next(p, sign, length);
        const double output = network.forward(inputs, length, sign), error = output - sign * workload.target;
        result.correct += output * sign > 0.0;
        result.cost += 0.5 * error * error;
        result.steps += length;
        if (rate > 0.0)
        {
            network.backward(length, sign, error);
            for (int i = 0; i < workload.parameters; i++)
                network.parameters[i] -= rate * network.gradient[i];
        }
    }

    return result;
}

// Trains until all sequences were correct in a pass, then evaluates them in a pass with constant parameters.
template <class Network>
static Results train(const Workload &workload)
{
    Results results;
    Network network(workload.units, workload.trainable, workload.length);
    const double rate = workload["rate"];
    for (int trial = 0; trial < workload.trials; trial++)
    {
        Sequences sequences(workload, trial);
        std::copy_n(workload.record(trial), workload.parameters, network.parameters.begin());
        bool converged = false;
        for (int presentations = 0; presentations + workload.sequences <= workload.budget && !converged;)
        {
            const PassResult training = runPass(network, sequences, workload, rate);
            if (results.presentations == 0)
                results.firstPassSeconds = secondsSinceStart();
            presentations += workload.sequences;
            results.presentations += workload.sequences;
            results.unitSteps += training.steps * workload.units;
            if (!std::isfinite(training.cost))
                break;
            if (training.correct < workload.sequences)
                continue;
            const PassResult evaluation = runPass(network, sequences, workload, 0.0);
            results.evaluationPresentations += workload.sequences;
            results.unitSteps += evaluation.steps * workload.units;
            converged = evaluation.correct == workload.sequences
                && evaluation.cost / workload.sequences < workload.costThreshold;
        }

        results.converged += converged ? '1' : '0';
    }

    return results;
}
