// One large LSTM on many sequences, forward only, with OpenBLAS: a step is one product of matrices (dgemm) and
// vectorized gates, those of the hand-written kernels. The states of all steps are kept.
//
//     g++ -std=c++17 -O3 -march=native -o lstm lstm.cpp -lopenblas
//     OPENBLAS_NUM_THREADS=1 ./lstm FILE       one line of JSON: nanoseconds per parameter, step and sequence
//
// The last states are first compared with LatchLab's in the file (LatchLab.Comparison/Work/CellWork.cs).

#include <algorithm>
#include <cblas.h>
#include <ctime>
#include <cstdio>
#include <vector>

#include "../../limit/cell_work.h"
#include "../../limit/vectors.h"

struct SharedLstm
{
    const int n, steps, sequences, rows;
    const double *weights, *inputWeights, *biases;
    std::vector<double> inputs;                     // [t][sequence]
    std::vector<double> hidden, cells, gates;       // [t][unit][sequence]; [row][sequence]

    explicit SharedLstm(const CellWork &work)
        : n(work["units"]), steps(work["length"]), sequences(work["sequences"]), rows(4 * n),
          weights(work.parameters(0)), inputWeights(weights + rows * n), biases(inputWeights + rows),
          inputs(steps * sequences), hidden((steps + 1) * n * sequences), cells(hidden.size()),
          gates(rows * sequences)
    {
        for (int i = 0; i < sequences; i++)
            for (int t = 0; t < steps; t++)
                inputs[t * sequences + i] = work.inputs(0)[i * steps + t];
    }

    void run()
    {
        for (int t = 0; t < steps; t++)
            step(&inputs[t * sequences], &hidden[t * n * sequences], &cells[t * n * sequences]);
    }

    // The states of the next step follow those of this one.
    void step(const double *input, double *h, double *c)
    {
        for (int row = 0; row < rows; row++)
            for (int i = 0; i < sequences; i++)
                gates[row * sequences + i] = biases[row] + inputWeights[row] * input[i];
        cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, sequences, n, 1.0, weights, n, h, sequences, 1.0,
            gates.data(), sequences);
        const int size = n * sequences;
        for (int k = 0; k < size; k += lanes)
        {
            Vector tangents[4];
            hyperbolicTangents<4, 3>(
                [&](int q, int, Vector &x)
                {
                    x = _mm512_mul_pd(broadcast(q == 2 ? 1.0 : 0.5), _mm512_loadu_pd(&gates[q * size + k]));
                },
                [&](int q, Vector x) { tangents[q] = x; });
            const Vector half = broadcast(0.5), i = _mm512_fmadd_pd(half, tangents[0], half),
                f = _mm512_fmadd_pd(half, tangents[1], half), o = _mm512_fmadd_pd(half, tangents[3], half),
                value = _mm512_fmadd_pd(f, _mm512_loadu_pd(c + k), _mm512_mul_pd(i, tangents[2]));
            hyperbolicTangents<1, 1>(
                [&](int, int, Vector &x) { x = value; },
                [&](int, Vector x) { _mm512_storeu_pd(h + size + k, _mm512_mul_pd(o, x)); });
            _mm512_storeu_pd(c + size + k, value);
        }
    }

    // Sums of some hundred products, of 50 steps: the roundings differ by the order of summation.
    bool matches(const CellWork &work) const
    {
        bool matches = true;
        for (int i = 0; i < sequences; i++)
            for (int j = 0; j < n; j++)
                matches &= std::abs(
                    hidden[(steps * n + j) * sequences + i] - work.outputs(0)[i * n + j]) <= 1e-11;
        return matches;
    }
};

static double processorSeconds()
{
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + 1e-9 * time.tv_nsec;
}

int main(int count, char **arguments)
{
    if (count != 2)
    {
        std::fprintf(stderr, "usage: lstm FILE\n");
        return 2;
    }

    const CellWork work(arguments[1]);
    SharedLstm lstm(work);
    lstm.run();
    if (!lstm.matches(work))
    {
        std::fprintf(stderr, "The LSTM with OpenBLAS does not agree with LatchLab.\n");
        return 1;
    }

    std::vector<double> results;
    const double operations = static_cast<double>(work["parameters"]) * lstm.steps * lstm.sequences;
    for (int repetition = 0; repetition < 9; repetition++)
    {
        const double start = processorSeconds();
        lstm.run();
        results.push_back(1e9 * (processorSeconds() - start) / operations);
    }

    std::sort(results.begin(), results.end());
    std::printf(
        "{\"program\":\"OpenBLAS\",\"work\":\"shared-lstm\",\"variant\":\"%s\",\"minimum\":%.5f,\"median\":%.5f}\n",
        openblas_get_corename(), results.front(), results[results.size() / 2]);
}
