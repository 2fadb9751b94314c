"""The process beside a worker in which batches and large bodies are worked on.

A keeper is forked from the worker before that has threads. It forks the process that works, and
another one whenever that ends: by the bound on its memory or on its time, or by a kill. The worker
and its other requests go on; the one request is told what happened.
"""

import mmap
import os
import pickle
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from logging import getLogger
from tempfile import TemporaryFile
from typing import IO, Any, Final

from tongguan.facilities.processes import end_with_parent
from tongguan.interfaces.server import memory
from tongguan.interfaces.server.work import Answer, Facts, Wsgi, answer

log = getLogger(__name__)
PAUSE_SECONDS: Final = 0.2
LOOK_SECONDS: Final = 5.0
HUNG_SECONDS: Final = 60.0
"""A worker that gives no sign for so long is taken to stand still."""
KILL_SECONDS: Final = 30.0
"""So long after the bound on time the keeper may take to tell that the process has ended."""
NICENESS: Final = 5
"""Where the machine is busy, pages go before batches."""
_MESSAGE: Final = struct.Struct("=cqq")
_STATE: Final = struct.Struct("=qq")
_BEAT: Final = struct.Struct("=d")
_TAKING: Final = -1
"""Stands for the number of a request while it is taken: whoever dies then may have had it."""
_DONE: Final = b"d"
_ENDED: Final = b"e"


class EndedError(Exception):
    """The process that worked on a request has ended over it."""

    def __init__(self, *, by_time: bool, by_memory: bool) -> None:
        """Take why: by the bound on its time or its memory; by neither where it was killed."""
        super().__init__("ended")
        self.by_time = by_time
        self.by_memory = by_memory


class KeeperLostError(Exception):
    """The keeper itself was killed: this worker can work on no batch any more."""


class Batches:
    """Hands requests to the process beside this one, one at a time."""

    def __init__(self, handler: Wsgi, *, limit: int, seconds: float) -> None:
        """Fork the keeper.

        Args:
            handler: the product.
            limit: bytes of memory that the process may take beyond what it begins with.
            seconds: the longest that a request may take.
        """
        self._seconds = seconds
        # Shared: who works, and on which request; then when the worker was last seen to go on.
        self._state = mmap.mmap(-1, _STATE.size + _BEAT.size)
        self._number = 0
        kind = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_DGRAM
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, kind)
        tie = end_with_parent(signal.SIGKILL)
        if os.fork() == 0:
            try:
                tie()
                self._socket.close()
                _keep(theirs, self._state, handler, limit)
            finally:
                os._exit(1)
        theirs.close()

    def beat(self) -> None:
        """Tell the keeper that this worker goes on; call it every second or so."""
        _BEAT.pack_into(self._state, _STATE.size, time.monotonic())

    def answer(self, environ: dict[str, Any], body: IO[bytes], facts: Facts) -> Answer:
        """Return the answer to a request.

        Raises:
            EndedError: the process ended over it.
            KeeperLostError: there is nobody to work on it.
        """
        self._number += 1
        plain = {name: value for name, value in environ.items() if _is_plain(value)}
        try:
            with TemporaryFile() as head:
                pickle.dump((plain, facts), head)
                head.seek(0)
                message = _MESSAGE.pack(_DONE, self._number, 0)
                socket.send_fds(self._socket, [message], [head.fileno(), body.fileno()])
            return self._wait()
        except OSError as error:
            raise KeeperLostError from error

    def _wait(self) -> Answer:
        end, by_time = time.monotonic() + self._seconds, False
        while True:
            self._socket.settimeout(max(end - time.monotonic(), 0.01))
            try:
                message, handles, _flags, _from = socket.recv_fds(self._socket, 64, 1)
            except TimeoutError as error:
                if by_time:
                    raise KeeperLostError from error
                by_time = True
                end = time.monotonic() + KILL_SECONDS
                self._kill()
                continue
            if not message:
                raise KeeperLostError
            kind, number, status = _MESSAGE.unpack(message)
            if number not in {self._number, _TAKING}:
                for handle in handles:
                    os.close(handle)
            elif kind == _ENDED:
                raise EndedError(by_time=by_time, by_memory=_is_of_memory(status))
            else:
                with os.fdopen(handles[0], "rb") as file:
                    found: Answer = pickle.load(file)  # noqa: S301 -- by our own process
                return found

    def _kill(self) -> None:
        process, number = _STATE.unpack_from(self._state)
        if number == self._number:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


def _is_of_memory(status: int) -> bool:
    """Say whether an exit status is that of a failed allocation: an exception, or a C library's."""
    return status > 0 or -status in {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS}


def _is_plain(value: object) -> bool:
    return isinstance(value, str | bool | tuple)


def _keep(theirs: socket.socket, state: mmap.mmap, handler: Wsgi, limit: int) -> None:
    """Fork the process that works, again and again; tell which request one has ended over."""
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_IGN)  # the worker ends us, when its own requests are done
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # it is waited for instead
    tie = end_with_parent(signal.SIGKILL)
    while True:
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            try:
                tie()
                memory.bound(limit)
                _serve(theirs, state, handler, limit)
            finally:
                os._exit(1)
        status = _end_of(child, state)
        _process, number = _STATE.unpack_from(state)
        if number:
            _STATE.pack_into(state, 0, 0, 0)
            theirs.send(_MESSAGE.pack(_ENDED, number, status))
        time.sleep(max(0.0, PAUSE_SECONDS - (time.monotonic() - began)))


def _end_of(child: int, state: mmap.mmap) -> int:
    """Return the exit status of a process when it has ended; meanwhile watch the worker.

    A fault that holds the interpreter lock stops all threads of the worker, so that it cannot end
    itself: it is killed from here, and the server starts another.
    """
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        [seen] = _BEAT.unpack_from(state, _STATE.size)
        if seen and time.monotonic() - seen > HUNG_SECONDS:
            log.error("a web process stands still; it is ended and started again")
            os.kill(os.getppid(), signal.SIGKILL)
        if sys.platform == "linux":
            signal.sigtimedwait({signal.SIGCHLD}, LOOK_SECONDS)
        else:
            time.sleep(PAUSE_SECONDS)


def _serve(theirs: socket.socket, state: mmap.mmap, handler: Wsgi, limit: int) -> None:
    """Work on requests as they come, until memory has grown for good."""
    os.nice(NICENESS)
    process, most = os.getpid(), memory.resident() + limit // 2
    while memory.resident() < most:
        # Taken only when it is there: a process that is killed while it waits takes nothing along.
        select.select([theirs], [], [])
        _STATE.pack_into(state, 0, process, _TAKING)
        message, handles, _flags, _from = socket.recv_fds(theirs, 64, 2)
        if not message:
            return
        _kind, number, _status = _MESSAGE.unpack(message)
        _STATE.pack_into(state, 0, process, number)
        found = _work(handler, *handles)
        with TemporaryFile() as file:
            pickle.dump(found, file)
            file.seek(0)
            socket.send_fds(theirs, [_MESSAGE.pack(_DONE, number, 0)], [file.fileno()])
        _STATE.pack_into(state, 0, process, 0)


def _work(handler: Wsgi, head: int, body: int) -> Answer:
    with os.fdopen(head, "rb") as file:
        environ, facts = pickle.load(file)  # noqa: S301 -- by our own process
    with os.fdopen(body, "rb") as file:
        environ["wsgi.input"] = file
        environ["wsgi.errors"] = sys.stderr
        return answer(handler, environ, facts)
