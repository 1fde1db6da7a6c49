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

// h_t = tanh(w1·u_t + w2·y_{t−1} + b1), y_t = tanh(w3·u_t + w4·y_{t−1} + w5·h_t + b2), y_0 = 0.
// Parameters: [w1, w2, b1, w3, w4, w5, b2].
struct ParityNetwork
{
    Numbers parameters, gradient, h, y, u;

    ParityNetwork(int, int, int length)
        : parameters(7), gradient(7), h(length + 1), y(length + 1), u(length + 1)
    {
    }

    double forward(const double *inputs, int length, double)
    {
        const Numbers &w = parameters;
        y[0] = 0.0;
        for (int t = 1; t <= length; t++)
        {
            u[t] = inputs[t - 1];
            h[t] = std::tanh(w[0] * u[t] + w[1] * y[t - 1] + w[2]);
            y[t] = std::tanh(w[3] * u[t] + w[4] * y[t - 1] + w[5] * h[t] + w[6]);
        }

        return y[length];
    }

    void backward(int length, double, double error)
    {
        const Numbers &w = parameters;
        double adjoint = error;
        std::fill(gradient.begin(), gradient.end(), 0.0);
        for (int t = length; t > 0; t--)
        {
            const double output = (1.0 - y[t] * y[t]) * adjoint;
            const double hidden = (1.0 - h[t] * h[t]) * w[5] * output;
            gradient[0] += hidden * u[t];
            gradient[1] += hidden * y[t - 1];
            gradient[2] += hidden;
            gradient[3] += output * u[t];
            gradient[4] += output * y[t - 1];
            gradient[5] += output * h[t];
            gradient[6] += output;
            adjoint = w[1] * hidden + w[4] * output;
        }
    }
};

// The same network, forward only.
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
