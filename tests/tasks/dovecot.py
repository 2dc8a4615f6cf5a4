"""A real IMAP server on loopback, private to one test: Dovecot, with a mailbox in a folder of its own."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from getpass import getuser
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.patience import PATIENCE, ended_by_itself, wait_until, work_of

DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
first_valid_uid = 0
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
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
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
"""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The address of the mailbox, and the folder new mail is put into."""

    address: str
    new: Path

    def deliver(self, message: EmailMessage, on: date) -> None:
        """Put a message into the mailbox on a day, as a mail server does."""
        number = len(list(self.new.parent.rglob("*.test")))
        file = self.new / f"{number}.{id(message)}.test"
        file.write_bytes(message.as_bytes())
        file.chmod(0o666)
        came = datetime.combine(on, time(12), UTC).timestamp()
        os.utime(file, (came, came))


@contextmanager
def dovecot() -> Iterator[Mailbox]:
    """Run a Dovecot whose files all lie in a folder of its own."""
    with TemporaryDirectory(prefix="dovecot-") as made:
        folder = Path(made)
        folder.chmod(0o755)  # its login process runs as somebody else
        yield from _running(folder)


def _running(folder: Path) -> Iterator[Mailbox]:
    assert DOVECOT, "this test needs Dovecot (Debian: dovecot-imapd); .ci/run says how to get it"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("run", "mail/new", "mail/cur", "mail/tmp"):
        (folder / name).mkdir(parents=True)
    configuration = folder / "dovecot.conf"
    user = getuser() if os.getuid() else "nobody"  # Dovecot lets nobody log in as root
    group = subprocess.run(["id", "-gn", user], capture_output=True, text=True, check=True).stdout.strip()
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, user=user, group=group))
    if not os.getuid():
        subprocess.run(["chown", "-R", f"{user}:{group}", str(folder / "mail")], check=True)
    server = subprocess.Popen([DOVECOT, "-F", "-c", str(configuration)])
    try:
        log = folder / "log"
        wait_until(
            lambda: _answers(port),
            lambda: work_of(server.pid),
            why=lambda: log.read_text() if log.exists() else "Dovecot did not start",
        )
        yield Mailbox(f"imap://replies:secret@127.0.0.1:{port}/INBOX", folder / "mail" / "new")
    finally:
        server.terminate()
        ended_by_itself(server, "Dovecot")


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
        return client.recv(10).startswith(b"* OK")
    return False
