import { randomInt } from 'node:crypto';
import type { Laboratory } from './configuration.js';
import { LabFailure } from './lab-failure.js';
import type { Half, HalfEvent, LabEvent } from './lab-events.js';
import type { Scenario } from './scenarios/index.js';
import { Installation } from './stage/installation.js';
import { payEveryPage, untilCompleted } from './stage/pay-every-page.js';
import { Stage } from './stage/stage.js';
import type { Target } from './stage/target.js';
import { Unguarded } from './unguarded/unguarded.js';
import { chargedOnce, harmOf } from './verdict.js';

/** An attack is aborted after this time, both halves together. */
const MAX_RUN_MS = 60_000;

/** Fees differ between attacks, so that a charge can be identified by its amount. */
const FEES = { min: 10_000, max: 99_999 };

/** Without guards first: that is the hazard. */
const HALVES: readonly Half[] = ['unguarded', 'guarded'];

/**
 * Runs one attack twice, by the same script: against a program without guards, then against this installation. Never
 * rejects: failures are reported as an event, and one of the first half does not prevent the second.
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
  const fee = randomInt(FEES.min, FEES.max + 1);
  for (const half of HALVES) {
    const tell = (event: HalfEvent) => report({ half, ...event });
    try {
      tell({ type: 'preparing', servers: scenario.servers });
      const target = await open(half, lab, signal);
      try {
        await attack(scenario, new Stage(lab, target, fee, tell, signal), tell);
      } finally {
        await target.end();
      }
    } catch (error) {
      const failed = error instanceof LabFailure ? error.code : 'unexpected';
      const code = stop.aborted ? 'stopped' : late.aborted ? 'timed_out' : failed;
      tell({ type: 'failed', code, detail: error instanceof Error ? error.message : String(error) });
      if (signal.aborted) return;
    }
  }
}

async function open(half: Half, lab: Laboratory, signal: AbortSignal): Promise<Target> {
  if (half === 'unguarded') return Unguarded.open(lab.databaseUrl, signal);
  return new Installation(lab, await lab.tokens.sign({ subject: 'race-lab', role: 'staff' }));
}

/** From starting its servers to counting the money. */
async function attack(scenario: Scenario, stage: Stage, tell: (event: HalfEvent) => void): Promise<void> {
  const began = performance.now();
  try {
    const more = (await scenario.prepare?.(stage)) ?? {};
    await stage.set(Array.from({ length: scenario.servers }, () => more));
    await scenario.play(stage);
    await stage.requests.allAnswered();
    await payEveryPage(stage);
    await untilCompleted(stage);
    await scenario.after?.(stage);
    const count = await stage.count();
    const guards = await stage.guardsMet();
    tell({
      type: 'verdict',
      charged_once: chargedOnce(count),
      harm: harmOf(count),
      ...count,
      guards,
      proofs: stage.proofs,
      took_ms: Math.round(performance.now() - began),
    });
  } finally {
    await stage.end();
  }
}
