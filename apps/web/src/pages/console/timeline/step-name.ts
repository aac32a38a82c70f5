import type { Entry } from '../wire.js';
import { timelineWords } from './words.js';

interface Step {
  readonly action: string;
  readonly detail: Entry['detail'];
}

/** Steps that are named by their detail. */
const special = {
  en: {
    not_needed: 'Refund not needed',
    lacks_balance: 'Waiting for your {provider} balance',
    appealed: 'Dispute appealed',
    partly_lost: 'Dispute partly lost',
  },
  id: {
    not_needed: 'Refund tak diperlukan',
    lacks_balance: 'Menunggu saldo {provider} Anda',
    appealed: 'Sengketa dalam banding',
    partly_lost: 'Sengketa kalah sebagian',
  },
};

/**
 * What a step is called; one that has no word, by its own name.
 * @param step its action may be one of a newer server that this page does not know yet
 * @param provider what moves the payment's money, as people know it
 */
export function stepName({ action, detail }: Step, language: keyof typeof special, provider: string): string {
  const how = specialOf(action, detail);
  const name = how ? special[language][how] : (timelineWords[language].actions[action] ?? action);
  return withProvider(name, provider);
}

/** A text of the timeline, in which `{provider}` stands for what moves the payment's money. */
export const withProvider = (text: string, provider: string) => text.replaceAll('{provider}', provider);

function specialOf(action: string, detail: Entry['detail']): keyof (typeof special)['en'] | undefined {
  const { code, pending_reason, status, amount, lost_amount } = detail;
  // Staff withdraw without a code; with one, the provider refused because the money was returned another way.
  if (action === 'refund.cancelled' && typeof code === 'string') return 'not_needed';
  if (action === 'refund.on_its_way' && pending_reason === 'insufficient_funds') return 'lacks_balance';
  if (action === 'dispute.open' && typeof status === 'string' && status.startsWith('appeal_')) return 'appealed';
  const isPart = typeof amount === 'number' && typeof lost_amount === 'number' && lost_amount < amount;
  return action === 'dispute.lost' && isPart ? 'partly_lost' : undefined;
}
