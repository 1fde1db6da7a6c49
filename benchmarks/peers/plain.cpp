// What a researcher writes first: plain C++, one trial after the other, std::tanh, vectors of doubles. No intrinsics,
// no tricks; the compiler may do with it what it can.
//
//     g++ -std=c++17 -O3 -march=native -o plain plain.cpp
//     ./plain kernel latch|fully-connected [T [UNITS]]     one presentation: forward, back through time, update
//     ./plain train FILE                                   trials of a work file (LatchLab.Comparison/Work/WorkFile.cs)
//     ./plain anneal FILE                                  the same by simulated annealing, for the Parity network
//
// Prints one line of JSON. A unit-step is one neuron, one time step, one trial.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <deque>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

using Clock = std::chrono::steady_clock;
using Numbers = std::vector<double>;

static double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// ------------------------------------------------------------------------------------------------------ the networks

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
        const double *own = &parameters[sign > 0 ? 1 : 1 + trainable];
        x[0] = 0.0;
        for (int t = 1; t <= length; t++)
        {
            u[t] = t <= trainable ? own[t - 1] : inputs[t - 1];
            x[t] = std::tanh(parameters[0] * x[t - 1] + u[t]);
        }

        return x[length];
    }

    void backward(int length, double sign, double error)
    {
        double *own = &gradient[sign > 0 ? 1 : 1 + trainable];
        std::fill(gradient.begin(), gradient.end(), 0.0);
        for (int t = length; t > 0; t--)
        {
            const double delta = (1.0 - x[t] * x[t]) * error;
            gradient[0] += delta * x[t - 1];
            if (t <= trainable)
                own[t - 1] = delta;
            error = parameters[0] * delta;
        }
    }
};

// x_t = tanh(W·x_{t−1} + e_0·u_t); the last unit is read. Parameters: W row by row.
struct FullyConnected
{
    int n;
    Numbers parameters, gradient, x, signal, earlier;

    FullyConnected(int units, int, int length)
        : n(units), parameters(n * n), gradient(n * n), x((length + 1) * n), signal(n), earlier(n)
    {
    }

    double forward(const double *inputs, int length, double)
    {
        std::fill_n(x.begin(), n, 0.0);
        for (int t = 1; t <= length; t++)
        {
            const double *before = &x[(t - 1) * n];
            for (int i = 0; i < n; i++)
            {
                double a = i == 0 ? inputs[t - 1] : 0.0;
                for (int j = 0; j < n; j++)
                    a += parameters[i * n + j] * before[j];
                x[t * n + i] = std::tanh(a);
            }
        }

        return x[length * n + n - 1];
    }

    void backward(int length, double, double error)
    {
        std::fill(gradient.begin(), gradient.end(), 0.0);
        std::fill(signal.begin(), signal.end(), 0.0);
        signal[n - 1] = error;
        for (int t = length; t > 0; t--)
        {
            const double *before = &x[(t - 1) * n], *after = &x[t * n];
            std::fill(earlier.begin(), earlier.end(), 0.0);
            for (int i = 0; i < n; i++)
            {
                const double delta = (1.0 - after[i] * after[i]) * signal[i];
                for (int j = 0; j < n; j++)
                {
                    gradient[i * n + j] += delta * before[j];
                    earlier[j] += parameters[i * n + j] * delta;
                }
            }

            std::swap(signal, earlier);
        }
    }
};

// h = tanh(w1·u + w2·y' + b1), y = tanh(w3·u + w4·y' + w5·h + b2), y_0 = −1. Parameters: [w1, w2, b1, w3, w4, w5, b2].
static double parity(const Numbers &p, const double *inputs, int length)
{
    double y = -1.0;
    for (int t = 0; t < length; t++)
    {
        const double h = std::tanh(p[0] * inputs[t] + p[1] * y + p[2]);
        y = std::tanh(p[3] * inputs[t] + p[4] * y + p[5] * h + p[6]);
    }

    return y;
}

// ------------------------------------------------------------------------------------------------------ the work file

struct Work
{
    std::map<std::string, std::string> header;
    Numbers numbers;
    int units, parameters, trainable, trials, sequences, length, budget;
    bool afresh;
    double target, threshold;

