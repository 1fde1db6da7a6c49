// Repeated on-line presentations to 64 trials: forward, cost 1/2 (x_T - 0.8)^2, backward, update.
#pragma once

#include <chrono>
#include <cstdio>

#include "networks.h"

using Clock = std::chrono::steady_clock;

static double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <class Network>
static void kernel(
    const char *name, int units, int trainable, int length, bool (*isSelfLoop)(int parameter, int units))
{
    constexpr int trials = 64;
    Numbers inputs(length);
    for (int t = 0; t < length; t++)
        inputs[t] = 0.1 * std::sin(t);
    std::vector<Network> networks(trials, Network(units, trainable, length));
    for (Network &network : networks)
    {
        const int count = static_cast<int>(network.parameters.size());
        for (int i = 0; i < count; i++)
            network.parameters[i] = isSelfLoop(i, units) ? 1.25 : 0.1 * std::sin(7.0 * i);
    }

    const auto present = [&]
    {
        for (Network &network : networks)
        {
            const double error = network.forward(inputs.data(), length, 1.0) - 0.8;
            network.backward(length, 1.0, error);
            for (std::size_t i = 0; i < network.parameters.size(); i++)
                network.parameters[i] -= 1e-12 * network.gradient[i];
        }
    };

    // A warm-up of 100 ms, then repetitions for 400 ms.
    int warmUps = 0;
    for (const auto start = Clock::now(); secondsSince(start) < 0.1; warmUps++)
        present();
    Numbers nanoseconds(std::max(9, 4 * warmUps));
    for (double &result : nanoseconds)
    {
        const auto start = Clock::now();
        present();
        result = 1e9 * secondsSince(start) / (static_cast<double>(trials) * length * units);
    }

    std::sort(nanoseconds.begin(), nanoseconds.end());
    std::printf(
        "{\"program\":\"plain C++\",\"work\":\"%s\",\"minimum\":%.4f,\"median\":%.4f,\"repetitions\":%zu}\n",
        name, nanoseconds.front(), nanoseconds[nanoseconds.size() / 2], nanoseconds.size());
}
