import type { Schemas } from '../../../libs/payment-client/src/wire.js';
import { eventually } from '../../support/eventually.js';
import { createConsultation, createPerson } from '../../support/people.js';
import type { Reply } from '../../support/http.js';
import type { Bank } from './bank.js';
import { type Books, readBooks, stepDifferences } from './books.js';
import { learn } from './learn.js';
import type { Shown, ShownPayment, ShownTransfer } from './judge.js';
import { type Move, type MoveOf, type Racing, type Sent, SLOTS } from './moves.js';
import { FEE, Prepare, type Slot } from './prepare.js';
import { type Answered, described, type Request, sendAs } from './requests.js';
import { type Bill, type Line, Statement } from './statement.js';

const NO_SUCH_PAYMENT = 987_654_321;

/** One run: its patients and consultations, the bank's statement, and what was answered wrongly so far. */
export class Run {
  readonly statement = new Statement();
  readonly faults: string[] = [];
  readonly log: string[] = [];
  private readonly prepare: Prepare;
  private keys = 0;

  private constructor(
    private readonly bank: Bank,
    readonly name: string,
    readonly slots: readonly Slot[],
  ) {
    this.prepare = new Prepare(name, this.statement, slots);
  }

  static async begin(bank: Bank, name: string): Promise<Run> {
    const slots: Slot[] = [];
    for (let n = 0; n < SLOTS; n++) {
      const patient = await createPerson(bank.database);
      const consultation_id = await createConsultation(bank.database, patient, FEE);
      slots.push({ consultation_id, patient, method: n === SLOTS - 1 ? 'gcash' : 'bank_transfer' });
    }
    return new Run(bank, name, slots);
  }

  async play(move: Move): Promise<void> {
    const happened = await this.act(move);
    this.log.push(`${JSON.stringify(move)} → ${happened}`);
    const found = stepDifferences(await this.books(), this.statement);
    if (found.length > 0) throw new Error(['after that:', ...found].join('\n'));
  }

  books(): Promise<Books> {
    return readBooks(this.bank.database, this);
  }

  /** What the API shows of this run: each payment to its patient, each transfer to staff. */
  async shown(): Promise<Shown> {
    const payments = new Map<number, ShownPayment>();
    for (const { id, consultation_id } of this.statement.bills) {
      const { token } = this.slots.find((slot) => slot.consultation_id === consultation_id)!.patient;
      const { body } = await this.bank.send<Schemas['WholePayment']>(`payments/${id}`, { token, method: 'GET' });
      payments.set(id, body.data);
    }
    const transfers = new Map<number, ShownTransfer>();
    for (const { id } of (await this.books()).transfers) {
      const how = { token: this.staff(0), method: 'GET', n: 1 };
      const { body } = await this.bank.send<Schemas['WholeTransfer']>(`transfers/${id}`, how);
      transfers.set(id, body.data.transfer);
    }
    return { payments, transfers };
  }

  /** Staff compare the statement and correct transfers recorded with another amount than the bank's. */
  async reconcile(): Promise<void> {
    for (const line of this.statement.lines) {
      if (line.recorded === undefined || line.recorded === line.amount) continue;
      if (this.statement.allocatedOf(line) > line.amount) await this.undoAll(line);
      await this.alone(this.prepare.requests.correct(this.staff(0), line, line.amount), 'once');
    }
  }

  private async undoAll(line: Line): Promise<void> {
    const bills = this.statement.bills.filter((bill) => (bill.matched.get(line.reference) ?? 0) > 0);
    const pending = this.statement.refunds.filter(
      ({ of, status }) => status === 'pending' && (of === line || bills.includes(of as Bill)),
    );
    for (const refund of pending)
      await this.alone(this.prepare.requests.endRefund(this.staff(0), refund, undefined), 'once');
    for (const bill of bills) await this.alone(this.prepare.requests.unmatch(this.staff(0), bill, line), 'once');
  }

  private async act(move: Move): Promise<string> {
    switch (move.move) {
      case 'race':
        return this.race(move.moves, async () => undefined);
      case 'race_expiry':
        return this.raceExpiry(move);
      case 'expire':
        return this.expire(move.slot);
      case 'close':
        return this.close(move.slot);
      case 'confirm_unknown':
        return this.confirmUnknown(move);
      case 'create':
      case 'confirm':
      case 'confirm_again':
      case 'record':
      case 'match':
      case 'unmatch':
      case 'refund':
      case 'end_refund':
      case 'pay_back':
      case 'correct':
      case 'void':
      case 'cancel': {
        const request = this.prepare.requestOf(move, this.staff(0));
        return typeof request === 'string' ? request : this.alone(request, 'sent' in move ? move.sent : 'once');
      }
    }
  }

  /** No concurrent request: the answer is what the statement requires. */
  private async alone(request: Request, sent: Sent): Promise<string> {
    const key = sent.includes('key') ? `${this.name}-${(this.keys += 1)}` : undefined;
    const times = sent === 'at_once_with_key' ? 'at_once' : sent === 'twice_with_key' ? 'again' : 'once';
    const said: string[] = [];
    let first: Reply<Answered> | undefined;
    for (let sends = 0; sends < (sent === 'twice' ? 2 : 1); sends++) {
      // Before the answer is known, and before its effect is.
      const mustRepeat = request.repeats && first !== undefined && first.status < 300;
      const { replies, wrong } = await sendAs(this.bank, request, { key, times, n: sends, isAlone: true });
      this.faults.push(...wrong);
      for (const reply of replies) {
        if (mustRepeat && reply.body.data?.refund_id !== first!.body.data!.refund_id)
          this.faults.push(`${request.path}: a repetition was answered ${described(reply)}`);
        if (!mustRepeat) this.check(request, reply);
        request.apply(reply);
        said.push(described(reply));
      }
      first ??= replies[0];
    }
    return said.join(' | ');
  }

