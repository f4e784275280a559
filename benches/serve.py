#!/usr/bin/env python3
"""The web server of `cimaise serve --built` and `cimaise serve` under bursts, idle connections and readers that stall.

    benches/serve.py PROGRAM [RUNS]

Builds a story with a video, a sound and 30 pictures, and shows for both commands:

1. Chromium on RUNS (20) fresh servers: how often every picture, the video and the sound arrived, and how long it took.
2. Answer times of new connections: undisturbed, beside 500 idle connections, beside 8 readers that stall in a film, beside both.
3. What absurd requests do: the status, and whether the server still answers.

Needs ffmpeg, Node.js, Chromium (CHROMIUM names another one), and `npm ci --prefix tests/browser`. The exit code is 1 if a page was not
complete, or if an answer took longer than 100 ms.
"""
import json
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "../tests/browser/complete.mjs")
PICTURES, IDLE, STALLED, ASKED, LIMIT = 30, 500, 8, 200, 0.1
HOST = b"Host: 127.0.0.1\r\n"


def must(command, **more):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{command}: {done.stdout}")
    return done.stdout


def ffmpeg(target, *arguments):
    must(["ffmpeg", "-v", "error", "-y", *arguments, target])


def make_site(folder, program):
    """Builds the story. A file of 60 MB lies beside it, for readers that stall."""
    gallery = os.path.join(folder, "a")
    os.mkdir(gallery)
    ffmpeg(f"{gallery}/clip.mp4", "-f", "lavfi", "-i", "testsrc=size=1280x720:rate=25:duration=20", "-f", "lavfi", "-i",
           "sine=440:duration=20", "-shortest", "-pix_fmt", "yuv420p")
    ffmpeg(f"{gallery}/waves.mp3", "-f", "lavfi", "-i", "sine=330:duration=60")
    ffmpeg(f"{gallery}/%02d.jpg", "-f", "lavfi", "-i", "mandelbrot=size=2400x1600:rate=1", "-frames:v", str(PICTURES))
    with open(f"{folder}/settings.yaml", "w", encoding="utf-8") as file:
        file.write("title: Bench\n")
    names = [f"{number:02}.jpg" for number in range(1, PICTURES + 1)]
    rows = "".join(f"- {{type: pictures-group, images: [[{', '.join(names[i:i + 3])}]]}}\n" for i in range(0, PICTURES, 3))
    with open(f"{gallery}/settings.yaml", "w", encoding="utf-8") as file:
        file.write("title: A\ncover: 01.jpg\nsections:\n"
                   "- {type: bordered-picture, image: {name: clip.mp4, type: video, controls: true}}\n"
                   "- {type: audio, image: waves.mp3}\n" + rows)
    os.mkdir(f"{folder}/static")
    with open(f"{folder}/static/large.bin", "wb") as file:
        file.write(os.urandom(60 << 20))
    must([program, "build", "-q", folder])


class Server:
    """The site, served on a port of its own; `command`: as the preview of `serve`, or as its output folder, `serve --built`."""

    def __init__(self, program, command, folder):
        # An empty variable `container`: this machine may be one, but the browser is inside too.
        self.process = subprocess.Popen([program, *command, "-p", "0", folder], stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, "container": ""})
        self.url = re.search(r"http://\S+/", self.process.stdout.readline()).group()
        host, port = self.url.split("/")[2].split(":")
        self.address = (host, int(port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def connect(self):
        return socket.create_connection(self.address, timeout=10)

    def ask(self, request):
        """The first bytes of an answer; None if there is none within ten seconds."""
        try:
            with self.connect() as stream:
                stream.sendall(request)
                return stream.recv(65536)
        except OSError:
            return None

    def status(self, request):
        answer = self.ask(request)
        return answer.split(b" ")[1].decode() if answer and b" " in answer else "no answer"

    def times(self, count=ASKED):
        """Seconds until a page has come, for new connections one after the other; ten seconds stand for no answer."""
        request = b"GET /a/ HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
        times = []
        for _ in range(count):
            start = time.perf_counter()
            answer = self.ask(request)
            times.append(time.perf_counter() - start if answer else 10.0)
            if len(times) >= 3 and min(times[-3:]) >= 10.0:
                break
        return times

    def memory(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) // 1024 for line in file if line.startswith("VmRSS"))


def pages(program, command, folder, runs):
    """Opens the story on fresh servers; whether all of them were complete."""
    results = []
    for _ in range(runs):
        with Server(program, command, folder) as server:
            results.append(json.loads(must(["node", PAGE, f"{server.url}a/"])))
    whole = [result for result in results if "complete" in result and "failed" not in result]
    for result in results:
        if result not in whole:
            print(f"  incomplete: {result}")
    line = f"{len(whole)} of {runs} complete"
    if whole:
        load, complete = ([result[key] for result in whole] for key in ("load", "complete"))
        line += (f" ({whole[0]['counts'][0]} pictures, {whole[0]['counts'][1]} video, {whole[0]['counts'][2]} sound); load: median"
                 f" {statistics.median(load):.0f} ms, most {max(load)} ms; everything there: median"
                 f" {statistics.median(complete):.0f} ms, most {max(complete)} ms")
    print(f"Chromium: {line}", flush=True)
    return len(whole) == runs


def disturbed(program, command, folder, idle, stalled):
    """Answer times beside connections that do nothing; whether all were below the limit."""
    with Server(program, command, folder) as server:
        server.times(5)
        open_ones = [server.connect() for _ in range(idle)]
        for number, stream in enumerate(open_ones):
            # Every second one has been used before, as those of browsers.
            if number % 2:
                stream.sendall(b"HEAD / HTTP/1.1\r\n" + HOST + b"\r\n")
        for _ in range(stalled):
            stream = server.connect()
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            stream.sendall(b"GET /static/large.bin HTTP/1.1\r\n" + HOST + b"\r\n")
            open_ones.append(stream)
        time.sleep(1)
        times = server.times()
        print(f"{idle} idle, {stalled} stalled: {len(times)} answers, median {statistics.median(times) * 1000:.1f} ms, most"
              f" {max(times) * 1000:.1f} ms; {server.memory()} MB", flush=True)
        for stream in open_ones:
            stream.close()
    return max(times) <= LIMIT


def absurd(program, command, folder):
    """Statuses of absurd requests; whether the server outlives them."""
    with Server(program, command, folder) as server:
        for name, headers in {
            "Content-Length: 99999999999999999": HOST + b"Content-Length: 99999999999999999\r\n",
            "Content-Length: 99999999999999999999999": HOST + b"Content-Length: 99999999999999999999999\r\n",
            "a header of 1 MB": HOST + b"X: " + b"x" * (1 << 20) + b"\r\n",
            "Host: evil.example": b"Host: evil.example\r\n",
        }.items():
            status = server.status(b"GET / HTTP/1.1\r\n" + headers + b"\r\n")
            print(f"{name}: {status}", flush=True)
        answers = max(server.times(3)) < LIMIT and server.process.poll() is None
        print(f"afterwards: {'answers' if answers else 'no answer'}")
        return answers


def main():
    program, runs = os.path.realpath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with tempfile.TemporaryDirectory() as folder:
        make_site(folder, program)
        fine = []
        for command in (["serve", "--built"], ["serve"]):
            print(f"cimaise {' '.join(command)}")
            fine.append(pages(program, command, folder, runs))
            for counts in ((0, 0), (IDLE, 0), (0, STALLED), (IDLE, STALLED)):
                fine.append(disturbed(program, command, folder, *counts))
            fine.append(absurd(program, command, folder))
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
