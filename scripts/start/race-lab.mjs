import { keepProgram } from './programs.mjs';

/**
 * The race lab, which attacks this very stack when staff press a button: only beside a simulator, so never where money is
 * real, and only where we ourselves sign the tokens, since it needs some for its own patients.
 * @param {() => NodeJS.ProcessEnv} env the API's, with Stripe's
 * @param {object} how
 * @param {(pid: number | undefined) => void} how.onSpawn
 * @param {(how: string) => void} how.onDeath
 * @param {(how: string) => void} how.onGiveUp
 */
export function keepLab(env, { onSpawn, onDeath, onGiveUp }) {
  let url = '';
  const program = keepProgram('lab', {
    // Started again, it must be where it was.
    env: () => ({ ...env(), RACE_LAB_PORT: url ? new URL(url).port : '0' }),
    onSpawn,
    onReady: (address) => {
      url = address;
    },
    onDeath,
    onGiveUp,
  });
  return {
    start: () => program.start(),
    stop: program.stop,
    /** What the API has to know to reach it. */
    env: () => ({ RACE_LAB_URL: url }),
  };
}
