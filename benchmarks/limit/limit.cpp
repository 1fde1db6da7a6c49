// The limit: LatchLab's kernels, hand-written for AVX-512, with all sizes known at compile time. LatchLab does the same
// work with generic code; this program shows how fast the machine can do it. It is not a coding example.
//
//     g++ -std=c++17 -O3 -march=native -o limit limit.cpp
//     ./limit latch | five-units | parity | tanh     one line of JSON: nanoseconds per unit-step (or tanh)
//     ./limit lstm FILE                              likewise: nanoseconds per parameter-step
//     ./limit machine                                the arithmetic limits of these kernels; nanoseconds of a 512-bit
//                                                    fused multiply-add, a division and an operation of a mixture,
//                                                    each by throughput; gigabytes read per second from each cache
//
// A kernel is first compared with a plain computation (std::tanh, no vectors), or with LatchLab's numbers in the file;
// tolerance 1e-13.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <type_traits>
#include <vector>

#include "five_units.h"
#include "latch.h"
#include "lstm.h"
#include "operations.h"
#include "parity.h"
#include "streams.h"

namespace
{
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

constexpr double warmUp = 100.0, shortWarmUp = 10.0;     // milliseconds

// Timed as in LatchLab: a warm-up, then repetitions of 1 ms for four times as long, in ascending order.
template <typename Work>
std::vector<double> nanoseconds(double operations, Work work, double warmUpMilliseconds = warmUp)
{
    int calls = 0;
    for (const auto start = Clock::now(); milliseconds(start) < warmUpMilliseconds; calls++)
        work();
    const int callsPerRepetition = std::max(1, static_cast<int>(calls / warmUpMilliseconds));
    std::vector<double> results(static_cast<int>(4 * warmUpMilliseconds));
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
    std::printf("{\"program\":\"limit\",\"work\":\"%s\",\"lane\":\"512\",", name);
    if constexpr (!std::is_same_v<Kernel, HyperbolicTangents>)
    {
        std::printf(
            "\"forwardMinimum\":%.4f,\"backwardMinimum\":%.4f,",
            nanoseconds(operations, [] { kernel.forward(); }).front(),
            nanoseconds(operations, [] { kernel.backward(); }).front());
    }

    std::printf(
        "\"minimum\":%.4f,\"median\":%.4f,\"repetitions\":%zu}\n",
        results.front(), results[results.size() / 2], results.size());
    return 0;
}

template <int n>
int measureLstm(const CellWork &work)
{
    alignas(64) static Lstm<n> kernel;
    kernel.prepare(work);
    if (work["length"] != length || work["parameters"] != Lstm<n>::parameterCount || !kernel.matches(work))
    {
        std::fprintf(stderr, "The hand-written LSTM of %d cells does not agree with LatchLab.\n", n);
        return 1;
    }

    const std::vector<double> results = nanoseconds(Lstm<n>::operations, [] { kernel.present(); });
    std::printf(
        "{\"program\":\"limit\",\"work\":\"lstm-%d\",\"lane\":\"512\",\"forwardMinimum\":%.4f,"
        "\"backwardMinimum\":%.4f,\"minimum\":%.4f,\"median\":%.4f,\"repetitions\":%zu}\n",
        n, nanoseconds(Lstm<n>::operations, [] { kernel.forward(); }).front(),
        nanoseconds(Lstm<n>::operations, [] { kernel.backward(); }).front(),
        results.front(), results[results.size() / 2], results.size());
    return 0;
}

int measureLstm(const char *path)
{
    const CellWork work(path);
    switch (work["units"])
    {
        case 5: return measureLstm<5>(work);
        case 8: return measureLstm<8>(work);
        case 16: return measureLstm<16>(work);
    }

    std::fprintf(stderr, "lstm: 5, 8 or 16 cells\n");
    return 2;
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

// Nanoseconds of a pass for eight trials of a unit: the fastest of several orders of its operations.
template <const Pass &pass, int order = 0>
double passNanoseconds()
{
    constexpr int count = 1 << 8, orders = 6;
    const double own = nanoseconds(count * pass.units, [] { repeat<pass, order>(count); }, shortWarmUp).front();
    if constexpr (order + 1 < orders)
        return std::min(own, passNanoseconds<pass, order + 1>());
    else
        return own;
}

// The arithmetic limit of a kernel. The passes add up: the backward pass needs the last state of the forward pass.
template <const Pass &forward, const Pass &backward>
void printLimit(const char *kernel, const char *end)
{
    std::printf(
        "\"%s\":{\"forward\":%.4f,\"backward\":%.4f}%s", kernel, passNanoseconds<forward>() / lanes,
        passNanoseconds<backward>() / lanes, end);
}

int measureMachine()
{
    std::printf("{\"program\":\"limit\",\"work\":\"machine\",\"kernels\":{");
    printLimit<Passes::latchForward, Passes::latchBackward>("latch", ",");
    printLimit<Passes::fiveUnitsForward, Passes::fiveUnitsBackward>("five-units", ",");
    printLimit<Passes::parityForward, Passes::parityBackward>("parity", ",");
    printLimit<Passes::tangent, Passes::none>("tanh", "},");
    std::printf(
        "\"fusedMultiplyAdd\":%.4f,\"divide\":%.4f,\"mixedOperation\":%.4f,"
        "\"gigabytesPerSecond\":{\"16 KB\":%.1f,\"512 KB\":%.1f,\"64 MB\":%.1f}}\n",
        passNanoseconds<Passes::onlyMultiplyAdds>(), passNanoseconds<Passes::onlyDivisions>(),
        passNanoseconds<Passes::mixture>(),
        gigabytesPerSecond(1 << 14), gigabytesPerSecond(1 << 19), gigabytesPerSecond(1 << 26));
    return 0;
}
}

int main(int count, char **arguments)
{
    if (count == 3 && std::strcmp(arguments[1], "lstm") == 0)
        return measureLstm(arguments[2]);
    const char *kernel = count == 2 ? arguments[1] : "";
    if (std::strcmp(kernel, "latch") == 0)
        return measure<Latch>(kernel, Latch::unitSteps);
    if (std::strcmp(kernel, "five-units") == 0)
        return measure<FiveUnits>(kernel, FiveUnits::unitSteps);
    if (std::strcmp(kernel, "parity") == 0)
        return measure<Parity>(kernel, Parity::unitSteps);
    if (std::strcmp(kernel, "tanh") == 0)
        return measure<HyperbolicTangents>(kernel, HyperbolicTangents::numbers);
    if (std::strcmp(kernel, "machine") == 0)
        return measureMachine();
    std::fprintf(stderr, "usage: limit latch|five-units|parity|tanh|machine, or limit lstm FILE\n");
    return 2;
}
