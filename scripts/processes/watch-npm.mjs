import process from 'node:process';

/** The end of npm is noticed within this time. */
const LOOK_EVERY_MS = 500;

/**
 * Under npm, calls `onNpmEnd` when npm was killed, because stopping npm would then no longer stop its child. Without
 * npm we may outlive our parent, as under nohup.
 * @param {() => void} onNpmEnd
 */
export function watchNpm(onNpmEnd) {
  if (!process.env['npm_lifecycle_event']) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    onNpmEnd();
  }, LOOK_EVERY_MS);
  timer.unref();
}
