// The straightforward implementation: plain C++, one trial after the other, std::tanh, vectors of doubles. It uses no
// intrinsics and no manual optimization; only the compiler optimizes it.
//
//     g++ -std=c++17 -O3 -march=native -o plain plain.cpp
//     ./plain kernel latch|parity|fully-connected [T [UNITS]]     one presentation: forward, backward, update
//     ./plain train FILE       trials of a workload file (.../Work/WorkloadFile.cs)
//     ./plain anneal FILE      the same by simulated annealing, for the Parity network
//
// Prints one line of JSON. A unit-step is one neuron, one time step, one trial.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include "annealing.h"
#include "kernel.h"
#include "training.h"

int main(int count, char **arguments)
{
    const auto is = [&](int i, const char *text) { return i < count && std::strcmp(arguments[i], text) == 0; };
    const int length = count > 3 ? std::atoi(arguments[3]) : 100, units = count > 4 ? std::atoi(arguments[4]) : 5;
    if (is(1, "kernel") && is(2, "latch") && length > 3)
    {
        kernel<LatchNeuron>("latch", 1, 3, length, [](int i, int) { return i == 0; });
    }
    else if (is(1, "kernel") && is(2, "parity") && length > 0)
    {
        kernel<ParityNetwork>("parity", 2, 0, length, [](int i, int) { return i == 4; });
    }
    else if (is(1, "kernel") && is(2, "fully-connected") && length > 0 && units > 0)
    {
        kernel<FullyConnected>(
            "fully-connected", units, 0, length, [](int i, int units) { return i % (units + 1) == 0; });
    }
    else if (count == 3 && (is(1, "train") || is(1, "anneal")))
    {
        const Workload workload(arguments[2]);
        const auto start = Clock::now();
        const std::clock_t processorStart = std::clock();
        const Results results = is(1, "anneal") ? anneal(workload)
            : workload.header.at("network") == "latch" ? train<LatchNeuron>(workload)
            : train<FullyConnected>(workload);
        const double processorSeconds = static_cast<double>(std::clock() - processorStart) / CLOCKS_PER_SEC;
        print(workload, results, secondsSince(start), processorSeconds);
    }
    else
    {
        std::fprintf(
            stderr, "usage: plain kernel latch|parity|fully-connected [T [UNITS]], or plain train|anneal FILE\n");
        return 2;
    }
}
