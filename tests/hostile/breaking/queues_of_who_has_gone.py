# Connects to sockets that listen, sends, and is gone: nobody has open what holds the bytes.
# stops: own-course-setup
# %% after course_setup
import socket

kept = []
for number in range(50):
    kept.append(socket.socket(socket.AF_UNIX))
    kept[-1].bind(str(number))
    kept[-1].listen(128)
    for _ in range(20):
        with socket.socket(socket.AF_UNIX) as gone:
            gone.connect(str(number))
            gone.send(bytes(10**5))
