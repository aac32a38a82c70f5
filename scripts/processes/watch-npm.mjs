import process from 'node:process';

/** A killed npm is noticed within this time; half of it would notice no sooner to a person's eye. */
const LOOK_EVERY_MS = 500;

/**
 * Under npm, calls `onNpmEnd` when npm was killed: its child then lives on with another parent, and nobody could stop it
 * by stopping npm. Started by hand we may well outlive our parent, as under nohup.
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
