# Leaves sockets full of bytes that nobody reads, which no process's memory has.
# stops: own-course-setup
# %% after course_setup
import os
import socket
import time

full, tells = os.pipe()
for _ in range(5):
    if os.fork() == 0:
        pairs = []
        for _ in range(400):
            pairs.append(socket.socketpair())
            pairs[-1][0].setblocking(False)
            try:
                while True:
                    pairs[-1][0].send(bytes(10**5))
            except BlockingIOError:
                pass
        os.write(tells, b"1")
        time.sleep(60)
for _ in range(5):
    os.read(full, 1)
