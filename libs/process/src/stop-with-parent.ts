/** A shutdown that hangs must not leave a process behind; longer than any request may take. */
const LONGEST_SHUTDOWN_MS = 10_000;

/**
 * A process started with an IPC channel belongs to whoever holds the other end. When that one is gone, even by
 * SIGKILL, the channel closes: finish what is under way, then end.
 */
export function stopWithParent(close: () => Promise<void>): void {
  if (!process.connected) return;
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), LONGEST_SHUTDOWN_MS).unref();
    void close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
