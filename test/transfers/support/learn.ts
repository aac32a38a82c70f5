import type { Reply } from '../../support/http.js';
import { type BookedTransfer, isOf } from './books.js';
import type { Racing } from './moves.js';
import { FEE } from './prepare.js';
import type { Answered, Request } from './requests.js';
import type { Line } from './statement.js';

/** Two concurrent requests, and their answers. */
export interface Raced {
  readonly move: Racing;
  readonly request: Request;
  readonly replies: Reply<Answered>[];
  readonly wrong: string[];
}

/** Reads from the database only which of two concurrent requests came first. @param known as recorded before */
export function learn(
  transfers: readonly BookedTransfer[],
  racing: readonly Raced[],
  known: ReadonlyMap<Line, number | undefined>,
): void {
  for (const [line, before] of known) {
    const row = transfers.find((it) => isOf(it, line) && !it.voided);
    const of = racing.filter(({ request }) => request.line === line);
    const isVoided = of.some(({ request, replies }) => request.path.endsWith('/void') && replies.some(isDone));
    const untold = of.some(({ request }) => isUntold(request));
    // A single request leaves no choice: the database must agree with its answer.
    if (of.length < 2 && !isVoided && !untold) continue;
    if (!row) {
      if (isVoided) Object.assign(line, { recorded: undefined, transfer_id: undefined, sent_for: null });
      continue;
    }
    const amounts = [before, line.recorded, ...of.flatMap(({ request }) => amountOf(request) ?? [])];
    const isSaid = before !== undefined || of.some(({ replies }) => replies.some(namesTransfer));
    if (isSaid && (amounts.includes(row.amount) || (untold && row.amount <= FEE)))
      Object.assign(line, { recorded: row.amount, transfer_id: row.id });
    const named = [null, line.sent_for, ...of.map(({ request }) => paymentOf(request))];
    if (named.includes(row.payment_id)) line.sent_for = row.payment_id;
  }
}

function isDone({ status }: Reply): boolean {
  return status < 300;
}

/** A success, or a refusal that keeps the money. */
function namesTransfer(reply: Reply<Answered>): boolean {
  return isDone(reply) || reply.body.data?.transfer_id !== undefined;
}

function isUntold({ path, body }: Request): boolean {
  return path.endsWith('/confirm') && !('amount_received' in body!);
}

function amountOf({ path, body }: Request): number | undefined {
  const said = body as { amount?: number; amount_received?: number };
  return path.endsWith('/confirm') ? said.amount_received : /match$|refund$/.test(path) ? undefined : said.amount;
}

function paymentOf({ path, body }: Request): number | null {
  const named = /^payments\/(\d+)\/confirm$/.exec(path)?.[1];
  return named === undefined ? ((body as { payment_id?: number }).payment_id ?? null) : Number(named);
}
