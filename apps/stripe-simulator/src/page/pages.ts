import type { Stripe } from 'stripe';
import { inWords } from '../parameters/shared-rules.js';
import { Html, html } from './html.js';
import type { Filled, Wrong } from './read-card.js';
import type { Language, Sentences } from './sentences.js';
import { SENTENCES } from './sentences.js';
import { STYLE } from './style.js';

/** Length of a sum in words above which it is printed smaller instead of on two lines. */
const MAX_AT_FULL_SIZE = 14;

export interface Shown {
  readonly session: Stripe.Checkout.Session;
  readonly items: readonly Stripe.LineItem[];
  readonly language: Language;
}

/** The form; after a refusal with the errors and without the card's secrets. */
export function payPage(shown: Shown, filled: Filled, wrong: Wrong): Html {
  const t = SENTENCES[shown.language];
  const { session, language } = shown;
  const problems = Object.values(wrong);
  return page(shown, t.title, [
    about(shown),
    html`<main class="work">
      <div>
        ${
          problems.length > 0 &&
          html`<div class="alert" role="alert">
            <p>${t.problem}</p>
            <ul>
              ${problems.map((sentence) => html`<li>${t[sentence]}</li>`)}
            </ul>
          </div>`
        }
        <form method="post" action="?locale=${language}" novalidate>
          <section aria-labelledby="contact">
            <h2 id="contact">${t.contact}</h2>
            ${field(t, { name: 'email', label: t.email, value: filled.email, wrong, type: 'email', autocomplete: 'email', locked: session.customer_email !== null })}
          </section>
          <fieldset>
            <legend>${t.method}</legend>
            <div class="choices">${choices(shown, filled, wrong)}</div>
          </fieldset>
          <button class="button" type="submit">${submitWord(t, session)} ${price(session, language)}</button>
          <p class="note under">${t.pay_note}</p>
          ${session.cancel_url !== null && html`<p class="under"><a href="${session.cancel_url}">${t.leave}</a></p>`}
        </form>
        ${session.payment_method_types.includes('card') && testCards(t)}
      </div>
    </main>`,
  ]);
}

/** Nothing left to fill in: paid, on its way, failed, expired. */
export function statePage(shown: Shown, state: 'paid' | 'waiting' | 'failed' | 'expired', back: string | null): Html {
  const t = SENTENCES[shown.language];
  const sign = { paid: ['✓', ''], waiting: ['…', 'wait'], failed: ['!', 'stop'], expired: ['!', 'stop'] }[state];
  const title = t[`${state}_title`];
  return page(shown, title, [
    about(shown),
    html`<main class="work">
      <div class="state">
        <div class="sign ${sign[1]}" aria-hidden="true">${sign[0]}</div>
        <h1>${title}</h1>
        <p>${t[`${state}_text`]}</p>
        ${back !== null && html`<a class="button" href="${back}">${t.back}</a>`}
        ${state === 'waiting' && bank(t, shown)}
      </div>
    </main>`,
  ]);
}

export function unknownPage(language: Language): Html {
  const t = SENTENCES[language];
  return page({ language }, t.unknown_title, [
    html`<main class="work">
      <div class="state">
        <div class="sign stop" aria-hidden="true">!</div>
        <h1>${t.unknown_title}</h1>
        <p>${t.unknown_text}</p>
      </div>
    </main>`,
  ]);
}

