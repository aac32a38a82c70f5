import type { Schemas } from '../../../../libs/payment-client/src/wire.js';
import { eventually } from '../../../support/eventually.js';
import { ask, type Reply } from '../../../support/http.js';
import { HANDLED_TYPES } from '../../../../libs/webhooks/src/handled-types.js';
import { type Backup, takeBackup } from '../../../support/restore.js';
import { type Shop, untilAnswered } from '../shop.js';
import { ledgerOf, readLedger, referencesOf, type StripeLedger } from './ledger.js';
import { type ENDPOINTS, type Move, type MoveOf, REFUND_FAULTS, STRIPE_FAULTS, WEBHOOK_FAULTS } from './moves.js';
import { passHours, wait } from './time.js';

const FEE = 5_000;
const PART = 1_500;
const LESS = 1_200;
/** Less than any dispute. */
const BACK = 700;

interface Slot {
  readonly consultation_id: number;
  fee: number;
  created: { key: string; fee: number } | undefined;
  refunded: { key: string | undefined; body: object; payment_id: number } | undefined;
}

/** One run: its consultations, and what has gone wrong so far that no later state of the books would show. */
export class Run {
  readonly faults: string[] = [];
  /** Sentences that promised what Stripe would not do. */
  readonly untrue_sentences: string[] = [];
  readonly log: string[] = [];
  private backup: Backup | undefined;
  private stripe_fault: object = {};
  private webhook_fault: object = {};
  private count = 0;
  /** When staff refunded in the dashboard: which refunds of ours had been sent by then, by reference. */
  private readonly refunded_elsewhere: { payment_intent: string; sent: ReadonlySet<string> }[] = [];

  private constructor(
    private readonly shop: Shop,
    readonly name: string,
    private readonly slots: readonly Slot[],
    readonly after_event: number,
    private readonly lost_refs: Set<string>,
  ) {}

  /** @param lost_refs of payments that a restore removed from the database, in any run */
  static async begin(shop: Shop, name: string, slots: number, lost_refs: Set<string>): Promise<Run> {
    const consultations: Slot[] = [];
    for (let n = 0; n < slots; n++) {
      const consultation_id = await shop.consultation();
      consultations.push({ consultation_id, fee: FEE, created: undefined, refunded: undefined });
    }
    const [row] = await shop.database.query<{ last: number }>(
      'SELECT coalesce(max(id), 0)::int AS last FROM webhook_events',
    );
    return new Run(shop, name, consultations, row!.last, lost_refs);
  }

  async play(move: Move): Promise<void> {
    const happened = await this.act(move);
    this.log.push(`${JSON.stringify(move)} → ${happened}`);
  }

  /** Stripe and the network work again, and deliver everything to the endpoint. */
  async clear(): Promise<void> {
    this.stripe_fault = {};
    this.webhook_fault = {};
    await this.setFaults();
    await this.enable('all');
  }

  async end(): Promise<void> {
    await this.backup?.drop();
  }

  /** Staff withdraw each refund of which they are asked, since the dashboard's replaces it. @returns whether there was one */
  async decide(): Promise<boolean> {
    let decided = false;
    for (const payment_id of await this.paymentIds()) {
      const { data } = (
        await this.shop.get<Schemas['PageOfRefunds']>(`payments/${payment_id}/refunds`, this.shop.staff.token)
      ).body;
      for (const { id } of data.refunds.filter(({ awaiting }) => awaiting === 'staff_decision')) {
        const answer = await this.send(`payments/${payment_id}/refunds/${id}/withdraw`, this.shop.staff.token, {});
        this.log.push(`staff withdraw refund ${id} → ${answer}`);
        decided = true;
      }
    }
    return decided;
  }

