import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Longer than the server's limit for slow requests (10 s, checked every second). */
const MAX_MS = 15_000;

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly token?: string | undefined;
  /** As they are, unchecked: what no client library would send. A content-length or -type of one's own replaces ours. */
  readonly headers?: Readonly<Record<string, string>> | readonly [string, string][];
  readonly body?: string | Buffer | undefined;
}

/** The bytes of a request, errors included. */
export function bytesOf({ method, path, token, headers = {}, body }: RawRequest): Buffer {
  const given = Array.isArray(headers) ? (headers as [string, string][]) : Object.entries(headers);
  const has = (name: string) => given.some(([own]) => own.toLowerCase() === name);
  const lines = [
    `${method ?? (body === undefined ? 'GET' : 'POST')} ${path} HTTP/1.1`,
    'host: localhost',
    'connection: close',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(body === undefined || has('content-type') ? [] : ['content-type: application/json']),
    ...(body === undefined || has('content-length') || has('transfer-encoding')
      ? []
      : [`content-length: ${Buffer.byteLength(body)}`]),
    ...given.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body ?? '')]);
}

/** Sends bytes as they are, and reads until the server closes. @throws when it does not, or answers nothing. */
export async function sendBytes(url: string, bytes: Buffer | string): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(bytes);
  const patience = new AbortController();
  const closed = once(socket, 'close', { signal: patience.signal });
  const late = pause(MAX_MS, 'late', { signal: patience.signal });
  // Either may be abandoned; its error then does not matter.
  closed.catch(() => undefined);
  late.catch(() => undefined);
  if ((await Promise.race([closed, late])) === 'late') throw new Error(`No end of the answer within ${MAX_MS} ms`);
  patience.abort();
  return parse(Buffer.concat(chunks));
}

export const send = (url: string, request: RawRequest): Promise<RawReply> => sendBytes(url, bytesOf(request));

function parse(answer: Buffer): RawReply {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) throw new Error(`Not an answer: ${JSON.stringify(answer.toString().slice(0, 200))}`);
  const [first, ...lines] = answer.subarray(0, end).toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const length = Number(headers['content-length'] ?? Number.NaN);
  return {
    status: Number(first!.split(' ')[1]),
    headers,
    // What comes after the first answer (to bytes that looked like a second request) is not of this one.
    text: answer.subarray(end + 4, Number.isNaN(length) ? undefined : end + 4 + length).toString(),
  };
}

/** What is wrong with an answer that must be the contract's refusal; undefined if nothing is. */
export function faultOf({ status, headers, text }: RawReply): string | undefined {
  if (status < 400 || status > 499) return `status ${status}`;
  if (!headers['content-type']?.startsWith('application/json')) return `content-type ${headers['content-type']}`;
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return 'not JSON';
  }
  const known = ['status_code', 'code', 'error', 'message', 'request_id', 'data'];
  const unknown = Object.keys(body).filter((name) => !known.includes(name));
  if (unknown.length > 0) return `members ${unknown.join(', ')}`;
  if (body.status_code !== status) return `status_code ${String(body.status_code)}`;
  if (!/^[A-Z][A-Z_]+$/.test(String(body.code))) return `code ${String(body.code)}`;
  for (const name of ['error', 'message', 'request_id']) {
    if (typeof body[name] !== 'string' || body[name] === '') return `${name} ${String(body[name])}`;
  }
  if (headers['x-request-id'] !== body.request_id) return `x-request-id ${headers['x-request-id']}`;
  if (status === 422 && body.code === 'VALIDATION_FAILED' && !namesFields(body.data)) return 'no field is named';
  return undefined;
}

function namesFields(data: unknown): boolean {
  const fields = (data as { fields?: object } | undefined)?.fields ?? {};
  return Object.keys(fields).length > 0;
}
