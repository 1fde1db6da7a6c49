// The limit: the latching neuron of Figure 1(a), x_t = tanh(w·x_{t−1} + h_t), T = 100 steps, by hand for AVX-512.
// One on-line presentation to 64 trials, a lane a trial: forward, cost ½(x_T − d)², back-propagation through time to w
// and to the first three inputs, which are parameters, then the update. LatchLab does the same work from one generic
// text; this program says how fast the machine can do it. It is no model of how to write it: nothing here can change.
//
//     g++ -std=c++17 -O3 -march=native -o latch latch.cpp && ./latch
//
// It first compares its results with a plain computation (std::tanh, no vectors), then prints one line of JSON:
// nanoseconds of a unit-step (one neuron, one step, one trial; forward and back) over many repetitions.

#include <immintrin.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>

#if !defined(__AVX512F__) || !defined(__AVX512DQ__)
#error "This program needs AVX-512 (F and DQ); compile with -march=native on a machine that has it."
#endif

namespace
{
using Vector = __m512d;

constexpr int length = 100;     // T
constexpr int trainable = 3;    // L
constexpr int lanes = 8;        // trials in a vector
constexpr int bundles = 8;      // vectors in flight: a step of one waits for its last, meanwhile the others run
constexpr double target = 0.8;
constexpr double rate = 1e-12;  // so small that every presentation is like the first

inline Vector all(double value) { return _mm512_set1_pd(value); }
inline Vector bits(std::int64_t value) { return _mm512_castsi512_pd(_mm512_set1_epi64(value)); }

// The algorithm of LatchLab's Elementary.Tanh, operation by operation; it is explained there.
inline __attribute__((always_inline)) Vector hyperbolicTangent(Vector x)
{
    const Vector sign = _mm512_and_pd(x, all(-0.0));
    const Vector size = _mm512_min_pd(all(300.0), _mm512_and_pd(x, bits(INT64_MAX)));

    const Vector shift = all(6755399441055744.0 + 2 * 1022);    // 1.5·2^52, exponent bias
    const Vector shifted = _mm512_and_pd(_mm512_fmadd_pd(size, all(5.7707801635558535), shift), bits(~1LL));
    const Vector r = _mm512_fmadd_pd(_mm512_sub_pd(shifted, shift), all(-0.17328679513998632), size);

    const Vector z = _mm512_mul_pd(r, r);
    Vector q = all(-2.113855169015592e-06);
    q = _mm512_fmadd_pd(q, z, all(2.1373198495844683e-05));
    q = _mm512_fmadd_pd(q, z, all(-0.00021164000517389462));
    q = _mm512_fmadd_pd(q, z, all(0.0021164021117133602));
    const Vector low = _mm512_fmadd_pd(z, all(-0.02222222222217325), all(0.33333333333333315));
    q = _mm512_fmadd_pd(q, _mm512_mul_pd(z, z), low);
    const Vector u = _mm512_fmadd_pd(q, z, all(1.0));

    const __m512i exponent = _mm512_slli_epi64(_mm512_castpd_si512(shifted), 51);
    const Vector a = _mm512_sub_pd(_mm512_castsi512_pd(exponent), all(0.5));
    const Vector n = _mm512_fmadd_pd(a, _mm512_add_pd(u, r), r);
    return _mm512_or_pd(_mm512_div_pd(n, _mm512_add_pd(n, _mm512_sub_pd(u, r))), sign);
}

struct Latch
{
    Vector w[bundles];
    Vector trained[trainable][bundles];             // h_1 … h_3
    Vector inputs[length][bundles];                 // h_t; the first three are not read
    Vector states[length + 1][bundles];             // x_t
    Vector gradientOfWeight[bundles];
    Vector gradientOfTrained[trainable][bundles];

    // States in registers, all bundles in one loop over time. Written with everything in memory it is as fast (the
    // compiler's doing); with four bundles in flight it takes half as long again, with sixteen a tenth.
    __attribute__((noinline)) void forward()
    {
        Vector x[bundles];
        for (int b = 0; b < bundles; b++)
            states[0][b] = x[b] = all(0.0);
        for (int t = 1; t <= trainable; t++)
            step(x, trained[t - 1], t);
        for (int t = trainable + 1; t <= length; t++)
            step(x, inputs[t - 1], t);
    }

    inline __attribute__((always_inline)) void step(Vector (&x)[bundles], const Vector (&h)[bundles], int t)
    {
#pragma GCC unroll 8
        for (int b = 0; b < bundles; b++)
            states[t][b] = x[b] = hyperbolicTangent(_mm512_fmadd_pd(w[b], x[b], h[b]));
    }

