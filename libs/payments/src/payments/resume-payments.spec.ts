import { DatabaseUnavailable } from '#errors';
import type { PinoLogger } from 'nestjs-pino';
import type { Ledger } from '../ledger/ledger.js';
import type { PaymentProvider } from '../provider/payment-provider.js';
import { ProviderRegistry } from '../provider/provider-registry.js';
import { ResumePayments } from './resume-payments.js';

/** The job over providers that answer so, in their order. */
function jobOver(...answers: (number | Error)[]) {
  const registry = new ProviderRegistry();
  answers.forEach((answer, n) => {
    const resumeDue = async () => {
      if (answer instanceof Error) throw answer;
      return answer;
    };
    registry.register({ name: `provider-${n}`, methods: [`method-${n}`], resumeDue } as unknown as PaymentProvider);
  });
  const counted: unknown[] = [];
  const logged: unknown[] = [];
  const ledger = { manager: { query: async (_sql: string, values: unknown[]) => void counted.push(values) } };
  const logger = { setContext: () => undefined, error: (...line: unknown[]) => void logged.push(line) };
  const job = new ResumePayments(registry, ledger as unknown as Ledger, logger as unknown as PinoLogger);
  return { job, counted, logged };
}

describe('resuming payments', () => {
  it('asks every provider', async () => {
    expect(await jobOver(2, 0, 3).job.run()).toBe(5);
  });

  it('goes on when one of them fails, which is logged and counted as a failure of the job', async () => {
    const failure = new Error('broken');
    const { job, counted, logged } = jobOver(2, failure, 3);
    expect(await job.run()).toBe(5);
    expect(counted).toEqual([['resume-payments', 'Error: broken']]);
    expect(logged).toEqual([[{ job: 'resume-payments', provider: 'provider-1', err: failure }, 'Worker: Job failed']]);
  });

  it('ends when Postgres is unreachable, which is the failure of no provider', async () => {
    await expect(jobOver(new DatabaseUnavailable(), 3).job.run()).rejects.toThrow(DatabaseUnavailable);
  });
});