function page({ language }: Pick<Shown, 'language'>, title: string, content: readonly Html[]): Html {
  const t = SENTENCES[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Payonce</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <p class="simulation" role="note">${t.simulation}</p>
        <div class="page">${content}</div>
      </body>
    </html> `;
}

function about({ session, items, language }: Shown): Html {
  const t = SENTENCES[language];
  const closes = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return html`<aside class="about" aria-label="${t.pay_to}">
    <div>
      <p class="brand"><span class="mark" aria-hidden="true">P</span> Payonce <span class="badge">TEST</span></p>
      <p class="lead">${t.pay_to}</p>
      <p class="amount ${price(session, language).length > MAX_AT_FULL_SIZE && 'long'}">${price(session, language)}</p>
      <ul class="items">
        ${items.map(
          (item) =>
            html`<li>
              <span
                >${item.description}
                ${(item.quantity ?? 1) > 1 && html`<small>${t.quantity} ${item.quantity}</small>`}</span
              ><b>${inWords(item.amount_total, item.currency, language)}</b>
            </li>`,
        )}
      </ul>
      <p class="sum"><span>${t.total}</span><b>${price(session, language)}</b></p>
      ${
        session.status === 'open' &&
        html`<p class="note">${t.expires} ${closes.format(session.expires_at * 1_000)} UTC.</p>`
      }
    </div>
  </aside>`;
}

function choices({ session, language }: Shown, filled: Filled, wrong: Wrong): Html[] {
  const t = SENTENCES[language];
  const offers = (method: string) => session.payment_method_types.includes(method);
  const later = filled.method === 'later' || !offers('card');
  const input = (name: string, label: string, more: Partial<Field> = {}) => field(t, { name, label, wrong, ...more });
  return [
    ...(offers('card')
      ? [
          html`<div class="choice">
            <label><input type="radio" name="method" value="card" ${!later && new Html('checked')} /> ${t.card}</label>
            <div class="inside">
              ${input('number', t.card_number, { autocomplete: 'cc-number', numeric: true, placeholder: '1234 1234 1234 1234' })}
              <div class="two">
                ${input('expiry', t.expiry, { autocomplete: 'cc-exp', value: filled.expiry, numeric: true, placeholder: '12 / 34' })}
                ${input('cvc', t.cvc, { autocomplete: 'cc-csc', numeric: true, placeholder: '123' })}
              </div>
              ${input('name', t.name, { autocomplete: 'cc-name', value: filled.name })}
            </div>
          </div>`,
        ]
      : []),
    ...(offers('customer_balance')
      ? [
          html`<div class="choice">
            <label><input type="radio" name="method" value="later" ${later && new Html('checked')} /> ${t.later}</label>
            <div class="inside"><p class="note">${t.later_note}</p></div>
          </div>`,
        ]
      : []),
  ];
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly wrong: Wrong;
  readonly value?: string;
  readonly type?: 'text' | 'email';
  readonly autocomplete?: string;
  readonly numeric?: boolean;
  /** Set by the shop. */
  readonly locked?: boolean;
  readonly placeholder?: string;
}

function field(t: Sentences, of: Field): Html {
  const sentence = of.wrong[of.name as keyof Wrong];
  return html`<div>
    <label for="${of.name}">${of.label}</label>
    <input
      id="${of.name}"
      name="${of.name}"
      type="${of.type ?? 'text'}"
      value="${of.value ?? ''}"
      autocomplete="${of.autocomplete ?? 'off'}"
      ${of.locked && new Html('readonly')}
      ${Object.keys(of.wrong)[0] === of.name && new Html('autofocus')}
      ${of.numeric && new Html('inputmode="numeric"')}
      ${of.placeholder !== undefined && html`placeholder="${of.placeholder}"`}
      ${sentence && html`aria-invalid="true" aria-describedby="${of.name}-wrong"`}
    />
    ${sentence && html`<p class="wrong" id="${of.name}-wrong">${t[sentence]}</p>`}
  </div>`;
}

function testCards(t: Sentences): Html {
  return html`<section class="tests" aria-labelledby="tests">
    <h2 id="tests">${t.test_cards}</h2>
    <ul>
      <li><code>4242 4242 4242 4242</code> ${t.test_pays}</li>
      <li><code>4000 0000 0000 0002</code> ${t.test_declines}</li>
      <li><code>4000 0000 0000 9995</code> ${t.test_no_funds}</li>
    </ul>
    <p>${t.test_note}</p>
  </section>`;
}

function bank(t: Sentences, { session, language }: Shown): Html {
  return html`<form class="tests" method="post" action="/c/pay/${session.id}/settle?locale=${language}">
    <p>${t.waiting_simulate}</p>
    <button class="button plain" name="arrives" value="yes">${t.waiting_arrives}</button>
    <button class="button plain" name="arrives" value="no">${t.waiting_fails}</button>
  </form>`;
}

/** https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-submit_type */
function submitWord(t: Sentences, { submit_type }: Stripe.Checkout.Session): string {
  const word = (['book', 'donate', 'subscribe'] as const).find((type) => type === submit_type);
  return t[word ?? 'pay'];
}

function price({ amount_total, currency }: Stripe.Checkout.Session, language: Language): string {
  return inWords(amount_total ?? 0, currency ?? 'idr', language);
}
