// The limit: LatchLab's kernels, hand-written for AVX-512, with all sizes known at compile time. LatchLab does the same
// work with generic code; this program shows how fast the machine can do it. It is not meant as a coding example.
//
//     g++ -std=c++17 -O3 -march=native -o limit limit.cpp
//     ./limit latch | five-units | tanh        one line of JSON: nanoseconds per unit-step (or tangent)
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

double milliseconds(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Timed as in LatchLab: a warm-up of 100 ms, then repetitions of 1 ms for 400 ms, in ascending order.
template <typename Work>
std::vector<double> nanoseconds(double operations, Work work)
{
    int together = 0;
    for (const auto begin = Clock::now(); milliseconds(begin) < 100.0; together++)
        work();
    together = std::max(1, together / 100);
    std::vector<double> results(400);
    for (double &result : results)
    {
        const auto begin = Clock::now();
        for (int k = 0; k < together; k++)
            work();
        result = 1e6 * milliseconds(begin) / (together * operations);
    }

    std::sort(results.begin(), results.end());
    return results;
}

template <typename Kernel>
int measure(const char *name, double operations)
{
    alignas(64) static Kernel kernel;
    kernel.prepare();
    if (!kernel.isRight())
    {
        std::fprintf(stderr, "The hand-written %s disagrees with the plain computation.\n", name);
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
        memory[i] = all(i);
    volatile double sink = 0.0;
    const double best = nanoseconds(bytes, [&] { sink = readAll(memory, vectors); }).front();
    std::free(memory);
    return 1.0 / best;
}

int measureMachine()
{
    constexpr int times = 1 << 12;
    const double product = nanoseconds(times, [] { multiplyAndAdd(times); }).front();
    const double quotient = nanoseconds(times, [] { divide(times); }).front();
    std::printf(
        "{\"program\":\"limit\",\"work\":\"machine\",\"fusedMultiplyAdd\":%.4f,\"divide\":%.4f,"
        "\"gigabytesPerSecond\":{\"16 KB\":%.1f,\"512 KB\":%.1f,\"64 MB\":%.1f}}\n",
        product, quotient, gigabytesPerSecond(1 << 14), gigabytesPerSecond(1 << 19), gigabytesPerSecond(1 << 26));
    return 0;
}
}

int main(int count, char **words)
{
    const char *work = count == 2 ? words[1] : "";
    if (std::strcmp(work, "latch") == 0)
        return measure<Latch>(work, Latch::unitSteps);
    if (std::strcmp(work, "five-units") == 0)
        return measure<FiveUnits>(work, FiveUnits::unitSteps);
    if (std::strcmp(work, "tanh") == 0)
        return measure<Tangents>(work, Tangents::numbers);
    if (std::strcmp(work, "machine") == 0)
        return measureMachine();
    std::fprintf(stderr, "usage: limit latch|five-units|tanh|machine\n");
    return 2;
}
