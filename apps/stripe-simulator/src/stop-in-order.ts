/** A shutdown that hangs must not leave a process behind. */
const MAX_SHUTDOWN_MS = 5_000;

/**
 * Shuts the process down on SIGTERM, SIGINT or SIGHUP, and when the IPC channel to the parent closes, which also
 * happens if the parent was killed by SIGKILL.
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
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (process.connected) process.once('disconnect', stop);
}
