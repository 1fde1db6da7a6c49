// The arithmetic limit of each kernel: the time of its vector operations when none of them depends on another. They are
// interleaved evenly, in several orders; the fastest one counts. No program that performs these operations is faster.
#pragma once

#include "vectors.h"

enum Operation { multiplyAdd, multiply, add, bitAnd, minimum, shift, divide, load, store, operationKinds };

// The numbers of operations of a pass, in the order of Operation. A subtraction counts as an addition, and the sign of
// a tangent as one bit operation.
struct Pass
{
    int counts[operationKinds];
    int units;      // units whose step these operations compute
};

struct Passes
{
    static constexpr Pass none = {{}, 1};
    static constexpr Pass tangent = {{9, 1, 5, 3, 1, 1, 1, 1, 1}, 1};

    // w·x + h; the states of the later step are still in registers in the backward pass.
    static constexpr Pass latchForward = {{10, 1, 5, 3, 1, 1, 1, 1, 1}, 1};
    static constexpr Pass latchBackward = {{2, 2, 0, 0, 0, 0, 0, 1, 0}, 1};

    // 25 weights and five states are read in each pass; only the first unit has an input to which it adds products.
    static constexpr Pass fiveUnitsForward = {{66, 9, 25, 15, 5, 5, 5, 31, 5}, 5};
    static constexpr Pass fiveUnitsBackward = {{50, 10, 0, 0, 0, 0, 0, 30, 0}, 5};

    // Seven weights are read in the forward pass; in the backward pass they are in registers.
    static constexpr Pass parityForward = {{23, 2, 10, 6, 2, 2, 2, 9, 2}, 2};
    static constexpr Pass parityBackward = {{8, 4, 2, 0, 0, 0, 0, 3, 0}, 2};

    // The mixture with the highest rate on processors that add in other units than they multiply.
    static constexpr Pass mixture = {{8, 0, 4, 4, 0, 0, 0, 0, 0}, 16};
    static constexpr Pass onlyMultiplyAdds = {{16}, 16};
    static constexpr Pass onlyDivisions = {{0, 0, 0, 0, 0, 0, 4, 0, 0}, 4};
};

// One operation; `asm` keeps it and its place. Only multiply-adds need a chain: their result is one of their sources.
inline __attribute__((always_inline)) void perform(
    int kind, int number, int count, Vector one, Vector (&sums)[8], Vector *memory)
{
    constexpr int firstStored = 40;     // no store has the address of a load modulo 4096
    Vector unused;
    switch (kind)
    {
        case multiplyAdd: asm volatile("vfmadd231pd %1, %1, %0" : "+v"(sums[number % 8]) : "v"(one)); break;
        case multiply: asm volatile("vmulpd %1, %1, %0" : "=v"(unused) : "v"(one)); break;
        case add: asm volatile("vaddpd %1, %1, %0" : "=v"(unused) : "v"(one)); break;
        case bitAnd: asm volatile("vandpd %1, %1, %0" : "=v"(unused) : "v"(one)); break;
        case minimum: asm volatile("vminpd %1, %1, %0" : "=v"(unused) : "v"(one)); break;
        case shift: asm volatile("vpsllq $51, %1, %0" : "=v"(unused) : "v"(one)); break;
        case divide: asm volatile("vdivpd %1, %1, %0" : "=v"(unused) : "v"(one)); break;
        case load: asm volatile("vmovapd %1, %0" : "=v"(unused) : "m"(memory[number % count])); break;
        case store: asm volatile("vmovapd %1, %0" : "=m"(memory[firstStored + number % count]) : "v"(one)); break;
    }
}

// Performs the operations of a pass: each kind is spread evenly over time, from an offset that depends on the order.
template <const Pass &pass, int order>
__attribute__((noinline)) void repeat(int count)
{
    constexpr int copies = 8;       // so that the loop itself and short chains of multiply-adds do not count
    constexpr int total = []
    {
        int sum = 0;
        for (int kindCount : pass.counts)
            sum += kindCount;
        return sum;
    }();
    alignas(64) static Vector memory[64];
    const Vector one = broadcast(1.0);
    Vector sums[8] = {};
    for (int i = 0; i < count; i += copies)
    {
#pragma GCC unroll 2000
        for (int time = 0; time < copies * total; time++)
        {
#pragma GCC unroll 9
            for (int kind = 0; kind < operationKinds; kind++)
            {
                const int offset = (2 * kind + 1) * (2 * order + 1) * 31 % total;
                const int number = (time * pass.counts[kind] + offset) / total;
                if (((time + 1) * pass.counts[kind] + offset) / total != number)
                    perform(kind, number, pass.counts[kind], one, sums, memory);
            }
        }
    }
}
