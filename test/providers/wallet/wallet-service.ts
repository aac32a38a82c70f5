import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface WalletOrder {
  readonly name: string;
  readonly success_url: string;
  readonly cancel_url: string;
}

/** A page on which somebody pays. One for each `ref`: asked for twice, it is the same page. */
interface WalletPage {
  readonly id: string;
  readonly ref: string;
  /** What it asks for; once it is paid, what it received. */
  amount: number;
  readonly currency: string;
  readonly url: string;
  /** What the page shows, and where it sends the payer back to. */
  readonly order: WalletOrder;
  readonly expires_at: string;
  state: 'open' | 'paid' | 'expired';
  transaction_id: string | null;
}

interface WalletRefund {
  readonly id: string;
  readonly ref: string;
  readonly transaction_id: string;
  readonly amount: number;
}

/** A company that moves money, as far as a test needs one. It keeps books of its own, which a test counts. */
export interface WalletService {
  readonly url: string;
  /** The payer pays, perhaps another amount than the page asks for. @returns the transaction's id */
  pay(page_id: string, amount?: number): string;
  shown(page_id: string): WalletOrder | null;
  /**
   * `down`: every call fails, and does nothing. `lose`: so many calls do their work, and the answer never arrives. `refuse`: no
   * page is made.
   */
  faults(faults: WalletFaults): void;
  books(): { pages: number; charged: number; refunded: number };
  close(): Promise<void>;
}

interface WalletFaults {
  readonly down?: boolean;
  lose?: number;
  readonly refuse?: boolean;
}

const PAGE_LIFE_MS = 30 * 60_000;

export async function startWalletService(): Promise<WalletService> {
  const pages = new Map<string, WalletPage>();
  const refunds = new Map<string, WalletRefund>();
  let faults: WalletFaults = {};
  let count = 0;
  const pageOf = (id: string) => [...pages.values()].find((page) => page.id === id);

  const routes: Record<string, (body: any, id: string) => [status: number, answer: unknown]> = {
    'POST /pages': ({ ref, amount, currency, ...order }) => {
      if (faults.refuse) return [422, { code: 'account_closed' }];
      const id = `page_${(count += 1)}`;
      const expires_at = new Date(Date.now() + PAGE_LIFE_MS).toISOString();
      const made = { id, ref, amount, currency, order, expires_at, state: 'open', transaction_id: null } as const;
      if (!pages.has(ref)) pages.set(ref, { ...made, url: `https://wallet.example/${id}` });
      return [200, pages.get(ref)];
    },
    'GET /pages': (_body, ref) => [200, pages.get(ref) ?? null],
    'POST /expire': (_body, id) => {
      const page = pageOf(id);
      if (page?.state === 'open') page.state = 'expired';
      return [200, page ?? null];
    },
    'GET /transactions': (_body, id) => [200, [...pages.values()].find((page) => page.transaction_id === id) ?? null],
    'POST /refunds': ({ ref, transaction_id, amount }) => {
      const page = [...pages.values()].find((one) => one.transaction_id === transaction_id);
      const before = [...refunds.values()].filter((one) => one.transaction_id === transaction_id && one.ref !== ref);
      const left = (page?.amount ?? 0) - before.reduce((sum, one) => sum + one.amount, 0);
      if (amount > left) return [422, { code: 'not_so_much_left' }];
      if (!refunds.has(ref)) refunds.set(ref, { id: `back_${(count += 1)}`, ref, transaction_id, amount });
      return [200, refunds.get(ref)];
    },
    'GET /refunds': (_body, ref) => [200, refunds.get(ref) ?? null],
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (faults.down) {
      response.writeHead(503).end('{}');
      return;
    }
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const [, path = '', id = ''] = (request.url ?? '').split('/');
    const route = routes[`${request.method} /${path}`];
    const [status, body] = route ? route(text ? JSON.parse(text) : {}, decodeURIComponent(id)) : [404, {}];
    if (faults.lose) {
      faults.lose -= 1;
      request.socket.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pay(page_id, amount) {
      const page = pageOf(page_id);
      if (page?.state !== 'open') throw new Error(`${page_id} is ${page?.state}`);
      page.state = 'paid';
      page.amount = amount ?? page.amount;
      page.transaction_id = `tx_${(count += 1)}`;
      return page.transaction_id;
    },
    shown: (page_id) => pageOf(page_id)?.order ?? null,
    faults(now) {
      faults = now;
    },
    books() {
      const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
      const paid = [...pages.values()].filter(({ state }) => state === 'paid');
      return {
        pages: pages.size,
        charged: sum(paid.map(({ amount }) => amount)),
        refunded: sum([...refunds.values()].map(({ amount }) => amount)),
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