    __attribute__((noinline)) void backward()
    {
        Vector signal[bundles], sum[bundles];
        for (int b = 0; b < bundles; b++)
        {
            signal[b] = _mm512_sub_pd(states[length][b], all(target));
            sum[b] = all(0.0);
        }

        for (int t = length; t > trainable; t--)
        {
#pragma GCC unroll 8
            for (int b = 0; b < bundles; b++)
                stepBack(signal[b], sum[b], b, t);
        }

        for (int t = trainable; t > 0; t--)
        {
            for (int b = 0; b < bundles; b++)
                gradientOfTrained[t - 1][b] = stepBack(signal[b], sum[b], b, t);
        }

        for (int b = 0; b < bundles; b++)
            gradientOfWeight[b] = sum[b];
    }

    // ∂C/∂a_t = (1 − x_t²)·∂C/∂x_t
    inline __attribute__((always_inline)) Vector stepBack(Vector &signal, Vector &sum, int b, int t)
    {
        const Vector x = states[t][b];
        const Vector gradient = _mm512_mul_pd(_mm512_fnmadd_pd(x, x, all(1.0)), signal);
        sum = _mm512_fmadd_pd(gradient, states[t - 1][b], sum);
        signal = _mm512_mul_pd(w[b], gradient);
        return gradient;
    }

    __attribute__((noinline)) void update()
    {
        for (int b = 0; b < bundles; b++)
        {
            w[b] = _mm512_fnmadd_pd(all(rate), gradientOfWeight[b], w[b]);
            for (int i = 0; i < trainable; i++)
                trained[i][b] = _mm512_fnmadd_pd(all(rate), gradientOfTrained[i][b], trained[i][b]);
        }
    }

    void present()
    {
        forward();
        backward();
        update();
    }
};

alignas(64) Latch latch;

double &lane(Vector &vector, int i) { return reinterpret_cast<double *>(&vector)[i]; }

// Every trial has its own weight, trained inputs and noise, of ordinary size.
void prepare()
{
    for (int b = 0; b < bundles; b++)
    {
        for (int i = 0; i < lanes; i++)
        {
            const int trial = b * lanes + i;
            lane(latch.w[b], i) = 1.25 + 0.005 * trial;
            for (int k = 0; k < trainable; k++)
                lane(latch.trained[k][b], i) = 0.1 * std::sin(7.0 * k + trial);
            for (int t = 0; t < length; t++)
                lane(latch.inputs[t][b], i) = 0.1 * std::sin(t + 0.3 * trial);
        }
    }
}

bool agree(double a, double b) { return std::abs(a - b) <= 1e-13 * std::max(1.0, std::abs(b)); }

// One trial after the other, from the definition.
bool isRight()
{
    latch.forward();
    latch.backward();
    bool right = true;
    for (int trial = 0; trial < bundles * lanes; trial++)
    {
        const int b = trial / lanes, i = trial % lanes;
        const double w = lane(latch.w[b], i);
        double x[length + 1] = {};
        for (int t = 1; t <= length; t++)
        {
            const double h = t <= trainable ? lane(latch.trained[t - 1][b], i) : lane(latch.inputs[t - 1][b], i);
            x[t] = std::tanh(w * x[t - 1] + h);
        }

        right &= agree(lane(latch.states[length][b], i), x[length]);
        double signal = x[length] - target, sum = 0.0;
        for (int t = length; t > 0; t--)
        {
            const double gradient = (1.0 - x[t] * x[t]) * signal;
            sum += gradient * x[t - 1];
            signal = w * gradient;
            if (t <= trainable)
                right &= agree(lane(latch.gradientOfTrained[t - 1][b], i), gradient);
        }

        right &= agree(lane(latch.gradientOfWeight[b], i), sum);
    }

    return right;
}
}

int main()
{
    prepare();
    if (!isRight())
    {
        std::fprintf(stderr, "The hand-written latch disagrees with the plain computation.\n");
        return 1;
    }

    using Clock = std::chrono::steady_clock;
    const auto milliseconds = [](Clock::time_point begin)
    { return std::chrono::duration<double, std::milli>(Clock::now() - begin).count(); };

    // The same rhythm as LatchLab's: a warm-up of 100 ms, then repetitions of 1 ms for 400 ms.
    int together = 0;
    for (const auto begin = Clock::now(); milliseconds(begin) < 100.0; together++)
        latch.present();
    together = std::max(1, together / 100);
    std::vector<double> nanoseconds(400);
    for (double &result : nanoseconds)
    {
        const auto begin = Clock::now();
        for (int k = 0; k < together; k++)
            latch.present();
        result = 1e6 * milliseconds(begin) / (static_cast<double>(together) * length * bundles * lanes);
    }

    std::sort(nanoseconds.begin(), nanoseconds.end());
    std::printf(
        "{\"program\":\"limit\",\"work\":\"latch\",\"lane\":\"512\","
        "\"minimum\":%.4f,\"median\":%.4f,\"repetitions\":%zu}\n",
        nanoseconds.front(), nanoseconds[nanoseconds.size() / 2], nanoseconds.size());
}
