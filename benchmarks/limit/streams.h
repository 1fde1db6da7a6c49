// The maximum speed of the processor: tangents of independent numbers, and the throughput of single instructions.
#pragma once

#include "vectors.h"

// Tangents of 2048 numbers that fit in the L1 cache.
struct Tangents
{
    static constexpr int numbers = 2048;

    Vector arguments[numbers / lanes], results[numbers / lanes];

    void prepare()
    {
        for (int i = 0; i < numbers; i++)
            lane(arguments[i / lanes], i % lanes) = 3.0 * std::sin(i);
    }

    __attribute__((noinline)) void present()
    {
        for (int i = 0; i < numbers / lanes; i++)
            results[i] = hyperbolicTangent(arguments[i]);
    }

    bool isRight()
    {
        present();
        bool right = true;
        for (int i = 0; i < numbers; i++)
            right &= agree(lane(results[i / lanes], i % lanes), std::tanh(lane(arguments[i / lanes], i % lanes)));
        return right;
    }
};

// Eight independent chains of an instruction, each dependent only on its own last result: measures the throughput.
template <typename Operation>
__attribute__((noinline)) void repeat(int times, Operation operation)
{
    Vector a = all(1.0), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
    for (int i = 0; i < times; i += 8)
    {
        a = operation(a), b = operation(b), c = operation(c), d = operation(d);
        e = operation(e), f = operation(f), g = operation(g), h = operation(h);
        asm volatile("" : "+v"(a), "+v"(b), "+v"(c), "+v"(d), "+v"(e), "+v"(f), "+v"(g), "+v"(h));
    }
}

inline void multiplyAndAdd(int times)
{
    const Vector a = all(0.999), b = all(0.001);
    repeat(times, [=](Vector x) { return _mm512_fmadd_pd(x, a, b); });
}

inline void divide(int times)
{
    const Vector a = all(1.001);
    repeat(times, [=](Vector x) { return _mm512_div_pd(a, x); });
}

// Reads the given number of bytes repeatedly.
inline double readAll(const Vector *memory, int vectors)
{
    Vector sums[8] = {};
    for (int i = 0; i < vectors; i += 8)
    {
#pragma GCC unroll 8
        for (int k = 0; k < 8; k++)
            sums[k] = _mm512_add_pd(sums[k], memory[i + k]);
    }

    Vector sum = all(0.0);
    for (const Vector &one : sums)
        sum = _mm512_add_pd(sum, one);
    return _mm512_reduce_add_pd(sum);
}
