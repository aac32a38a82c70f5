import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Stripe } from 'stripe';
import { readForm } from '../api/form.js';
import { NOBODY } from '../api/world.js';
import { isWaiting, NotPayable, paySession } from '../checkout/pay-session.js';
import type { Simulator } from '../simulator.js';
import type { Html } from './html.js';
import { payPage, type Shown, statePage, unknownPage } from './pages.js';
import { type Filled, readCard, readFilled, TYPES, type Wrong } from './read-card.js';
import { languageFor } from './sentences.js';

const NOTHING_FILLED: Filled = { method: 'card', email: '', name: '' };

/** The page at a session's `url`. https://docs.stripe.com/payments/checkout */
export function pageRoutes(sim: Simulator) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, readForm(body as string));
      } catch {
        done(null, {});
      }
    });
    app.get('/c/pay/:id', (request, reply) => send(reply, pageFor(sim, request)));
    app.post('/c/pay/:id', (request, reply) => submit(sim, request, reply));
    app.post('/c/pay/:id/settle', async (request, reply) => {
      const arrives = (request.body as { arrives?: unknown } | undefined)?.arrives === 'yes';
      const session = sim.world.store.sessions.get(idOf(request));
      // Only what is on its way can arrive: a page that is open is paid there.
      if (session && isWaiting(session)) {
        await act(sim, () => paySession(sim.world, idOf(request), arrives ? 'async_succeeded' : 'async_failed'));
      }
      return reply.redirect(`/c/pay/${encodeURIComponent(idOf(request))}${search(request)}`, 303);
    });
  };
}

async function submit(sim: Simulator, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  sim.passTime();
  const form = (request.body ?? {}) as Record<string, unknown>;
  const session = sim.world.store.sessions.get(idOf(request));
  if (session?.status !== 'open') {
    // The second of two clicks: the first has paid, so it is shown the same way out.
    const to = session?.status === 'complete' ? successUrl(session) : null;
    return to === null ? send(reply, pageFor(sim, request)) : reply.redirect(to, 303);
  }
  const filled = readFilled(form, session.payment_method_types);
  const { card, wrong } = readCard(form, filled, sim.world.clock.now_ms());
  if (!session.payment_method_types.includes(TYPES[filled.method])) wrong.method = 'bad_method';
  if (Object.keys(wrong).length > 0) return send(reply, pageFor(sim, request, { filled, wrong, status: 422 }));
  const payer = { email: filled.email, name: filled.name || null };
  if (filled.method === 'card' && card === 'not_test_card') {
    return send(reply, pageFor(sim, request, { filled, wrong: { number: 'not_test_card' }, status: 402 }));
  }
  if (filled.method === 'card' && card !== 'pays') {
    const declined = card as Exclude<typeof card, 'not_test_card'>;
    await act(sim, () => paySession(sim.world, session.id, 'declined', { payer, declined }));
    return send(
      reply,
      pageFor(sim, request, {
        filled,
        wrong: { number: declined.decline_code === 'insufficient_funds' ? 'no_funds' : 'declined' },
        status: 402,
      }),
    );
  }
  const outcome = filled.method === 'later' ? 'async_pending' : 'paid';
  await act(sim, () => paySession(sim.world, session.id, outcome, { payer }));
  return reply.redirect(successUrl(session) ?? `/c/pay/${session.id}`, 303);
}

/** One step of a customer's; somebody else's that came first is no fault of theirs. */
async function act(sim: Simulator, step: () => void): Promise<void> {
  sim.passTime();
  sim.world.cause = NOBODY;
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

function pageFor(
  sim: Simulator,
  request: FastifyRequest,
  { filled, wrong = {}, status = 200 }: { filled?: Filled; wrong?: Wrong; status?: number } = {},
): Page {
  sim.passTime();
  const { store } = sim.world;
  const session = store.sessions.get(idOf(request));
  const asked = (request.query as { locale?: unknown }).locale;
  const language = languageFor(
    typeof asked === 'string' ? asked : undefined,
    session?.locale,
    request.headers['accept-language'],
  );
  if (!session) return { html: unknownPage(language), status: 404 };
  const shown: Shown = { session, language, items: store.session_details.get(session.id)?.line_items ?? [] };
  if (session.status === 'open') {
    const known = { ...NOTHING_FILLED, email: session.customer_email ?? '' };
    return { html: payPage(shown, filled ?? known, wrong), status };
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
  // As a browser would write it: a header takes no letters beyond Latin-1.
  return success_url ? new URL(success_url.replaceAll('{CHECKOUT_SESSION_ID}', id)).href : null;
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

function search(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at);
}