  async paymentIds(): Promise<number[]> {
    const rows = await this.shop.database.query<{ id: number }>(
      'SELECT id::int FROM payments WHERE consultation_id = ANY($1) ORDER BY id',
      [this.slots.map(({ consultation_id }) => consultation_id)],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * A dashboard refund made while ours has no answer stands for the same money: what was sent before and
   * is not known to have come about must not be sent under a new key after that.
   */
  async sentAnew(): Promise<string[]> {
    const found: string[] = [];
    const { refunds } = await readLedger(this.shop);
    // One that failed or was cancelled since has paid nothing back.
    const isLive = (intent: string) =>
      refunds.some((it) => it.payment_intent === intent && !it.metadata.ref && LIVE.includes(it.status));
    for (const { payment_intent, sent } of this.refunded_elsewhere.filter((it) => isLive(it.payment_intent))) {
      for (const { ref, attempt } of await this.sentRefunds(payment_intent)) {
        if (attempt > 1 && sent.has(ref)) found.push(`refund ${ref} was sent anew though staff had refunded elsewhere`);
      }
    }
    return [...new Set(found)];
  }

  /** Our keys at Stripe end with the reference and the attempt. */
  private async sentRefunds(payment_intent: string): Promise<{ ref: string; attempt: number }[]> {
    const calls = await this.shop.requests();
    return calls
      .filter((call) => call.method === 'POST' && call.path === '/v1/refunds')
      .filter(({ params }) => params.payment_intent === payment_intent)
      .map(({ idempotency_key }) => /([^:]+):(\d+)$/.exec(idempotency_key ?? ''))
      .flatMap((key) => (key ? [{ ref: key[1]!, attempt: Number(key[2]) }] : []));
  }

  private async act(move: Move): Promise<string> {
    switch (move.move) {
      case 'create':
        return this.create(move);
      case 'pay':
        return this.pay(move);
      case 'confirm':
        return this.confirm(move.slot);
      case 'cancel':
        return this.onPayment(move.slot, (id) => this.send(`payments/${id}/cancel`, this.shop.patient.token, {}));
      case 'refund':
        return this.refund(move);
      case 'refund_without_balance':
        return this.refund({ ...move, key: 'fresh', outcome: 'insufficient_balance' });
      case 'withdraw':
        return this.withdraw(move.slot);
      case 'change_fee':
        return this.changeFee(move);
      case 'wait':
        await wait(this.shop);
        return 'a sweep is over';
      case 'dashboard_refund':
        return this.dashboardRefund(move);
      case 'settle_refund':
        return this.settleRefund(move);
      case 'open_dispute':
        return this.openDispute(move);
      case 'escalate':
        return this.onDispute(move.slot, { kind: 'inquiry', in: ['warning_needs_response'] }, 'escalate', {});
      case 'win_dispute':
        return this.onDispute(move.slot, { in: UNDECIDED }, 'close', { status: 'won' });
      case 'lose_dispute':
        return this.onDispute(move.slot, { in: UNDECIDED }, 'close', { status: 'lost' });
      case 'lose_won_dispute':
        return this.onDispute(move.slot, { in: ['won'], first: 'won' }, 'close', { status: 'lost' });
      case 'lose_dispute_partly':
        return this.onDispute(move.slot, { in: [...UNDECIDED, 'won'] }, 'close', { status: 'lost', reinstated: BACK });
      case 'appeal_dispute':
        return this.onDispute(move.slot, { in: ['won', 'lost'], first: 'lost' }, 'appeal', { status: move.status });
      case 'webhooks':
        this.webhook_fault = move.fault === 'none' ? {} : { webhooks: WEBHOOK_FAULTS[move.fault] };
        return this.setFaults();
      case 'endpoint':
        return this.enable(move.enabled);
      case 'refund_fault':
        this.stripe_fault = REFUND_FAULTS[move.fault];
        return this.setFaults();
      case 'stripe_fault':
        this.stripe_fault = STRIPE_FAULTS[move.fault];
        return this.setFaults();
      case 'take_backup':
        this.backup ??= await takeBackup(this.shop.database);
        await this.leasesRunOut();
        return 'taken';
      case 'restore':
        return this.restore();
      case 'hours_pass':
        await passHours(this.shop, move.hours);
        return 'they are over';
    }
  }

  private async create({ slot, key }: MoveOf<'create'>): Promise<string> {
    const of = this.slots[slot]!;
    const again = key === 'again' ? of.created : undefined;
    const asked = again ?? { key: `${this.name}-create-${(this.count += 1)}`, fee: of.fee };
    if (key !== 'none') of.created = asked;
    const body = { consultation_id: of.consultation_id, amount: asked.fee, payment_method: 'stripe' };
    const reply = await this.post('payments', this.shop.patient.token, body, key === 'none' ? undefined : asked.key);
    const { payment, checkout } = (reply.body.data ?? {}) as { payment?: { amount: number }; checkout?: unknown };
    if (!again && checkout && payment && payment.amount !== of.fee) {
      this.faults.push(`a page for ${payment.amount} was given out, and the fee is ${of.fee}`);
    }
    return described(reply);
  }

  /** On any page that is open, old ones first; or what waits at a bank is decided. */
  private async pay({ slot, outcome, page }: MoveOf<'pay'>): Promise<string> {
    const { sessions } = await this.ledgerOf(slot);
    const waiting = sessions.filter((it) => it.status === 'complete' && it.payment_status === 'unpaid');
    const open = sessions.filter(({ status }) => status === 'open');
    const payable = outcome.startsWith('async_') && outcome !== 'async_pending' ? [...waiting, ...open] : open;
    if (payable.length === 0) return 'no page';
    return this.outside(`sessions/${payable[page % payable.length]!.id}/pay`, { outcome });
  }

  private async confirm(slot: number): Promise<string> {
    const session = (await this.ledgerOf(slot)).sessions.at(-1);
    if (!session) return 'no session';
    const path = `payments/${session.metadata.purchaseId}/confirm`;
    return this.send(path, this.shop.patient.token, { transaction_id: session.id });
  }

  private async refund({ slot, share, key, outcome }: Refund): Promise<string> {
    return this.onPayment(slot, async (payment_id) => {
      const of = this.slots[slot]!;
      const again = key === 'again' ? of.refunded : undefined;
      const n = (this.count += 1);
      const asked = again ?? {
        payment_id,
        body: { reason: `asked for ${n}`, ...(share === 'part' ? { amount: PART } : {}) },
        key: key === 'none' ? undefined : `${this.name}-refund-${n}`,
      };
      of.refunded = asked;
      if (outcome !== 'succeeded') await this.shop.simulator.sim('refunds/next', { outcome });
      const reply = await this.post(
        `payments/${asked.payment_id}/refund`,
        this.shop.staff.token,
        asked.body,
        asked.key,
      );
      await this.refundSentenceIsTrue(slot, reply);
      return described(reply);
    });
  }

  /** Money is not called refundable unless Stripe would pay it back. */
  private async refundSentenceIsTrue(slot: number, reply: Reply): Promise<void> {
    if (!/can be refunded again/.test(reply.body.message)) return;
    const { charges, refunds, disputes } = await this.ledgerOf(slot);
    for (const charge of charges) {
      const isLive = ({ charge: of, status }: (typeof refunds)[number]) =>
        of === charge.id && !['failed', 'canceled'].includes(status);
      const left = charge.amount - refunds.filter(isLive).reduce((sum, { amount }) => sum + amount, 0);
      const isRefundable = disputes.every((it) => it.charge !== charge.id || it.is_charge_refundable);
      if (left > 0 && isRefundable) return;
    }
    this.untrue_sentences.push(`“${reply.body.message}” was said, and Stripe would pay nothing back`);
  }

  private async withdraw(slot: number): Promise<string> {
    return this.onPayment(slot, async (id) => {
      // Right after a restore it is asked to come again.
      const listed = await untilAnswered(() =>
        this.shop.get<Schemas['PageOfRefunds']>(`payments/${id}/refunds`, this.shop.staff.token),
      );
      if (listed.status !== 200) return described(listed);
      const pending = listed.body.data.refunds.find(({ status }) => status === 'pending');
      if (!pending) return 'nothing pending';
      return this.send(`payments/${id}/refunds/${pending.id}/withdraw`, this.shop.staff.token, {});
    });
  }

  private async changeFee({ slot, fee }: MoveOf<'change_fee'>): Promise<string> {
    const of = this.slots[slot]!;
    of.fee = fee;
    const path = `/api/v1/consultations/${of.consultation_id}`;
    return described(
      await ask(this.shop.api.url, path, { method: 'PATCH', token: this.shop.staff.token, body: { fee } }),
    );
  }

  private async dashboardRefund({ slot, share, outcome }: MoveOf<'dashboard_refund'>): Promise<string> {
    const charge = (await this.ledgerOf(slot)).charges.findLast(({ status }) => status === 'succeeded');
    if (!charge) return 'no charge';
    const amount = share === 'part' ? { amount: LESS } : {};
    const sent = (await this.sentRefunds(charge.payment_intent)).map(({ ref }) => ref);
    this.refunded_elsewhere.push({ payment_intent: charge.payment_intent, sent: new Set(sent) });
    return this.outside('refunds', { payment_intent: charge.payment_intent, ...amount, outcome });
  }

  private async settleRefund({ slot, which, outcome }: MoveOf<'settle_refund'>): Promise<string> {
    const { refunds } = await this.ledgerOf(slot);
    const refund = refunds[which % Math.max(refunds.length, 1)];
    if (refund) return this.outside(`refunds/${refund.id}/settle`, { outcome });
    return this.dashboardRefund({ move: 'dashboard_refund', slot, share: 'part', outcome: 'pending' });
  }

  private async openDispute({ slot, share, kind }: MoveOf<'open_dispute'>): Promise<string> {
    const charge = (await this.ledgerOf(slot)).charges.findLast(({ status }) => status === 'succeeded');
    if (!charge) return 'no charge';
    const amount = share === 'part' ? { amount: LESS } : {};
    return this.outside('disputes', { payment_intent: charge.payment_intent, kind, ...amount });
  }

  /** On the newest dispute in one of these states; where there is none, one is brought there first. */
  private async onDispute(
    slot: number,
    of: { readonly in: readonly string[]; readonly kind?: 'inquiry'; readonly first?: 'won' | 'lost' },
    act: string,
    body: object,
  ): Promise<string> {
    const find = async () => (await this.ledgerOf(slot)).disputes.findLast(({ status }) => of.in.includes(status));
    let dispute = await find();
    if (!dispute) {
      const opened = await this.openDispute({
        move: 'open_dispute',
        slot,
        share: 'all',
        kind: of.kind ?? 'chargeback',
      });
      if (of.first) await this.onDispute(slot, { in: UNDECIDED }, 'close', { status: of.first });
      dispute = await find();
      if (!dispute) return `no such dispute (${opened})`;
    }
    return this.outside(`disputes/${dispute.id}/${act}`, body);
  }

  private async onPayment(slot: number, act: (payment_id: number) => Promise<string>): Promise<string> {
    const { consultation_id } = this.slots[slot]!;
    const [row] = await this.shop.database.query<{ id: number }>(
      'SELECT id::int FROM payments WHERE consultation_id = $1 ORDER BY id DESC LIMIT 1',
      [consultation_id],
    );
    return row ? act(row.id) : 'no payment';
  }

  private async ledgerOf(slot: number): Promise<StripeLedger> {
    const { consultation_id } = this.slots[slot]!;
    const rows = await this.shop.database.query<{ id: number }>(
      'SELECT id::int FROM payments WHERE consultation_id = $1',
      [consultation_id],
    );
    const payment_ids = rows.map(({ id }) => id);
    return ledgerOf(this.shop, payment_ids);
  }

  private async send(path: string, token: string, body: object, key?: string): Promise<string> {
    return described(await this.post(path, token, body, key));
  }

  private async post(path: string, token: string, body: object, key?: string): Promise<Reply> {
    const reply = await eventually(async () => {
      const answer = await this.shop.post(path, token, body, key);
      // A client retries, as the answer says.
      return answer.body.code === 'DATABASE_RESTORED' ? undefined : answer;
    }, `${path} is not of an earlier epoch`);
    if (reply.status === 500) this.faults.push(`POST ${path} answered 500: ${reply.text}`);
    return reply;
  }

  /** What the world outside cannot do now, it does not do. */
  private async outside(path: string, body: object): Promise<string> {
    return this.shop.simulator.sim(path, body).then(
      () => 'done',
      (error: Error) => {
        if (error.message.includes(' answered 409: ')) return 'impossible now';
        throw error;
      },
    );
  }

  /** The database is as it was; Stripe, and the keys that clients keep, are not. */
  private async restore(): Promise<string> {
    if (!this.backup) return 'no backup';
    const before = await referencesOf(this.shop, await this.paymentIds());
    await this.backup.restore((restored) => restored.query('SELECT start_new_epoch()'));
    await this.leasesRunOut();
    const after = await referencesOf(this.shop, await this.paymentIds());
    for (const ref of before) if (!after.has(ref)) this.lost_refs.add(ref);
    const fees = await this.shop.database.query<{ id: number; fee: number }>(
      'SELECT id::int, fee::int FROM consultations WHERE id = ANY($1)',
      [this.slots.map(({ consultation_id }) => consultation_id)],
    );
    for (const slot of this.slots) slot.fee = fees.find(({ id }) => id === slot.consultation_id)!.fee;
    return 'restored';
  }

  /** Of passes over Stripe's lists whose connection was broken: in production that takes minutes. */
  private async leasesRunOut(): Promise<void> {
    await this.shop.database.query('UPDATE stripe_cursors SET leased_until = now() WHERE leased_until > now()');
  }

  private async setFaults(): Promise<string> {
    await this.shop.faults({ ...this.stripe_fault, ...this.webhook_fault });
    return 'set';
  }

  private async enable(which: (typeof ENDPOINTS)[number]): Promise<string> {
    const urls = which === 'removed' ? [] : [`${this.shop.api.url}/api/v1/webhooks/stripe`];
    const enabled_events = HANDLED_TYPES.filter((type) => isEnabled(type, which));
    await this.shop.simulator.sim('endpoints', { urls, enabled_events });
    return 'enabled';
  }
}

type Refund = Omit<MoveOf<'refund'>, 'move' | 'outcome'> & { readonly outcome: string };

const LIVE = ['pending', 'requires_action', 'succeeded'];
const UNDECIDED = ['needs_response', 'warning_needs_response', 'appeal_needs_response', 'appeal_under_review'];

function isEnabled(type: string, which: (typeof ENDPOINTS)[number]): boolean {
  if (which === 'sessions_only') return type.startsWith('checkout.session.');
  return which !== 'no_disputes' || !type.startsWith('charge.dispute.');
}

const described = ({ status, body }: Reply): string => `${status}${body.code === undefined ? '' : ` ${body.code}`}`;
