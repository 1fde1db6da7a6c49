"""The workload files of LatchLab (LatchLab.Comparison/Work/WorkloadFile.cs), and the line of JSON with the results."""

import json
import os
import sys
import time

import torch


class Workload:
    """Lines `name value`, an empty line, then 64-bit numbers: one record per trial."""

    def __init__(self, path):
        with open(path, "rb") as file:
            header, data = file.read().split(b"\n\n", 1)
        self.header = dict(line.split(" ") for line in header.decode().splitlines())
        for name in ("units", "parameters", "trainable", "trials", "sequences", "length", "budget", "afresh"):
            setattr(self, name, int(self.header[name]))
        self.name, self.network = self.header["work"], self.header["network"]
        self.target, self.rate = self["target"], self["rate"]
        self.cost_threshold = self["cost-threshold"]
        records = torch.frombuffer(bytearray(data), dtype=torch.float64).reshape(self.trials, -1)
        self.initial_parameters = records[:, : self.parameters].T.contiguous()  # [parameter][trial]
        remainder = records[:, self.parameters :]
        if self.afresh:
            self.deviation = remainder[:, 0].contiguous()  # [trial]
        else:
            sequences = remainder.reshape(self.trials, self.sequences, 2 + self.length)
            self.signs = sequences[:, :, 0].T.contiguous()  # [sequence][trial]
            self.lengths = sequences[:, :, 1].T.contiguous().long()  # [sequence][trial]
            self.inputs = sequences[:, :, 2:].permute(1, 2, 0).contiguous()  # [sequence][t][trial]

    def __getitem__(self, name):
        return float(self.header[name])

    def steps(self):
        """[trial]: the total steps of its sequences."""
        if self.afresh:
            return torch.full((self.trials,), self.sequences * self.length)
        return self.lengths.sum(0)


def seconds_since_start():
    """Wall-clock seconds since benchmarks/run started this process; None if it did not."""
    started = os.environ.get("BENCHMARK_STARTED")
    return None if started is None else time.time() - float(started)


def peak_megabytes():
    """The peak resident memory of this process; None if the system does not tell."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(float(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))
    except OSError:
        return None


def report(
    workload, seconds, processor_seconds, passes, converged, presentations, first_pass_seconds,
    evaluation_presentations=0, variant=None,
):
    """
    Prints the result. `seconds`: wall-clock time; a unit-step is measured in CPU time, so that other load on the
    machine does not count. `passes`: [trial], the passes through the sequences. `first_pass_seconds`: from the
    start of the process to the end of the first pass. `variant`: that of the network, if there are several.
    """
    unit_steps = int((passes * workload.steps()).sum()) * workload.units
    nanoseconds = 1e9 * processor_seconds / unit_steps
    print(json.dumps({
        "program": "PyTorch", "work": workload.name, "batch": workload.trials, "variant": variant,
        "minimum": round(nanoseconds, 4), "median": round(nanoseconds, 4), "repetitions": 1,
        "seconds": round(seconds, 4), "trials": workload.trials, "unitSteps": unit_steps,
        "presentations": int(presentations), "evaluationPresentations": int(evaluation_presentations),
        "firstPassSeconds": first_pass_seconds, "peakMegabytes": peak_megabytes(),
        "converged": "".join("1" if has_converged else "0" for has_converged in converged.tolist()),
    }))
    sys.stdout.flush()
