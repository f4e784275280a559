"""Evaluates GitHub's expressions, as far as the workflows and the action use them: names, strings, `==`, `!=`, `&&`, `||`, `!`,
parentheses and the status functions. An undefined name is an error here, although GitHub treats it as empty."""

import re

TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<op>&&|\|\||==|!=|!|\(|\))|(?P<name>[A-Za-z_][\w.-]*)(?P<call>\(\))?)")
STATUS = ["always", "success", "failure", "cancelled"]


def evaluate(expression, known, status="success"):
    """The value of an expression: a text or a truth value. `known` holds the names; `status` is that of the steps so far."""
    tokens, at = [], 0
    expression = expression.strip()
    while at < len(expression):
        match = TOKEN.match(expression, at)
        if not match:
            raise ValueError(f"not understood: {expression[at:]}")
        tokens.append(match)
        at = match.end()
    parser = Parser(tokens, known, status)
    value = parser.either()
    if parser.rest:
        raise ValueError(f"not understood: {expression}")
    return value


def condition(expression, known, status):
    """Whether a step with this `if` runs. Without a question for the status, it runs after success only."""
    asked = any(f"{name}()" in expression for name in STATUS)
    return bool(evaluate(expression, known, status)) and (asked or status == "success")


def fill(text, known):
    """A text with `${{ }}` in it."""
    def value(match):
        found = evaluate(match[1], known)
        return {True: "true", False: "false"}.get(found, found) if isinstance(found, bool) else found
    return re.sub(r"\$\{\{(.*?)\}\}", value, text)


class Parser:
    """Operators by how tightly they bind, the loosest first."""

    def __init__(self, tokens, known, status):
        self.rest, self.known, self.status = tokens, known, status

    def taken(self, *operators):
        if self.rest and self.rest[0]["op"] in operators:
            return self.rest.pop(0)["op"]
        return None

    def either(self):
        value = self.both()
        while self.taken("||"):
            other = self.both()
            value = value or other
        return value

    def both(self):
        value = self.compared()
        while self.taken("&&"):
            other = self.compared()
            value = value and other
        return value

    def compared(self):
        value = self.single()
        while operator := self.taken("==", "!="):
            # GitHub compares texts without regard to case.
            other = self.single()
            value = (str(value).lower() == str(other).lower()) == (operator == "==")
        return value

    def single(self):
        if self.taken("!"):
            return not self.single()
        if self.taken("("):
            value = self.either()
            if not self.taken(")"):
                raise ValueError("a parenthesis is not closed")
            return value
        token = self.rest.pop(0)
        if token["text"]:
            return token["text"][1:-1].replace("''", "'")
        if token["call"]:
            return {"always": True, "success": self.status == "success", "failure": self.status == "failure",
                    "cancelled": self.status == "cancelled"}[token["name"]]
        return self.known[token["name"]]
