import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way to the API, and what the API answered. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
export interface Answered {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** What stands between client and API in one run, and makes it break a promise. */
export interface Lie {
  readonly request?: (exchange: Exchange) => void;
  readonly answer?: (answered: Answered, exchange: Exchange) => void;
  /** Sends each write twice, as two intents. */
  readonly doubles?: boolean;
}

/** A proxy that lies. */
export async function startLyingProxy(api: string, lie: Lie): Promise<{ url: string; close(): Promise<void> }> {
  const forward = async ({ method, path, headers, body }: Exchange): Promise<Answered> => {
    const sent = Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    );
    const hasBody = method !== 'GET';
    const response = await fetch(api + path, { method, headers: sent, ...(hasBody ? { body } : {}) });
    return { status: response.status, headers: kept(response.headers), text: await response.text() };
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const exchange = { method: request.method!, path: request.url!, headers: passedOn(request.headers), body };
      void (async () => {
        lie.request?.(exchange);
        const answered = await forward(exchange);
        if (lie.doubles && exchange.method !== 'GET') await forward(asAnotherIntent(exchange));
        lie.answer?.(answered, exchange);
        response.writeHead(answered.status, answered.headers).end(answered.text);
      })().catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const OF_THE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding'];

function kept(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !OF_THE_CONNECTION.includes(name)));
}

/** Without what belongs to one connection. */
function passedOn(headers: IncomingHttpHeaders): Exchange['headers'] {
  const { host: _host, connection: _connection, 'content-length': _length, ...rest } = headers;
  return rest;
}

function asAnotherIntent({ body, headers, ...exchange }: Exchange): Exchange {
  const { 'idempotency-key': _key, 'x-idempotency-key': _older, ...rest } = headers;
  return { ...exchange, body, headers: rest };
}

/** Changes every member of the given names in a JSON answer. */
function rewrite(answered: Answered, names: RegExp, change: (value: unknown) => unknown): void {
  try {
    const json: unknown = JSON.parse(answered.text, (name, value: unknown) =>
      names.test(name) ? change(value) : value,
    );
    answered.text = JSON.stringify(json);
  } catch {
    // Not JSON.
  }
}

const isWrite = ({ method }: Exchange): boolean => method !== 'GET';
const isMade = ({ path }: Exchange): boolean => /\/(consultations|products|login)$/.test(path);

/** Each breaks some promises; together they break every one. */
export const lies: Record<string, () => Lie> = {
  'refusals look like successes': () => ({
    answer: (answered) => {
      if (answered.status >= 400) answered.status = 200;
    },
  }),
  'keys get lost, and writes are made twice': () => ({
    doubles: true,
    request(exchange) {
      delete exchange.headers['idempotency-key'];
      delete exchange.headers['x-idempotency-key'];
      exchange.body = exchange.body.replace(/,"idempotency_key":"[^"]*"/, '');
    },
  }),
  'answers are kept by key alone': () => {
    const known = new Map<string, string>();
    return {
      answer(answered, { headers, method }) {
        const key = String(headers['idempotency-key'] ?? '');
        if (method === 'GET' || key === '') return;
        if (!known.has(key)) known.set(key, JSON.stringify(answered));
        else Object.assign(answered, JSON.parse(known.get(key)!));
      },
    };
  },
  'replays have another status and other bytes': () => ({
    answer(answered) {
      if (answered.headers['idempotent-replayed'] !== 'true') return;
      delete answered.headers['idempotent-replayed'];
      answered.status += 1;
      answered.text = answered.text.replace('{', '{ ');
    },
  }),
  'the envelope and its headers are gone': () => ({
    answer(answered) {
      answered.headers = { 'content-type': 'application/json' };
      rewrite(answered, /^(request_id|error|message)$/, () => undefined);
    },
  }),
  'the language is not passed on': () => ({
    request: (exchange) => void delete exchange.headers['accept-language'],
  }),
  'amounts are one more': () => ({
    answer(answered, exchange) {
      if (!isMade(exchange)) rewrite(answered, /(^|_)(amount|due|price)$/, (value) => Number(value) + 1);
    },
  }),
  'everything is still pending': () => ({
    answer: (answered, exchange) => {
      if (!isMade(exchange)) rewrite(answered, /^status$/, () => 'pending');
    },
  }),
  'it is long ago': () => ({
    answer: (answered) => rewrite(answered, /_at$/, () => '2001-01-01T00:00:00.000Z'),
  }),
  'lists are twice as long': () => ({
    answer(answered, exchange) {
      if (!isWrite(exchange)) rewrite(answered, /./, (value) => (Array.isArray(value) ? [...value, ...value] : value));
    },
  }),
  'lists are the other way round': () => ({
    answer: (answered) => rewrite(answered, /^(entries|payments)$/, (value) => (value as unknown[]).toReversed()),
  }),
  'reports are empty': () => ({
    answer(answered, { path }) {
      if (/\/(health|ops|api\/docs|metrics)/.test(path)) answered.text = '{"data":{"dependencies":{}}}';
    },
  }),
};
