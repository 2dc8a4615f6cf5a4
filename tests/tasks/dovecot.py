"""A real IMAP server on loopback, private to one test: Dovecot, with a mailbox in a folder of its own."""

import os
import shutil
import socket
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from getpass import getuser
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from tests.notifications.channels.relays import Authority, free_port
from tests.patience import PATIENCE, ended_by_itself, wait_until, work_of

DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
mail_location = maildir:{folder}/folders:LAYOUT=fs:INBOX={folder}/mail
namespace inbox {{
  inbox = yes
  separator = /
}}
first_valid_uid = 0
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={{PLAIN.b64}}{password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
{more}
"""
WITHOUT_TLS = "ssl = no"
WITH_TLS = """
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
"""
WITH_TOKENS = """
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/tokens.conf
}}
"""
TOKENS = """
tokeninfo_url = {url}
introspection_mode = auth
username_attribute = username
"""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The address of the mailbox, the folder new mail is put into, and the ports without and with TLS."""

    address: str
    new: Path
    port: int
    tls_port: int

    def deliver(self, message: EmailMessage, on: date) -> None:
        """Put a message into the mailbox on a day, as a mail server does."""
        number = len(list(self.new.parent.rglob("*.test")))
        file = self.new / f"{number}.{id(message)}.test"
        file.write_bytes(message.as_bytes())
        file.chmod(0o666)
        came = datetime.combine(on, time(12), UTC).timestamp()
        os.utime(file, (came, came))


@contextmanager
def dovecot(
    *,
    password: str = "secret",  # noqa: S107 (made up)
    tls: Authority | None = None,
    tokens: str | None = None,
) -> Iterator[Mailbox]:
    """Run a Dovecot whose files all lie in a folder of its own.

    Args:
        password: of every user.
        tls: who vouches for it; without one it does without TLS.
        tokens: the address of a web server that knows which tokens are good; what follows it is the token.
    """
    with TemporaryDirectory(prefix="dovecot-") as made:
        folder = Path(made)
        folder.chmod(0o755)  # its login process runs as somebody else
        more = [WITH_TLS if tls else WITHOUT_TLS, WITH_TOKENS if tokens else ""]
        if tls:
            issued = tls.ca.issue_cert("127.0.0.1")
            issued.private_key_pem.write_to_path(str(folder / "server.key"))
            issued.cert_chain_pems[0].write_to_path(str(folder / "server.pem"))
        if tokens:
            (folder / "tokens.conf").write_text(TOKENS.format(url=tokens))
        yield from _running(folder, password, "".join(more).format(folder=folder), tls)


def _running(folder: Path, password: str, more: str, tls: Authority | None) -> Iterator[Mailbox]:
    assert DOVECOT, "this test needs Dovecot (Debian: dovecot-imapd); .ci/run says how to get it"
    port, tls_port = free_port(), free_port()
    for name in ("run", "mail/new", "mail/cur", "mail/tmp", "folders"):
        (folder / name).mkdir(parents=True)
    configuration = folder / "dovecot.conf"
    user = getuser() if os.getuid() else "nobody"  # Dovecot lets nobody log in as root
    group = subprocess.run(["id", "-gn", user], capture_output=True, text=True, check=True).stdout.strip()
    ports = {"port": port, "tls_port": tls_port if tls else 0}
    secret = b64encode(password.encode()).decode("ascii")
    filled = CONFIGURATION.format(folder=folder, user=user, group=group, password=secret, more=more, **ports)
    configuration.write_text(filled, encoding="utf-8")
    if not os.getuid():
        mine = [str(folder / name) for name in ("mail", "folders")]
        subprocess.run(["chown", "-R", f"{user}:{group}", *mine], check=True)
    server = subprocess.Popen([DOVECOT, "-F", "-c", str(configuration)])
    login = f"replies:{quote(password, safe='')}@127.0.0.1"
    address = (
        f"imaps://{login}:{tls_port}/INBOX?ca={quote(str(tls.file))}"
        if tls
        else f"imap://{login}:{port}/INBOX"
    )
    try:
        log = folder / "log"
        wait_until(
            lambda: _answers(port),
            lambda: work_of(server.pid),
            why=lambda: log.read_text() if log.exists() else "Dovecot did not start",
        )
        yield Mailbox(address, folder / "mail" / "new", port, tls_port)
    finally:
        server.terminate()
        ended_by_itself(server, "Dovecot")


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
        return client.recv(10).startswith(b"* OK")
    return False
