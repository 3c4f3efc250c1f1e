"""Plays the part of GitHub's runner: reads action.yml, runs its steps one after the other with the
files and variables that the runner hands to them, and keeps what they left."""
import json
import os
import pathlib
import re
import subprocess

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Runner:
    """One job on one checkout. `event` is what GITHUB_EVENT_PATH holds."""

    def __init__(self, directory, checkout, action=ROOT):
        self.directory, self.checkout, self.action = directory, checkout, action
        self.temporary = directory / "runner"
        self.temporary.mkdir(exist_ok=True)
        self.gh = directory / "gh.json"
        self.set_comments([])
        with open(action / "action.yml", encoding="utf-8") as file:
            self.steps = yaml.safe_load(file)

    def set_comments(self, comments, rights=True):
        self.gh.write_text(json.dumps({"rights": rights, "comments": comments, "asked": []}))

    def comments(self):
        return json.loads(self.gh.read_text())["comments"]

    def asked(self):
        return json.loads(self.gh.read_text())["asked"]

    def run(self, event_name, event, inputs, environment=None):
        """Runs all steps; what they printed, left in the summary, put out, and whether one failed."""
        event_file = self.temporary / "event.json"
        event_file.write_text(json.dumps(event))
        context = {"inputs": self._inputs(inputs), "steps": {}, "failed": False}
        job = Job()
        for step in self.steps["runs"]["steps"]:
            if self._wanted(step, context):
                self._run_step(step, context, job, event_name, event_file, environment or {})
        job.outputs = {
            name: self._fill(output["value"], context)
            for name, output in self.steps["outputs"].items()
        }
        job.failed = context["failed"]
        return job

    def _inputs(self, given):
        known = self.steps["inputs"]
        assert set(given) <= set(known), given
        defaults = {name: str(known[name].get("default", "")) for name in known}
        return {**defaults, "token": "a-token", **given}

    def _value(self, expression, context):
        if expression == "github.action_path":
            return str(self.action)
        if expression == "github.action_repository":
            return "example/lockstep"
        room, _, rest = expression.partition(".")
        if room == "inputs":
            return context["inputs"][rest]
        step, outputs, name = rest.split(".")
        assert room == "steps" and outputs == "outputs", expression
        return context["steps"].get(step, {}).get(name, "")

    def _fill(self, text, context):
        return re.sub(
            r"\$\{\{ *(.*?) *\}\}", lambda match: self._value(match[1], context), str(text)
        )

    def _wanted(self, step, context):
        condition = step.get("if")
        if condition is None:
            return not context["failed"]
        always = False
        for term in re.fullmatch(r"\$\{\{ (.*) \}\}", condition)[1].split(" && "):
            if term == "always()":
                always = True
                continue
            left, comparison, right = re.fullmatch(r"(\S+) (==|!=) '(.*)'", term).groups()
            if (self._value(left, context) == right) != (comparison == "=="):
                return False
        return always or not context["failed"]

    def _run_step(self, step, context, job, event_name, event_file, environment):
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an expression in a script is code from outside"
        files = {name: self.temporary / name for name in ("output", "summary")}
        for file in files.values():
            file.write_text("")
        variables = {
            "PATH": f"{ROOT / 'tests/e2e/action'}:{os.environ['PATH']}",
            "HOME": str(self.directory),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "GITHUB_SERVER_URL": f"file://{self.directory}",
            "GITHUB_EVENT_NAME": event_name,
            "GITHUB_EVENT_PATH": str(event_file),
            "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_STEP_SUMMARY": str(files["summary"]),
            "RUNNER_TEMP": str(self.temporary),
            "FAKE_GH": str(self.gh),
            **environment,
            **{name: self._fill(value, context) for name, value in step.get("env", {}).items()},
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.checkout,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        job.log += done.stdout
        job.summary += files["summary"].read_text()
        context["steps"][step.get("id", step["name"])] = outputs_in(files["output"].read_text())
        context["failed"] |= done.returncode != 0


class Job:
    """What a job left."""

    def __init__(self):
        self.log, self.summary, self.outputs, self.failed = "", "", {}, False

    def commands(self, level):
        """The workflow commands of a level, as the runner finds them."""
        return [line for line in self.log.splitlines() if line.lstrip().startswith(f"::{level} ")]


def outputs_in(text):
    """NAME=VALUE lines, and NAME<<DELIMITER ... DELIMITER."""
    outputs, lines = {}, iter(text.splitlines())
    for line in lines:
        opened = re.fullmatch(r"([\w-]+)<<(.+)", line)
        if opened is None:
            name, _, value = line.partition("=")
            outputs[name] = value
            continue
        value = []
        for inner in lines:
            if inner == opened[2]:
                break
            value.append(inner)
        outputs[opened[1]] = "\n".join(value)
    return outputs
