import { ProviderNotConfigured, ProviderRefused, ProviderUnavailable } from '#errors';
import { Injectable } from '@nestjs/common';

export interface WalletPage {
  readonly id: string;
  readonly ref: string;
  readonly amount: number;
  readonly currency: string;
  readonly url: string;
  readonly expires_at: string;
  readonly state: 'open' | 'paid' | 'expired';
  readonly transaction_id: string | null;
}

/** What a page is made from. */
export interface WalletPageRequest {
  readonly ref: string;
  readonly amount: number;
  readonly currency: string;
  readonly name: string;
  readonly success_url: string;
  readonly cancel_url: string;
}

export interface WalletRefund {
  readonly id: string;
  readonly amount: number;
}

const TIMEOUT_MS = 2_000;

/**
 * The wallet's API. Pages and refunds are made under our own reference: asked again, the wallet answers with the same one.
 * @throws ProviderUnavailable (no clear answer), ProviderRefused (a definite no)
 */
@Injectable()
export class WalletClient {
  private readonly url = process.env.WALLET_URL ?? '';

  /** @throws ProviderNotConfigured */
  assertConfigured(): void {
    if (this.url === '') throw new ProviderNotConfigured();
  }

  async createPage(request: WalletPageRequest): Promise<WalletPage> {
    return this.ask('POST', 'pages', request);
  }

  async findPage(ref: string): Promise<WalletPage | null> {
    return this.ask('GET', `pages/${ref}`);
  }

  async expirePage(id: string): Promise<WalletPage> {
    return this.ask('POST', `expire/${id}`);
  }

  /** The page that was paid by it. */
  async findTransaction(transaction_id: string): Promise<WalletPage | null> {
    return this.ask('GET', `transactions/${encodeURIComponent(transaction_id)}`);
  }

  async createRefund(request: { ref: string; transaction_id: string; amount: number }): Promise<WalletRefund> {
    return this.ask('POST', 'refunds', request);
  }

  async findRefund(ref: string): Promise<WalletRefund | null> {
    return this.ask('GET', `refunds/${ref}`);
  }

  private async ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    if (this.url === '') throw new ProviderUnavailable({ cause: new Error('WALLET_URL is not set') });
    const init = { method, signal: AbortSignal.timeout(TIMEOUT_MS), ...(body ? { body: JSON.stringify(body) } : {}) };
    const response = await fetch(`${this.url}/${path}`, init).catch((cause: unknown) => {
      throw new ProviderUnavailable({ cause });
    });
    if (response.status >= 500) throw new ProviderUnavailable({ cause: new Error(`status ${response.status}`) });
    if (!response.ok) throw new ProviderRefused({ data: { provider_code: String(response.status) } });
    return (await response.json()) as Answer;
  }
}
