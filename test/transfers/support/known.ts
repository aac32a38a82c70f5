import type { Move, Sent } from './moves.js';

const sent: Sent = 'once';
const NEWEST = { slot: 0, age: 0 };
const CREATE: Move = { move: 'create', slot: 0, sent };
const OTHER: Move = { move: 'create', slot: 1, sent };
const CANCEL: Move = { move: 'cancel', ...NEWEST, sent };
const EXPIRE: Move = { move: 'expire', slot: 0 };
const MATCH_OTHER: Move = { move: 'match', slot: 1, age: 0, line: 0, share: 'all', sent };
const UNDO: Move = { move: 'unmatch', ...NEWEST, line: 0, sent };
const confirm = (size: 'due' | 'short' | 'over' | 'half' | 'double', is_said = true, of = NEWEST): Move => ({
  move: 'confirm',
  ...of,
  size,
  is_said,
  sent,
});
const again = (of: { slot: number; age: number }, more: { is_said?: boolean; other_case?: boolean } = {}): Move => ({
  move: 'confirm_again',
  ...of,
  line: 0,
  is_said: false,
  other_case: false,
  sent,
  ...more,
});
const payBack = (share: 'all' | 'part', paid: 'now' | 'reserved'): Move => ({
  move: 'pay_back',
  line: 0,
  share,
  paid,
  sent,
});
const refund = (share: 'all' | 'part', paid: 'now' | 'reserved'): Move => ({
  move: 'refund',
  ...NEWEST,
  share,
  paid,
  sent,
});
const end = (ending: 'settle' | 'withdraw'): Move => ({ move: 'end_refund', which: 0, ending, sent });

/** One for each way in which money arrives, is refunded, or is corrected: played each time. */
export const KNOWN: readonly { readonly name: string; readonly moves: readonly Move[] }[] = [
  { name: 'exactly what is due', moves: [CREATE, confirm('due', false)] },
  { name: 'less, then the rest', moves: [CREATE, confirm('short'), confirm('due')] },
  { name: 'more than is due', moves: [CREATE, confirm('over')] },
  {
    name: 'more than is due, sent again after its answer was lost',
    moves: [CREATE, { ...confirm('over'), sent: 'twice' } as Move],
  },
  { name: 'paid twice, with another reference', moves: [CREATE, confirm('due'), confirm('due', false)] },
  {
    name: 'for a cancelled payment, then matched with another',
    moves: [CREATE, CANCEL, confirm('due', false), OTHER, MATCH_OTHER],
  },
  { name: 'a part, and the payment is cancelled', moves: [CREATE, confirm('half'), CANCEL] },
  { name: 'for an expired payment', moves: [CREATE, EXPIRE, confirm('due', false)] },
  { name: 'less than all for an expired payment', moves: [CREATE, EXPIRE, confirm('half')] },
  {
    name: 'for an expired payment, when another has its place',
    moves: [CREATE, EXPIRE, CREATE, confirm('due', false, { slot: 0, age: 1 }), again(NEWEST)],
  },
  { name: 'a part, and its time is over', moves: [CREATE, confirm('half'), EXPIRE, confirm('due')] },
  { name: 'after the consultation was closed', moves: [CREATE, { move: 'close', slot: 0 }, confirm('due'), CANCEL] },
  {
    name: 'for an unknown payment',
    moves: [
      { move: 'confirm_unknown', is_said: false },
      { move: 'confirm_unknown', is_said: true },
    ],
  },
  {
    name: 'one transfer for two payments, in the other case',
    moves: [CREATE, OTHER, confirm('double'), again({ slot: 1, age: 0 }, { other_case: true })],
  },
  { name: 'matched with the wrong payment, and undone', moves: [CREATE, OTHER, confirm('due'), UNDO, MATCH_OTHER] },
  {
    name: 'a part matched with the wrong payment, and undone',
    moves: [CREATE, OTHER, confirm('half'), UNDO, MATCH_OTHER],
  },
  {
    name: 'one of two transfers undone, and the rest refunded',
    moves: [CREATE, confirm('half'), confirm('due'), UNDO, refund('all', 'now')],
  },
  {
    name: 'unmatched, and paid back: in part at once, the rest reserved, withdrawn, and settled',
    moves: [
      CREATE,
      CANCEL,
      confirm('due'),
      payBack('part', 'now'),
      payBack('all', 'reserved'),
      end('withdraw'),
      payBack('all', 'reserved'),
      end('settle'),
    ],
  },
  {
    name: 'refunded across two transfers: reserved, withdrawn, and settled',
    moves: [
      CREATE,
      confirm('half'),
      confirm('due'),
      refund('all', 'reserved'),
      end('withdraw'),
      refund('all', 'reserved'),
      end('settle'),
    ],
  },
  {
    name: 'recorded with another amount, and corrected',
    moves: [
      CREATE,
      { move: 'record', ...NEWEST, size: 'due', for_payment: true, wrong_by: -500, sent },
      { move: 'correct', line: 0, wrong_by: 0 },
    ],
  },
  {
    name: 'undone and voided, then recorded again by its reference',
    moves: [CREATE, confirm('due'), UNDO, { move: 'void', line: 0, sent }, CREATE, again(NEWEST)],
  },
];

/** A payment that is paid and partly refunded, with more than it needed, of which a part is being paid back. */
export const OF_EVERYTHING: readonly Move[] = [
  CREATE,
  confirm('over'),
  refund('part', 'now'),
  payBack('part', 'reserved'),
  OTHER,
  confirm('due', true, { slot: 1, age: 0 }),
];
