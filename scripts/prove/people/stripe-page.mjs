/** What payers, banks and the dashboard do at Stripe, by the control API of its simulator. */
export class StripePage {
  /** @param {() => string} url */
  constructor(url) {
    this.url = url;
  }

  /**
   * @param {string} session_id
   * @param {'paid' | 'declined' | 'async_pending' | 'async_succeeded' | 'async_failed'} outcome
   * @returns {Promise<any>} the session; undefined: the page was over
   */
  async pay(session_id, outcome) {
    return this.#control(`sessions/${session_id}/pay`, { outcome });
  }

  /**
   * A refund on the dashboard.
   * @param {string} payment_intent
   * @param {number} [amount] minor units; everything that is left
   */
  async refund(payment_intent, amount) {
    return this.#control('refunds', { payment_intent, ...(amount === undefined ? {} : { amount }) });
  }

  /** @param {string} payment_intent */
  async dispute(payment_intent) {
    return this.#control('disputes', { payment_intent });
  }

  /**
   * @param {string} dispute_id
   * @param {'won' | 'lost'} status
   */
  async decide(dispute_id, status) {
    return this.#control(`disputes/${dispute_id}/close`, { status });
  }

  /** Money that another program takes on the same account. */
  async payElsewhere(/** @type {number} */ amount) {
    return this.#control('payments', { amount, currency: 'idr', with_session: true });
  }

  /** @param {Record<string, unknown>} faults replaces those that were set */
  async setFaults(faults) {
    return this.#control('faults', faults);
  }

  /** @param {string[]} urls */
  async setEndpoints(urls) {
    return this.#control('endpoints', { urls });
  }

  /** @param {boolean} webhooks whether Stripe delivers events now; those of the meantime are delivered afterwards */
  async setDelivering(webhooks) {
    return this.#control('account', { api_key: 'valid', webhooks });
  }

  /** @param {number} advance_seconds */
  async advanceClock(advance_seconds) {
    return this.#control('clock', { advance_seconds });
  }

  /** @returns {Promise<import('../oracle/snapshot.mjs').StripeLedger>} */
  async ledger() {
    return /** @type {any} */ (await (await fetch(`${this.url()}/_sim/ledger`)).json());
  }

  /** @returns {Promise<{ state: string }[]>} how each event went to each endpoint */
  async deliveries() {
    return /** @type {any} */ (await (await fetch(`${this.url()}/_sim/deliveries`)).json());
  }

  /**
   * @param {string} path
   * @param {unknown} body
   * @returns {Promise<any>} undefined: Stripe refuses that now
   */
  async #control(path, body) {
    const response = await fetch(`${this.url()}/_sim/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.ok ? response.json() : undefined;
  }
}
