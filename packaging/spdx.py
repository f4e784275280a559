"""Parses, normalises and evaluates SPDX licence expressions."""

import re


def parse(expression):
    """A licence as a string, `A AND B` as ("AND", A, B), `A OR B` as ("OR", A, B). `/` is an old way to write OR."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def chain(operator, part):
        parts = [part()]
        while tokens and tokens[0] == operator:
            tokens.pop(0)
            parts.append(part())
        return parts[0] if len(parts) == 1 else (operator, *parts)

    def either():
        return chain("OR", lambda: chain("AND", one))

    def one():
        if not tokens:
            raise ValueError(f"licence expression {expression!r} ends too early")
        token = tokens.pop(0)
        if token == "(":
            inner = either()
            if not tokens or tokens.pop(0) != ")":
                raise ValueError(f"licence expression {expression!r} lacks a closing parenthesis")
            return inner
        if tokens and tokens[0] == "WITH":
            token = f"{token} WITH {tokens[1]}"
            del tokens[:2]
        return token

    tree = either()
    if tokens:
        raise ValueError(f"licence expression {expression!r} goes on after its end")
    return tree


def accepted(expression, allowed):
    """Whether the expression can be met with licences that are allowed."""
    def judge(tree):
        if isinstance(tree, str):
            return tree in allowed
        return (any if tree[0] == "OR" else all)(judge(part) for part in tree[1:])
    return judge(parse(expression))


def licences(expression):
    """Every licence that the expression names."""
    def walk(tree):
        return {tree} if isinstance(tree, str) else set().union(*(walk(part) for part in tree[1:]))
    return walk(parse(expression))


def normal(expression):
    """The expression in today's spelling, with no more parentheses than it needs."""
    def write(tree, inside):
        if isinstance(tree, str):
            return tree
        text = f" {tree[0]} ".join(write(part, tree[0]) for part in tree[1:])
        return f"({text})" if inside == "AND" and tree[0] == "OR" else text
    return write(parse(expression), None)
