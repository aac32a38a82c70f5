import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { eventually } from '../../support/eventually.js';
import { WEBHOOK_SECRET } from '../../support/simulator.js';

export interface Received {
  readonly event: Stripe.Event;
  readonly payload: string;
  readonly headers: IncomingHttpHeaders;
}

/** A webhook endpoint of a test's own. Requests not signed with its secret are refused and not counted. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What came with a signature that was not accepted. */
  readonly refusals: { readonly payload: string; readonly signature: string }[];
  /** What it answers from now on; a function is asked at each event, and may take its time. */
  answers(status: number | ((event: Stripe.Event) => number | Promise<number>)): void;
  /** Waits until that many have come. */
  has(count: number, of?: string): Promise<Received[]>;
  /** Waits until that many have been refused. */
  refused(count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function openReceiver(secret = WEBHOOK_SECRET): Promise<Receiver> {
  const { webhooks } = new Stripe('sk_test_receiver');
  const received: Received[] = [];
  const refusals: { payload: string; signature: string }[] = [];
  let answer: number | ((event: Stripe.Event) => number | Promise<number>) = 200;
  const server = createServer((request, response) => {
    let payload = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (payload += chunk));
    request.on('end', () => {
      void (async () => {
        const event = webhooks.constructEvent(payload, request.headers['stripe-signature']!, secret);
        received.push({ event, payload, headers: request.headers });
        response.writeHead(typeof answer === 'number' ? answer : await answer(event)).end();
      })().catch(() => {
        refusals.push({ payload, signature: String(request.headers['stripe-signature']) });
        response.writeHead(400).end();
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const of = (type?: string) => received.filter(({ event }) => type === undefined || event.type === type);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`,
    received,
    refusals,
    answers: (next) => (answer = next),
    has: (count, type) =>
      eventually(() => of(type).length >= count && of(type), `${count} events ${type ?? ''} have come`),
    async refused(count) {
      await eventually(() => refusals.length >= count, `${count} events have been refused`);
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
