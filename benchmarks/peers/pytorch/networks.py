"""
The networks for a batch of trials. Every trial has its own parameters; the trials are the last dimension, so that each
operation accesses contiguous memory. Steps are ordinary operations, and autograd computes the gradients.
"""

import torch


def latch(w, inputs):
    """x_t = tanh(w x_{t-1} + u_t). `inputs`: u_t, one tensor [trial] per step."""
    x = torch.zeros_like(w)
    for u in inputs:
        x = torch.tanh(torch.addcmul(u, w, x))
    return x


def scripted_latch():
    """The same, compiled by TorchScript."""

    @torch.jit.script
    def latch(w: torch.Tensor, inputs: list[torch.Tensor]):
        x = torch.zeros_like(w)
        for u in inputs:
            x = torch.tanh(torch.addcmul(u, w, x))
        return x

    return latch


def multiply_and_sum(w, inputs):
    """x_t = tanh(W x_{t-1} + e_0 u_t) of `w` [i][j][trial]; `inputs` [t][i][trial] are e_0 u_t. Reads the last unit."""
    x = torch.zeros_like(w[0])
    for u in inputs.unbind(0):
        x = torch.tanh((w * x).sum(1) + u)
    return x[-1]


def batched_product(w, inputs):
    """The same with a batched matrix product: `w` [trial][i][j], `inputs` [t][trial][i][1]."""
    x = torch.zeros_like(inputs[0])
    for u in inputs.unbind(0):
        x = torch.tanh(torch.baddbmm(u, w, x))
    return x[:, -1, 0]


def scripted_parity():
    """The Parity network from its first step on, compiled by TorchScript."""

    @torch.jit.script
    def parity(parameters: list[torch.Tensor], inputs: list[torch.Tensor]):
        w1, w2, b1, w3, w4, w5, b2 = parameters
        y = torch.zeros_like(w1)
        for u in inputs:
            h = torch.tanh(torch.addcmul(torch.addcmul(b1, w1, u), w2, y))
            y = torch.tanh(torch.addcmul(torch.addcmul(torch.addcmul(b2, w3, u), w4, y), w5, h))
        return y

    return parity


def parity(parameters, inputs, started=()):
    """
    h = tanh(w1 u + w2 y' + b1), y = tanh(w3 u + w4 y' + w5 h + b2), y_0 = 0. `inputs`: u_t; `started`: the sequences
    that have started, for each step in which some have not.
    """
    w1, w2, b1, w3, w4, w5, b2 = parameters
    y = torch.zeros_like(inputs[0])
    for t, u in enumerate(inputs):
        h = torch.tanh(torch.addcmul(torch.addcmul(b1, w1, u), w2, y))
        a = torch.addcmul(torch.addcmul(torch.addcmul(b2, w3, u), w4, y), w5, h)
        y = torch.where(started[t], torch.tanh(a), y) if t < len(started) else torch.tanh(a)
    return y
