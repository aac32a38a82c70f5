import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Stripe } from 'stripe';
import { readForm } from '../api/form.js';
import { NO_CAUSE } from '../api/world.js';
import { isWaiting, NotPayable, paySession } from '../checkout/pay-session.js';
import { inWords } from '../parameters/shared-rules.js';
import type { Simulator } from '../simulator.js';
import type { Html } from './html.js';
import { payPage, type Shown, statePage, unknownPage } from './pages.js';
import { readCard, readFilled, TYPES, type Wrong } from './read-card.js';
import { Refusals } from './refusals.js';
import { languageFor } from './sentences.js';

interface PageRequest {
  readonly sim: Simulator;
  readonly refusals: Refusals;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The page at a session's `url`. https://docs.stripe.com/payments/checkout */
export function pageRoutes(sim: Simulator) {
  const refusals = new Refusals();
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, readForm(body as string));
      } catch {
        done(null, {});
      }
    });
    app.get('/c/pay/:id', (request, reply) => send(reply, pageFor({ sim, refusals, request })));
    app.get('/receipts/payment/:id', (request, reply) => sendReceipt(sim, request, reply));
    app.post('/c/pay/:id', (request, reply) => submit({ sim, refusals, request, reply }));
    app.post('/c/pay/:id/settle', async (request, reply) => {
      const arrives = (request.body as { arrives?: unknown } | undefined)?.arrives === 'yes';
      const session = sim.world.store.sessions.get(idOf(request));
      // Only a pending transfer can arrive: an open page is paid on the page.
      if (session && isWaiting(session)) {
        await act(sim, () => paySession(sim.world, idOf(request), arrives ? 'async_succeeded' : 'async_failed'));
      }
      return reply.redirect(pageAddress(request), 303);
    });
  };
}

/** Plain text is enough: the URL only has to exist. */
async function sendReceipt({ world }: Simulator, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const charge = world.store.charges.get(idOf(request));
  if (!charge || charge.receipt_url === null) {
    return reply.code(404).type('text/plain; charset=utf-8').send('There is no such receipt.\n');
  }
  const amount = inWords(charge.amount, charge.currency);
  const refunded = charge.amount_refunded > 0 ? `, ${inWords(charge.amount_refunded, charge.currency)} refunded` : '';
  return reply
    .type('text/plain; charset=utf-8')
    .send(`Receipt for ${charge.id}: ${amount} paid${refunded}. This is a simulation; no real money has moved.\n`);
}

/** Always answers with a redirect. */
async function submit({ sim, refusals, request, reply }: PageRequest): Promise<FastifyReply> {
  sim.passTime();
  const form = (request.body ?? {}) as Record<string, unknown>;
  const session = sim.world.store.sessions.get(idOf(request));
  if (session?.status !== 'open') {
    // The second of two clicks: the first has paid, so it gets the same redirect.
    const to = session?.status === 'complete' ? successUrl(session) : null;
    return reply.redirect(to ?? pageAddress(request), 303);
  }
  const filled = readFilled(form, session);
  const refuse = (wrong: Wrong) =>
    reply.redirect(pageAddress(request, refusals.keep({ session: session.id, filled, wrong })), 303);
  const { card, wrong } = readCard(form, filled, sim.world.clock.now_ms());
  if (!session.payment_method_types.includes(TYPES[filled.method])) wrong.method = 'bad_method';
  if (Object.keys(wrong).length > 0) return refuse(wrong);
  const payer = { email: filled.email, name: filled.name || null };
  if (filled.method === 'card' && card === 'not_test_card') return refuse({ number: 'not_test_card' });
  if (filled.method === 'card' && card !== 'pays') {
    const declined = card as Exclude<typeof card, 'not_test_card'>;
    await act(sim, () => paySession(sim.world, session.id, 'declined', { payer, declined }));
    return refuse({ number: declined.decline_code === 'insufficient_funds' ? 'no_funds' : 'declined' });
  }
  const outcome = filled.method === 'later' ? 'async_pending' : 'paid';
  await act(sim, () => paySession(sim.world, session.id, outcome, { payer }));
  return reply.redirect(successUrl(session) ?? pageAddress(request), 303);
}

/** One action of the customer; if another one came first, the page shows the current state. */
async function act(sim: Simulator, step: () => void): Promise<void> {
  sim.passTime();
  sim.world.cause = NO_CAUSE;
  try {
    step();
  } catch (error) {
    if (!(error instanceof NotPayable)) throw error;
  }
  await sim.finish();
}

interface Page {
  readonly html: Html;
  readonly status: number;
}

function pageFor({ sim, refusals, request }: Omit<PageRequest, 'reply'>): Page {
  sim.passTime();
  const { store } = sim.world;
  const session = store.sessions.get(idOf(request));
  const { locale, refused } = request.query as { locale?: unknown; refused?: unknown };
  const language = languageFor(
    typeof locale === 'string' ? locale : undefined,
    session?.locale,
    request.headers['accept-language'],
  );
  if (!session) return { html: unknownPage(language), status: 404 };
  const shown: Shown = { session, language, items: store.session_details.get(session.id)?.line_items ?? [] };
  if (session.status === 'open') {
    const { filled, wrong } = refusals.of(session.id, refused) ?? { filled: readFilled({}, session), wrong: {} };
    return { html: payPage(shown, filled, wrong), status: 200 };
  }
  if (session.status === 'expired') return { html: statePage(shown, 'expired', session.cancel_url), status: 410 };
  if (session.payment_status === 'paid') return { html: statePage(shown, 'paid', successUrl(session)), status: 200 };
  const intent = store.payment_intents.get(session.payment_intent as string);
  const waiting = isWaiting(session) && intent?.status === 'processing';
  return waiting
    ? { html: statePage(shown, 'waiting', successUrl(session)), status: 200 }
    : { html: statePage(shown, 'failed', session.cancel_url), status: 200 };
}

async function send(reply: FastifyReply, { html, status }: Page): Promise<FastifyReply> {
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(html.text);
}

/** https://docs.stripe.com/payments/checkout/custom-success-page */
function successUrl({ success_url, id }: Stripe.Checkout.Session): string | null {
  // Percent-encoded, because a header takes only Latin-1 characters.
  return success_url ? new URL(success_url.replaceAll('{CHECKOUT_SESSION_ID}', id)).href : null;
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

/** In the requested language. @param refused the token of the refusal to show. */
function pageAddress(request: FastifyRequest, refused?: string): string {
  const { locale } = request.query as { locale?: unknown };
  const query = new URLSearchParams({
    ...(typeof locale === 'string' ? { locale } : {}),
    ...(refused === undefined ? {} : { refused }),
  });
  return `/c/pay/${encodeURIComponent(idOf(request))}${query.size > 0 ? `?${query.toString()}` : ''}`;
}
