"""Reading what contributors sent: judged by its bytes, and opened only in a child process."""
