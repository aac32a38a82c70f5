import { keepProgram } from './programs.mjs';

/**
 * The race lab, which attacks this stack when staff start an attack: only with the simulator, so never with real
 * money, and only if we sign the tokens, because it needs some for its patients.
 * @param {() => NodeJS.ProcessEnv} env the API's, with Stripe's
 * @param {object} how
 * @param {(pid: number | undefined) => void} how.onSpawn
 * @param {(how: string) => void} how.onDeath
 * @param {(how: string) => void} how.onGiveUp
 */
export function keepLab(env, { onSpawn, onDeath, onGiveUp }) {
  let url = '';
  const program = keepProgram('lab', {
    // After a restart it must keep its address.
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
    /** The variables with which the API reaches it. */
    env: () => ({ RACE_LAB_URL: url }),
  };
}
