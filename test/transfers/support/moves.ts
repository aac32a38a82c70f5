import fc from 'fast-check';
import { anyMove, type AnyOf, moveOf as of, type Moves } from '../../support/property.js';

/** Consultations of one run: the third is paid by another method than the others. */
export const SLOTS = 3;

const MAX_MOVES = 14;

/** Mostly the first one: moves have to meet. */
const slot = fc.constantFrom<number>(0, 0, 0, 1, 1, 2);
/** Which payment of a consultation, 0: the newest. */
const age = fc.constantFrom<number>(0, 0, 0, 1);
/** Which line of the statement, 0: the newest. */
const line = fc.constantFrom<number>(0, 0, 0, 1, 2, 3);
const size = fc.constantFrom<'due' | 'short' | 'over' | 'half' | 'double'>(
  'due',
  'due',
  'short',
  'over',
  'half',
  'double',
);
const share = fc.constantFrom<'all' | 'part' | 'too_much'>('all', 'all', 'part', 'part', 'too_much');
const paid = fc.constantFrom<'now' | 'reserved'>('now', 'reserved');
const isSaid = fc.boolean();
const other_case = fc.boolean();

/**
 * How a request is sent: with or without a key, and how often. `twice` is the retry of a client that has lost the first
 * answer; `at_once` are two at the same moment, over two processes.
 */
const sent = fc.constantFrom<Sent>('once', 'once', 'once', 'with_key', 'twice', 'twice_with_key', 'at_once_with_key');
export type Sent = 'once' | 'with_key' | 'twice' | 'twice_with_key' | 'at_once_with_key';

/** Requests of two users at the same moment. */
const RACING = {
  confirm: [5, of('confirm', { slot, age, size, is_said: isSaid, sent })],
  confirm_again: [4, of('confirm_again', { slot, age, line, is_said: isSaid, other_case, sent })],
  record: [
    2,
    of('record', { slot, age, size, for_payment: fc.boolean(), wrong_by: fc.constantFrom(0, 0, 0, 500, -500), sent }),
  ],
  match: [4, of('match', { slot, age, line, share, sent })],
  unmatch: [4, of('unmatch', { slot, age, line, sent })],
  refund: [3, of('refund', { slot, age, share, paid, sent })],
  end_refund: [
    2,
    of('end_refund', { which: fc.nat(3), ending: fc.constantFrom<'settle' | 'withdraw'>('settle', 'withdraw'), sent }),
  ],
  pay_back: [3, of('pay_back', { line, share, paid, sent })],
  correct: [1, of('correct', { line, wrong_by: fc.constantFrom(0, 0, 500, -500) })],
  void: [1, of('void', { line, sent })],
  cancel: [2, of('cancel', { slot, age, sent })],
  create: [2, of('create', { slot, sent })],
} as const satisfies Moves;

export type Racing = AnyOf<typeof RACING>;
const racing = anyMove(RACING);

/** Several requests for the same unmatched money, or for the payment it pays. */
const newest = fc.constant(0);
const onOneLine = fc.oneof<fc.Arbitrary<Racing>[]>(
  of('match', { slot, age: newest, line: newest, share: fc.constant('all' as const), sent }),
  of('match', { slot, age: newest, line: newest, share: fc.constant('all' as const), sent }),
  of('confirm_again', { slot, age: newest, line: newest, is_said: fc.constant(false), other_case, sent }),
  of('unmatch', { slot, age: newest, line: newest, sent }),
  of('pay_back', { line: newest, share: fc.constant('all' as const), paid, sent }),
  of('void', { line: newest, sent }),
);

const MOVES = {
  ...RACING,
  create: [4, RACING.create[1]],
  confirm_unknown: [1, of('confirm_unknown', { is_said: isSaid })],
  expire: [1, of('expire', { slot })],
  close: [1, of('close', { slot })],
  race: [
    9,
    of('race', {
      moves: fc.oneof(
        fc.array(racing, { minLength: 2, maxLength: 3 }),
        fc.array(onOneLine, { minLength: 2, maxLength: 3 }),
      ),
    }),
  ],
  race_expiry: [1, of('race_expiry', { slot, moves: fc.array(racing, { minLength: 1, maxLength: 1 }) })],
} as const satisfies Moves;

export type Move = AnyOf<typeof MOVES>;
export type MoveOf<Name extends Move['move']> = Extract<Move, { move: Name }>;

/** Sequences of moves; each begins with a payment or two. */
export function sequences(): fc.Arbitrary<Move[]> {
  const create = (slot_: number): Move => ({ move: 'create', slot: slot_, sent: 'once' });
  const confirm: Move = { move: 'confirm', slot: 0, age: 0, size: 'due', is_said: true, sent: 'once' };
  const free: Move = { move: 'record', slot: 0, age: 0, size: 'due', for_payment: false, wrong_by: 0, sent: 'once' };
  const openings = fc.constantFrom<Move[]>(
    [create(0)],
    [create(0), create(1)],
    [create(0), create(1), confirm],
    [create(0), create(1), free],
    [create(0), create(1), free, free],
  );
  // Without fast-check's bias for small sequences and first choices, in which hardly anything meets.
  return fc
    .noBias(fc.tuple(openings, fc.array(anyMove(MOVES), { minLength: 4, maxLength: MAX_MOVES, size: 'max' })))
    .map(([opening, moves]) => [...opening, ...moves]);
}