    explicit Work(const char *path)
    {
        std::ifstream file(path, std::ios::binary);
        for (std::string line; std::getline(file, line) && !line.empty();)
            header[line.substr(0, line.find(' '))] = line.substr(line.find(' ') + 1);
        const auto begin = file.tellg();
        file.seekg(0, std::ios::end);
        numbers.resize((file.tellg() - begin) / sizeof(double));
        file.seekg(begin);
        file.read(reinterpret_cast<char *>(numbers.data()), numbers.size() * sizeof(double));
        if (!file || numbers.empty())
        {
            std::fprintf(stderr, "%s is no work file\n", path);
            std::exit(2);
        }

        units = (*this)["units"];
        parameters = (*this)["parameters"];
        trainable = (*this)["trainable"];
        trials = (*this)["trials"];
        sequences = (*this)["sequences"];
        length = (*this)["length"];
        budget = (*this)["budget"];
        afresh = (*this)["afresh"] != 0;
        target = (*this)["target"];
        threshold = (*this)["cost-threshold"];
    }

    double operator[](const char *name) const { return std::stod(header.at(name)); }

    const double *record(int trial) const { return &numbers[trial * (numbers.size() / trials)]; }
};

struct Results
{
    std::string converged;
    long long unitSteps = 0, presentations = 0, judging = 0, leftOut = 0;
};

static void print(const Work &work, const Results &results, double seconds)
{
    const double nanoseconds = 1e9 * seconds / results.unitSteps;
    std::printf(
        "{\"program\":\"plain C++\",\"work\":\"%s\",\"threads\":1,\"minimum\":%.4f,\"median\":%.4f,\"repetitions\":1,"
        "\"seconds\":%.4f,\"trials\":%d,\"unitSteps\":%lld,\"presentations\":%lld,\"judging\":%lld,\"leftOut\":%lld,"
        "\"converged\":\"%s\"}\n",
        work.header.at("work").c_str(), nanoseconds, nanoseconds, seconds, work.trials, results.unitSteps,
        results.presentations, results.judging, results.leftOut, results.converged.c_str());
}

// ---------------------------------------------------------------------------------------------------------- training

struct Pass
{
    int right = 0;
    double cost = 0.0;
    long long steps = 0;
};

// The training sequences of a trial; where its noise is drawn afresh, T steps of it at every presentation.
struct Sequences
{
    const Work &work;
    const double *record;
    double deviation;
    std::mt19937_64 generator;
    std::normal_distribution<double> normal;
    Numbers drawn;

    Sequences(const Work &work, int trial)
        : work(work), record(work.record(trial) + work.parameters), deviation(work.afresh ? record[0] : 0.0),
          generator(trial), drawn(work.length)
    {
    }

    const double *take(int p, double &sign, int &length)
    {
        if (!work.afresh)
        {
            const double *one = record + p * (2 + work.length);
            sign = one[0];
            length = static_cast<int>(one[1]);
            return one + 2 + work.length - length;
        }

        sign = p % 2 == 0 ? 1.0 : -1.0;
        length = work.length;
        for (int t = work.trainable; t < length; t++)
            drawn[t] = deviation * normal(generator);
        return drawn.data();
    }
};

// Presents every sequence once; learning is on-line, after each presentation.
template <class Network>
static Pass pass(Network &network, Sequences &sequences, const Work &work, double rate)
{
    Pass result;
    for (int p = 0; p < work.sequences; p++)
    {
        double sign;
        int length;
        const double *inputs = sequences.take(p, sign, length);
        const double output = network.forward(inputs, length, sign), error = output - sign * work.target;
        result.right += output * sign > 0.0;
        result.cost += 0.5 * error * error;
        result.steps += length;
        if (rate > 0.0)
        {
            network.backward(length, sign, error);
            for (int i = 0; i < work.parameters; i++)
                network.parameters[i] -= rate * network.gradient[i];
        }
    }

    return result;
}

