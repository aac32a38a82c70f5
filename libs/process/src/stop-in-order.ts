/** A shutdown that hangs must not leave a process behind; longer than any request may take. */
const MAX_SHUTDOWN_MS = 10_000;

/**
 * Stops this process gracefully: on TERM, INT or HUP, and when the IPC channel to its parent closes, which happens
 * even if the parent was killed by SIGKILL. Finishes running work, then exits with 0.
 */
export function stopInOrder(close: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), MAX_SHUTDOWN_MS).unref();
    void close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  // Ctrl-C reaches the whole process group, and our parent then sends TERM: two signals for one stop. Only a second
  // Ctrl-C exits at once.
  let interrupts = 0;
  process.on('SIGINT', () => (++interrupts > 1 ? process.exit(130) : stop()));
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  if (process.connected) process.once('disconnect', stop);
}
