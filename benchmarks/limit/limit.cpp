// The limit: LatchLab's kernels, hand-written for AVX-512, with all sizes known at compile time. LatchLab does the same
// work with generic code; this program shows how fast the machine can do it. It is not a coding example.
//
//     g++ -std=c++17 -O3 -march=native -o limit limit.cpp
//     ./limit latch | five-units | tanh        one line of JSON: nanoseconds per unit-step (or tanh)
//     ./limit machine                          nanoseconds of a 512-bit fused multiply-add and of a division, each
//                                              by throughput; gigabytes read per second from each cache
//
// A kernel is first compared with a plain computation (std::tanh, no vectors; tolerance 1e-13).

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "five_units.h"
#include "latch.h"
#include "streams.h"

namespace
{
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Timed as in LatchLab: a warm-up of 100 ms, then repetitions of 1 ms for 400 ms, in ascending order.
template <typename Work>
std::vector<double> nanoseconds(double operations, Work work)
{
    int callsPerRepetition = 0;
    for (const auto start = Clock::now(); milliseconds(start) < 100.0; callsPerRepetition++)
        work();
    callsPerRepetition = std::max(1, callsPerRepetition / 100);
    std::vector<double> results(400);
    for (double &result : results)
    {
        const auto start = Clock::now();
        for (int k = 0; k < callsPerRepetition; k++)
            work();
        result = 1e6 * milliseconds(start) / (callsPerRepetition * operations);
    }

    std::sort(results.begin(), results.end());
    return results;
}

template <typename Kernel>
int measure(const char *name, double operations)
{
    alignas(64) static Kernel kernel;
    kernel.prepare();
    if (!kernel.matchesReference())
    {
        std::fprintf(stderr, "The hand-written kernel %s does not agree with the plain computation.\n", name);
        return 1;
    }

    const std::vector<double> results = nanoseconds(operations, [] { kernel.present(); });
    std::printf(
        "{\"program\":\"limit\",\"work\":\"%s\",\"lane\":\"512\",\"minimum\":%.4f,\"median\":%.4f,"
        "\"repetitions\":%zu}\n",
        name, results.front(), results[results.size() / 2], results.size());
    return 0;
}

double gigabytesPerSecond(int bytes)
{
    const int vectors = bytes / static_cast<int>(sizeof(Vector));
    Vector *const memory = static_cast<Vector *>(std::aligned_alloc(sizeof(Vector), bytes));
    for (int i = 0; i < vectors; i++)
        memory[i] = broadcast(i);
    volatile double sink = 0.0;
    const double minimum = nanoseconds(bytes, [&] { sink = readAll(memory, vectors); }).front();
    std::free(memory);
    return 1.0 / minimum;
}

int measureMachine()
{
    constexpr int count = 1 << 12;
    const double fusedMultiplyAdd = nanoseconds(count, [] { multiplyAndAdd(count); }).front();
    const double division = nanoseconds(count, [] { divide(count); }).front();
    std::printf(
        "{\"program\":\"limit\",\"work\":\"machine\",\"fusedMultiplyAdd\":%.4f,\"divide\":%.4f,"
        "\"gigabytesPerSecond\":{\"16 KB\":%.1f,\"512 KB\":%.1f,\"64 MB\":%.1f}}\n",
        fusedMultiplyAdd, division,
        gigabytesPerSecond(1 << 14), gigabytesPerSecond(1 << 19), gigabytesPerSecond(1 << 26));
    return 0;
}
}

int main(int count, char **arguments)
{
    const char *kernel = count == 2 ? arguments[1] : "";
    if (std::strcmp(kernel, "latch") == 0)
        return measure<Latch>(kernel, Latch::unitSteps);
    if (std::strcmp(kernel, "five-units") == 0)
        return measure<FiveUnits>(kernel, FiveUnits::unitSteps);
    if (std::strcmp(kernel, "tanh") == 0)
        return measure<HyperbolicTangents>(kernel, HyperbolicTangents::numbers);
    if (std::strcmp(kernel, "machine") == 0)
        return measureMachine();
    std::fprintf(stderr, "usage: limit latch|five-units|tanh|machine\n");
    return 2;
}