// Learns until all sequences were right in a pass, then judges once more with the parameters held.
template <class Network>
static Results train(const Work &work)
{
    Results results;
    Network network(work.units, work.trainable, work.length);
    for (int trial = 0; trial < work.trials; trial++)
    {
        Sequences sequences(work, trial);
        std::copy_n(work.record(trial), work.parameters, network.parameters.begin());
        bool converged = false;
        for (int presented = 0; presented + work.sequences <= work.budget && !converged;)
        {
            const Pass learning = pass(network, sequences, work, work["rate"]);
            presented += work.sequences;
            results.presentations += work.sequences;
            results.unitSteps += learning.steps * work.units;
            if (!std::isfinite(learning.cost))
                break;
            if (learning.right < work.sequences)
                continue;
            const Pass judged = pass(network, sequences, work, 0.0);
            results.judging += work.sequences;
            results.unitSteps += judged.steps * work.units;
            converged = judged.right == work.sequences && judged.cost / work.sequences < work.threshold;
        }

        results.converged += converged ? '1' : '0';
    }

    return results;
}

// --------------------------------------------------------------------------------------------------------- annealing

// Corana, Marchesi, Martini, Ridella 1987: coordinates move in turn by U(−1, 1) times their step; steps are adjusted
// after some cycles, the temperature after some adjustments, with a new start from the best point. A candidate's
// evaluation ends when it is sure to be rejected and a sequence was wrong. A candidate that solves the task ends it all.
struct Annealing
{
    const Work &work;
    const int n, sequences;
    std::mt19937_64 generator;
    std::uniform_real_distribution<double> uniform{0.0, 1.0};
    Numbers point, best, steps;
    std::vector<int> accepted;
    std::deque<double> lastCosts;
    double temperature, cost = INFINITY, bestCost = INFINITY, limit = INFINITY;
    long long presented = 0, leftOut = 0, unitSteps = 0;
    const double *record;
    bool solved = false, stuck = false;

    Annealing(const Work &work, int trial)
        : work(work), n(work.parameters), sequences(work.sequences), generator(trial),
          point(work.record(trial), work.record(trial) + n), best(point), steps(n, work["initial-step"]), accepted(n),
          temperature(work["initial-temperature"]), record(work.record(trial) + n)
    {
    }

    bool isOver() const { return solved || stuck || presented + sequences > work.budget; }

    double evaluate()
    {
        double sum = 0.0;
        int right = 0;
        for (int p = 0; p < sequences; p++)
        {
            const double *one = record + p * (2 + work.length), sign = one[0];
            const int length = static_cast<int>(one[1]);
            const double output = parity(point, one + 2 + work.length - length, length), error = output - sign * work.target;
            unitSteps += length * work.units;
            sum += 0.5 * error * error;
            right += output * sign > 0.0;
            if (sum > limit * sequences && right <= p)
            {
                leftOut += sequences - p - 1;
                for (int q = p + 1; q < sequences; q++) // charged all the same
                    unitSteps += static_cast<int>(record[q * (2 + work.length) + 1]) * work.units;
                break;
            }
        }

        presented += sequences;
        solved = right == sequences && sum / sequences < work.threshold;
        return sum / sequences;
    }

    bool accept(double told)
    {
        if (!(told <= limit))
            return false;
        cost = told;
        if (told < bestCost)
        {
            bestCost = told;
            best = point;
        }

        return true;
    }

    void run()
    {
        accept(evaluate());
        const int adjustments = work["adjustments"], cycles = work["cycles"];
        while (!isOver())
        {
            for (int adjustment = 0; adjustment < adjustments && !isOver(); adjustment++)
            {
                for (int cycle = 0; cycle < cycles && !isOver(); cycle++)
                {
                    for (int i = 0; i < n && !isOver(); i++)
                        move(i);
                }

                adjustSteps(cycles);
            }

            if (!isOver())
                cool();
        }
    }

    void move(int i)
    {
        const double before = point[i];
        point[i] += (2.0 * uniform(generator) - 1.0) * steps[i];
        limit = cost - temperature * std::log(1.0 - uniform(generator));
        if (accept(evaluate()))
            accepted[i]++;
        else
            point[i] = before;
    }