  private check(request: Request, reply: Reply): void {
    const expected = request.expected();
    const answered = reply.status < 300 ? reply.status : reply.body.code!;
    const what = `${request.path} ${JSON.stringify(request.body)}`;
    if (!expected.includes(answered))
      this.faults.push(`${what} was answered ${described(reply)}, expected ${expected.join(' or ')}`);
    this.faults.push(...(request.untrue?.(reply) ?? []).map((untrue) => `${what} was answered: ${untrue}`));
  }

  private async race(moves: readonly Racing[], meanwhile: () => Promise<unknown>): Promise<string> {
    const prepared = moves.map((move, n) => ({ move, request: this.prepare.requestOf(move, this.staff(n)) }));
    const known = new Map(this.statement.lines.map((line) => [line, line.recorded] as const));
    const racing = prepared.flatMap(({ move, request }) => (typeof request === 'string' ? [] : [{ move, request }]));
    const answers = await Promise.all([
      ...racing.map(async ({ move, request }, n) => {
        const sent = 'sent' in move ? move.sent : 'once';
        const key = sent.includes('key') ? `${this.name}-${(this.keys += 1)}` : undefined;
        const times = sent === 'at_once_with_key' ? 'at_once' : sent === 'twice_with_key' ? 'again' : 'once';
        return { move, request, ...(await sendAs(this.bank, request, { key, times, n, isAlone: false })) };
      }),
      meanwhile().then(() => undefined),
    ]);
    // A cancellation unmatches everything matched before it.
    const ordered = answers.flatMap((it) => it ?? []).sort((a, b) => rank(a.move) - rank(b.move));
    for (const { request, replies, wrong } of ordered) {
      this.faults.push(...wrong);
      for (const reply of replies) {
        if (reply.status >= 500) this.faults.push(`${request.path} was answered ${described(reply)}`);
        request.apply(reply);
      }
    }
    learn((await this.books()).transfers, ordered, known);
    return ordered.map(({ request, replies }) => `${request.path}: ${replies.map(described).join(' | ')}`).join('\n  ');
  }

  /** The worker finds an expired payment while a request changes it. */
  private async raceExpiry({ slot, moves }: MoveOf<'race_expiry'>): Promise<string> {
    const bill = this.prepare.bill({ slot, age: 0 });
    if (!bill) return 'no payment';
    await this.lapse(bill);
    const happened = await this.race(moves, async () => this.untilSwept(bill));
    return `${happened}\n  ${await this.observeExpiry(bill)}`;
  }

  private async expire(slot: number): Promise<string> {
    const bill = this.prepare.bill({ slot, age: 0 });
    if (bill?.state !== 'pending') return 'nothing pending';
    await this.lapse(bill);
    await this.untilSwept(bill);
    return this.observeExpiry(bill);
  }

  /** Its time is over, if it has one. */
  private async lapse({ id }: Bill): Promise<void> {
    await this.bank.database.query(
      `UPDATE payments SET expires_at = now() - interval '1 second'
       WHERE id = $1 AND status = 'pending' AND expires_at IS NOT NULL`,
      [id],
    );
  }

  private async untilSwept({ id }: Bill): Promise<void> {
    await eventually(async () => {
      const [row] = await this.bank.database.query<{ due: boolean }>(
        `SELECT status = 'pending' AND coalesce(expires_at < now(), false) AS due FROM payments WHERE id = $1`,
        [id],
      );
      return !row!.due;
    }, 'the worker has looked at what is over');
  }

  /** Only a payment of which nothing has been received may have ended so. */
  private async observeExpiry(bill: Bill): Promise<string> {
    const [row] = await this.bank.database.query<{ status: string }>('SELECT status FROM payments WHERE id = $1', [
      bill.id,
    ]);
    if (row!.status === 'expired' && bill.state === 'pending' && this.statement.dueOf(bill) === bill.amount)
      bill.state = 'expired';
    return row!.status;
  }

  private async close(slot: number): Promise<string> {
    const of = this.slots[slot]!;
    const how = { token: this.staff(0), method: 'PATCH', body: { status: 'closed' } };
    this.statement.closed.add(of.consultation_id);
    return described(await this.bank.send(`consultations/${of.consultation_id}`, how));
  }

  /** That does not report the money: nothing says whose it is, nor by which method it came. */
  private async confirmUnknown({ is_said }: MoveOf<'confirm_unknown'>): Promise<string> {
    const line = this.prepare.arrive('bank_transfer', FEE);
    const body = { transaction_id: line.reference, ...(is_said ? { amount_received: FEE } : {}) };
    const reply = await this.bank.send(`payments/${NO_SUCH_PAYMENT}/confirm`, { token: this.staff(0), body });
    if (reply.body.code !== 'PAYMENT_NOT_FOUND') this.faults.push(`an unknown payment: ${described(reply)}`);
    return described(reply);
  }

  private staff(n: number): string {
    return this.bank.staff[n % this.bank.staff.length]!.token;
  }
}

/** Completions and cancellations come after everything matched before. */
function rank({ move }: Racing): number {
  return move === 'cancel' ? 1 : 0;
}
