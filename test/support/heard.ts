import { type Ask, ask, type Reply } from './http.js';

/** An answer as it came, and of which route. */
export interface Heard {
  readonly route: string;
  readonly who: string;
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Asks, and keeps what was answered. */
export class Listener {
  readonly heard: Heard[] = [];

  async ask(url: string, route: string, path: string, how: Ask & { who?: string } = {}): Promise<Reply> {
    const method = route.split(' ')[0]!;
    const reply = await ask(url, path, { ...how, method });
    const type = reply.headers.get('content-type') ?? '';
    this.heard.push({
      route,
      who: how.who ?? '',
      status: reply.status,
      type,
      headers: reply.headers,
      body: reply.body,
    });
    return reply;
  }
}
