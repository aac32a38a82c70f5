import { type Ask, ask, type Reply } from './http.js';

/** A raw answer and its route. */
export interface RecordedAnswer {
  readonly route: string;
  readonly who: string;
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends requests, and keeps what was answered. */
export class AnswerRecorder {
  readonly answers: RecordedAnswer[] = [];

  async ask<Data>(url: string, route: string, path: string, how: Ask & { who?: string } = {}): Promise<Reply<Data>> {
    const method = route.split(' ')[0]!;
    const reply = await ask<Data>(url, path, { ...how, method });
    const type = reply.headers.get('content-type') ?? '';
    this.answers.push({
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
