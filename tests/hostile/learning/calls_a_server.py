# Sends what it has learnt to a server on this machine, in every way that there is.
# %% after course_setup
import json
import socket
import urllib.request

where = json.load(open("where.json"))
for family, kind, address in (
    (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", where["port"])),
    (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", where["port"])),
    (socket.AF_INET6, socket.SOCK_STREAM, ("::1", where["port"])),
    (socket.AF_UNIX, socket.SOCK_STREAM, "\0" + where["abstract"]),
    (socket.AF_UNIX, socket.SOCK_DGRAM, "\0" + where["abstract"]),
    (socket.AF_UNIX, socket.SOCK_STREAM, where["named"]),
):
    try:
        with socket.socket(family, kind) as channel:
            channel.settimeout(0.5)
            channel.connect(address)
            channel.send(b"all that I know")
            print("LEARNT an address", family, kind)
    except OSError as error:
        print(family, kind, error)
try:
    print("LEARNT an address", urllib.request.urlopen(f"http://127.0.0.1:{where['port']}", timeout=0.5).read())
except OSError as error:
    print(error)
