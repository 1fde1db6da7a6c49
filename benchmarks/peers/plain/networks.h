// The networks, one trial at a time: `forward` stores every state, `backward` computes the gradient of a cost whose
// derivative with respect to the last output is `error`.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

using Numbers = std::vector<double>;

// x_t = tanh(w·x_{t−1} + u_t). The first inputs of a sequence are parameters: [w, those of class 1, those of class 0].
struct LatchNeuron
{
    int trainable;
    Numbers parameters, gradient, x, u;

    LatchNeuron(int, int trainable, int length)
        : trainable(trainable), parameters(1 + 2 * trainable), gradient(1 + 2 * trainable), x(length + 1), u(length + 1)
    {
    }

    double forward(const double *inputs, int length, double sign)
    {
        const double *trainableInputs = &parameters[sign > 0 ? 1 : 1 + trainable];
        x[0] = 0.0;
        for (int t = 1; t <= length; t++)
        {
            u[t] = t <= trainable ? trainableInputs[t - 1] : inputs[t - 1];
            x[t] = std::tanh(parameters[0] * x[t - 1] + u[t]);
        }

        return x[length];
    }

    void backward(int length, double sign, double error)
    {
        double adjoint = error;
        double *inputGradient = &gradient[sign > 0 ? 1 : 1 + trainable];
        std::fill(gradient.begin(), gradient.end(), 0.0);
        for (int t = length; t > 0; t--)
        {
            const double delta = (1.0 - x[t] * x[t]) * adjoint;
            gradient[0] += delta * x[t - 1];
            if (t <= trainable)
                inputGradient[t - 1] = delta;
            adjoint = parameters[0] * delta;
        }
    }
};

// x_t = tanh(W·x_{t−1} + e_0·u_t); the output is that of the last unit. Parameters: W row by row.
struct FullyConnected
{
    int n;
    Numbers parameters, gradient, x, adjoint, previousAdjoint;

    FullyConnected(int units, int, int length)
        : n(units), parameters(n * n), gradient(n * n), x((length + 1) * n), adjoint(n), previousAdjoint(n)
    {
    }

    double forward(const double *inputs, int length, double)
    {
        std::fill_n(x.begin(), n, 0.0);
        for (int t = 1; t <= length; t++)
        {
            const double *previous = &x[(t - 1) * n];
            for (int i = 0; i < n; i++)
            {
                double a = i == 0 ? inputs[t - 1] : 0.0;
                for (int j = 0; j < n; j++)
                    a += parameters[i * n + j] * previous[j];
                x[t * n + i] = std::tanh(a);
            }
        }

        return x[length * n + n - 1];
    }

    void backward(int length, double, double error)
    {
        std::fill(gradient.begin(), gradient.end(), 0.0);
        std::fill(adjoint.begin(), adjoint.end(), 0.0);
        adjoint[n - 1] = error;
        for (int t = length; t > 0; t--)
        {
            const double *previous = &x[(t - 1) * n], *current = &x[t * n];
            std::fill(previousAdjoint.begin(), previousAdjoint.end(), 0.0);
            for (int i = 0; i < n; i++)
            {
                const double delta = (1.0 - current[i] * current[i]) * adjoint[i];
                for (int j = 0; j < n; j++)
                {
                    gradient[i * n + j] += delta * previous[j];
                    previousAdjoint[j] += parameters[i * n + j] * delta;
                }
            }

            std::swap(adjoint, previousAdjoint);
        }
    }
};

// h = tanh(w1·u + w2·y' + b1), y = tanh(w3·u + w4·y' + w5·h + b2), y_0 = 0. Parameters: [w1, w2, b1, w3, w4, w5, b2].
static double parity(const Numbers &parameters, const double *inputs, int length)
{
    double y = 0.0;
    for (int t = 0; t < length; t++)
    {
        const double h = std::tanh(parameters[0] * inputs[t] + parameters[1] * y + parameters[2]);
        y = std::tanh(parameters[3] * inputs[t] + parameters[4] * y + parameters[5] * h + parameters[6]);
    }

    return y;
}
