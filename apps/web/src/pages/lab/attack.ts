import { PaymentClientError } from '#payment-client';
import { language } from '../../app/language.js';
import { session } from '../../app/session.js';
import type { Attack, LabEvent } from './wire.js';

const UNREACHABLE = {
  en: 'The race lab cannot be reached. Please try again.',
  id: 'Lab balapan tidak dapat dihubungi. Silakan coba lagi.',
};
const BROKEN_OFF = {
  en: 'The race lab broke off before it had counted. Please run the attack again.',
  id: 'Lab balapan terputus sebelum selesai menghitung. Silakan jalankan serangan lagi.',
};

/**
 * Starts an attack and yields its events. Leaving the loop early stops the attack. @throws PaymentClientError with a
 * message in the user's language.
 */
export async function* attack(name: Attack, signal: AbortSignal): AsyncGenerator<LabEvent> {
  const answer = await fetch(`/lab-api/scenarios/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.value?.token ?? ''}`, 'accept-language': language.value },
    signal,
  }).catch(() => undefined);
  if (!answer?.ok || !answer.body) throw await refusalOf(answer);

  let ended = false;
  for await (const line of linesOf(answer.body)) {
    const event = JSON.parse(line) as LabEvent;
    ended = event.type === 'failed' || (event.type === 'verdict' && event.half === 'guarded');
    yield event;
  }
  if (!ended) throw failure(BROKEN_OFF[language.value], answer.status);
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter(Boolean);
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function refusalOf(answer: Response | undefined): Promise<PaymentClientError> {
  const said = (await answer?.json().catch(() => undefined)) as
    Partial<Record<'message' | 'code' | 'request_id', string>> | undefined;
  return failure(said?.message ?? UNREACHABLE[language.value], answer?.status ?? 0, said);
}

function failure(
  message: string,
  status: number,
  said: Partial<Record<'code' | 'request_id', string>> = {},
): PaymentClientError {
  return new PaymentClientError(message, {
    code: said.code ?? 'LAB_FAILED',
    status,
    retryable: true,
    ...(said.request_id ? { request_id: said.request_id } : {}),
  });
}