    void adjustSteps(int cycles)
    {
        const double factor = work["step-factor"], largest = work["largest-step"];
        for (int i = 0; i < n; i++)
        {
            const double share = static_cast<double>(accepted[i]) / cycles;
            if (share > 0.6)
                steps[i] *= 1.0 + factor * (share - 0.6) / 0.4;
            else if (share < 0.4)
                steps[i] /= 1.0 + factor * (0.4 - share) / 0.4;
            steps[i] = std::min(steps[i], largest);
            accepted[i] = 0;
        }
    }

    void cool()
    {
        const double tolerance = work["stuck-tolerance"];
        const std::size_t values = static_cast<std::size_t>(work["stuck-values"]) + 1;
        lastCosts.push_back(cost);
        if (lastCosts.size() > values)
            lastCosts.pop_front();
        stuck = lastCosts.size() == values && cost - bestCost <= tolerance;
        for (double former : lastCosts)
            stuck = stuck && std::abs(cost - former) <= tolerance;
        temperature *= work["cooling"];
        point = best;
        cost = bestCost;
    }
};

static Results anneal(const Work &work)
{
    Results results;
    for (int trial = 0; trial < work.trials; trial++)
    {
        Annealing search(work, trial);
        search.run();
        results.converged += search.solved ? '1' : '0';
        results.presentations += search.presented;
        results.leftOut += search.leftOut;
        results.unitSteps += search.unitSteps;
    }

    return results;
}

// ----------------------------------------------------------------------------------------------------------- kernels

template <class Network>
static void kernel(const char *name, int units, int trainable, int length)
{
    constexpr int trials = 64;
    Numbers inputs(length);
    for (int t = 0; t < length; t++)
        inputs[t] = 0.1 * std::sin(t);
    std::vector<Network> networks(trials, Network(units, trainable, length));
    for (Network &network : networks)
    {
        const int count = static_cast<int>(network.parameters.size());
        for (int i = 0; i < count; i++)
            network.parameters[i] = i % (units == 1 ? count : units + 1) == 0 ? 1.25 : 0.1 * std::sin(7.0 * i);
    }

    const auto present = [&]
    {
        for (Network &network : networks)
        {
            const double error = network.forward(inputs.data(), length, 1.0) - 0.8;
            network.backward(length, 1.0, error);
            for (std::size_t i = 0; i < network.parameters.size(); i++)
                network.parameters[i] -= 1e-12 * network.gradient[i];
        }
    };

    // A warm-up of 100 ms, then repetitions for 400 ms.
    int warmUps = 0;
    for (const auto begin = Clock::now(); secondsSince(begin) < 0.1; warmUps++)
        present();
    Numbers nanoseconds(std::max(9, 4 * warmUps));
    for (double &result : nanoseconds)
    {
        const auto begin = Clock::now();
        present();
        result = 1e9 * secondsSince(begin) / (static_cast<double>(trials) * length * units);
    }

    std::sort(nanoseconds.begin(), nanoseconds.end());
    std::printf(
        "{\"program\":\"plain C++\",\"work\":\"%s\",\"minimum\":%.4f,\"median\":%.4f,\"repetitions\":%zu}\n",
        name, nanoseconds.front(), nanoseconds[nanoseconds.size() / 2], nanoseconds.size());
}

int main(int count, char **arguments)
{
    const auto is = [&](int i, const char *word) { return i < count && std::strcmp(arguments[i], word) == 0; };
    const int length = count > 3 ? std::atoi(arguments[3]) : 100, units = count > 4 ? std::atoi(arguments[4]) : 5;
    if (is(1, "kernel") && is(2, "latch") && length > 3)
    {
        kernel<LatchNeuron>("latch", 1, 3, length);
    }
    else if (is(1, "kernel") && is(2, "fully-connected") && length > 0 && units > 0)
    {
        kernel<FullyConnected>("fully-connected", units, 0, length);
    }
    else if (count == 3 && (is(1, "train") || is(1, "anneal")))
    {
        const Work work(arguments[2]);
        const auto begin = Clock::now();
        const Results results = is(1, "anneal") ? anneal(work)
            : work.header.at("network") == "latch" ? train<LatchNeuron>(work)
            : train<FullyConnected>(work);
        print(work, results, secondsSince(begin));
    }
    else
    {
        std::fprintf(stderr, "usage: plain kernel latch|fully-connected [T [UNITS]], or plain train|anneal FILE\n");
        return 2;
    }
}
