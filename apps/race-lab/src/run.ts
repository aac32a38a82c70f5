import type { Laboratory } from './configuration.js';
import { LabFailure } from './lab-failure.js';
import type { Scenario } from './scenarios/index.js';
import { payEveryPage, untilCompleted } from './stage/pay-every-page.js';
import { Installation } from './stage/installation.js';
import { Stage } from './stage/stage.js';
import type { LabEvent } from './lab-events.js';
import { chargedOnce } from './verdict.js';

/** An attack is aborted after this time. */
const MAX_RUN_MS = 60_000;

/**
 * Runs one attack, from starting its servers to counting the money. Never rejects: failures are reported as an event.
 * @returns when everything that it started has ended.
 */
export async function run(
  scenario: Scenario,
  lab: Laboratory,
  report: (event: LabEvent) => void,
  stop: AbortSignal,
): Promise<void> {
  const late = AbortSignal.timeout(MAX_RUN_MS);
  const signal = AbortSignal.any([stop, late]);
  const staff = await lab.tokens.sign({ subject: 'race-lab', role: 'staff' });
  const stage = new Stage(lab, new Installation(lab, staff), report, signal);
  const began = performance.now();
  try {
    report({ type: 'preparing', servers: scenario.servers });
    const more = (await scenario.prepare?.(stage)) ?? {};
    await stage.set(Array.from({ length: scenario.servers }, () => more));
    await scenario.play(stage);
    await stage.requests.allAnswered();
    await payEveryPage(stage);
    await untilCompleted(stage);
    await scenario.after?.(stage);
    const count = await stage.count();
    const took_ms = Math.round(performance.now() - began);
    report({ type: 'verdict', charged_once: chargedOnce(count), ...count, proofs: stage.proofs, took_ms });
  } catch (error) {
    const code = stop.aborted
      ? 'stopped'
      : late.aborted
        ? 'timed_out'
        : error instanceof LabFailure
          ? error.code
          : 'unexpected';
    report({ type: 'failed', code, detail: error instanceof Error ? error.message : String(error) });
  } finally {
    await stage.end();
  }
}
