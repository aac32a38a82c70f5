import { span } from '../../design/spans.js';
import { timelineWords } from '../console/timeline/words.js';
import type { Lane, Row, Step, TimelineEntry } from './wire.js';

type Words = Readonly<Record<string, (facts: Readonly<Record<string, string | number>>) => string>>;

const TONES: Readonly<Record<string, Row['tone']>> = {
  sent: 'note',
  paid: 'note',
  stripe_asked: 'note',
  stripe_answers: 'note',
  connection_lost: 'bad',
  client_cut: 'bad',
  killed: 'bad',
  redis_silent: 'bad',
  balancer_again: 'wait',
  fell_back: 'wait',
  row_found: 'wait',
  redis_back: 'good',
  row_made: 'good',
  completed: 'good',
  webhook_arrived: 'good',
  webhook_answered: 'good',
  lock_skipped: 'bad',
  no_such_payment: 'bad',
  booked: 'note',
};

/** Steps that are shown in the lane of the receiver. */
const RECEIVED: readonly string[] = ['answered', 'connection_lost'];

/** Steps that the lab observed from outside. */
export function rowsOfSteps(steps: readonly Step[], words: Words): Row[] {
  return steps.map(({ at_ms, from, to, what, request, facts = {} }, n) => ({
    key: n,
    at_ms,
    from,
    to,
    request,
    who: RECEIVED.includes(what) ? (to ?? from) : from,
    text: words[what]?.(facts) ?? what,
    tone: what === 'answered' ? toneOfStatus(Number(facts.status)) : (TONES[what] ?? 'quiet'),
  }));
}

function toneOfStatus(status: number): Row['tone'] {
  if (status < 300) return 'good';
  return status < 500 ? 'wait' : 'bad';
}

const LANE_OF: Readonly<Record<TimelineEntry['lane'], Lane>> = {
  request: 'api',
  lock: 'lock',
  database: 'database',
  stripe: 'stripe',
  webhook: 'webhook',
  worker: 'api',
};

/** Steps from the server's audit log, in the console's words and with the names to search for in a log. */
export function rowsOfTimeline(entries: readonly TimelineEntry[], language: keyof typeof timelineWords): Row[] {
  return entries.map(({ id, ms, lane, action, detail }) => {
    const { waited_ms, type } = detail;
    const waited = typeof waited_ms === 'number' ? span(waited_ms, language) : undefined;
    const names = [action, type].filter((name) => typeof name === 'string');
    return {
      key: id,
      at_ms: Math.round(ms),
      from: LANE_OF[lane],
      who: LANE_OF[lane],
      text: [timelineWords[language].actions[action], waited].filter(Boolean).join(' · '),
      // Allows line breaks within long names.
      code: names.join(' · ').replace(/[._]/g, '$&\u200b'),
      tone: toneOfAction(action, lane),
    };
  });
}

function toneOfAction(action: string, lane: TimelineEntry['lane']): Row['tone'] {
  if (/refused|failed|expired|cancelled/.test(action)) return 'wait';
  if (action.startsWith('payment.')) return 'good';
  return lane === 'request' || lane === 'webhook' ? 'note' : 'quiet';
}
